"""The first screen: a picture that moves by itself once, and small pictures of what was opened last."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QAbstractAnimation, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QProxyStyle, QStyle

from tests.e2e.gestures import a_photo, click, opened
from tests.samples.fuzzing import seeds
from tests.studio.studio_loop import open_studio, pause, wait_for
from zssr_studio.app.controllers.files.thumbnails import thumbnail_of
from zssr_studio.app.views.files.before_after import REST, BeforeAfter
from zssr_studio.app.views.files.recent_tile import THUMBNAIL_PX
from zssr_studio.imaging.read import read_info

STOPPED = QAbstractAnimation.State.Stopped


def test_the_line_sweeps_once_and_then_nothing_moves(studio):
    picture = studio.window.start_page.picture
    places = []
    picture.sweep.valueChanged.connect(places.append)
    # On a busy machine the clock that moves it passes over most of its way.
    picture.sweep.pause()
    for moment_ms in range(0, picture.sweep.duration(), 50):
        picture.sweep.setCurrentTime(moment_ms)
    picture.sweep.resume()
    wait_for(lambda: picture.sweep.state() is STOPPED)
    assert max(places) > 0.8
    assert min(places) < 0.2
    assert picture.split == REST
    still = picture.grab().toImage()
    picture.hide()
    picture.show()
    pause(100)
    assert picture.sweep.state() is STOPPED
    assert picture.grab().toImage() == still


def test_the_sweep_ends_where_a_picture_is_opened_meanwhile(studio, tmp_path):
    picture = studio.window.start_page.picture
    picture.sweep.start()
    opened(studio, a_photo(tmp_path))
    assert picture.sweep.state() is STOPPED
    assert picture.split == REST


class _Still(QProxyStyle):
    """A system on which a person has turned animations off."""

    def styleHint(self, hint, option=None, widget=None, returned=None):
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returned)


def test_nothing_moves_where_animations_are_off(qtbot):
    picture, style = BeforeAfter(), _Still()
    qtbot.addWidget(picture)
    picture.setStyle(style)
    picture.show()
    pause(50)
    assert picture.sweep.state() is STOPPED
    assert picture.split == REST


@pytest.mark.parametrize("width", [500, 240])
def test_the_names_of_both_sides_never_meet(qtbot, width):
    picture = BeforeAfter()
    qtbot.addWidget(picture)
    picture.resize(width, 400)
    picture.grab()
    before, after = picture.labels
    assert min(before.width(), after.width()) > 40
    assert not before.intersects(after)


def test_both_sides_are_shown_and_they_differ(studio):
    """The left of the line is the picture before, the right the one after."""
    picture = studio.window.start_page.picture
    wait_for(lambda: picture.sweep.state() is STOPPED)
    shown = []
    for split in (0.0, 1.0):
        picture.split = split
        picture.update()
        shown.append(_samples(picture.grab().toImage()).astype(int))
    # Below the labels and beside the line, which stands at the edges.
    middle = (slice(60, -10), slice(shown[0].shape[1] // 3, -shown[0].shape[1] // 3))
    assert np.abs(shown[0][middle] - shown[1][middle]).mean() > 1


def test_recent_pictures_are_shown_small_and_those_that_are_gone_gray(qapp, tmp_path):
    here, gone = a_photo(tmp_path, "here.png"), a_photo(tmp_path, "gone.png")
    with open_studio(qapp) as studio:
        opened(studio, here)
        opened(studio, gone)
    gone.unlink()
    with open_studio(qapp) as studio:
        recent = studio.window.start_page.recent
        first, second = recent.buttons[:2]
        wait_for(lambda: not first.isEnabled() and second.thumbnail is not None)
        assert first.thumbnail is None
        assert "gone.png" in first.toolTip()
        assert recent.hint.isVisible()
        assert second.thumbnail.width() == THUMBNAIL_PX.width()
        click(first)
        click(second)
        wait_for(lambda: studio.document.path == here)


def test_no_sentence_of_missing_files_where_none_is_missing(qapp, tmp_path):
    photo = a_photo(tmp_path)
    with open_studio(qapp) as studio:
        opened(studio, photo)
    with open_studio(qapp) as studio:
        recent = studio.window.start_page.recent
        wait_for(lambda: recent.buttons[0].thumbnail is not None)
        assert not recent.hint.isVisible()


@pytest.fixture(scope="module")
def kinds(tmp_path_factory) -> dict[str, bytes]:
    return seeds(tmp_path_factory.mktemp("kinds"))


def test_every_kind_of_picture_has_a_thumbnail_of_its_shape(qapp, kinds, tmp_path):
    for kind, content in kinds.items():
        path = tmp_path / f"one.{kind}"
        path.write_bytes(content)
        image = thumbnail_of(path, THUMBNAIL_PX)
        assert image is not None, kind
        info = read_info(path)
        assert image.width() / image.height() == pytest.approx(info.width / info.height, abs=0.03), kind


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_thumbnail_stands_upright_and_fits(qapp, tmp_path, orientation):
    pixels = np.zeros((60, 120, 3), np.uint8)
    pixels[:, :60, 0] = 255
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "turned.jpg"
    Image.fromarray(pixels).save(path, exif=exif, quality=95)
    image = thumbnail_of(path, QSize(64, 48))
    shape = (64, 32) if orientation in (1, 3) else (24, 48)
    assert (image.width(), image.height()) == shape
    # Where the red half of the file stands as EXIF numbers the ways to hold a camera.
    red_corner = {1: (2, 2), 3: (-3, -3), 6: (2, 2), 8: (-3, -3)}[orientation]
    values = _samples(image)
    assert values[red_corner][2] > 200
    assert values[-1 - red_corner[0]][-1 - red_corner[1]][2] < 60


def test_what_is_no_picture_has_no_thumbnail(qapp, tmp_path):
    letter = tmp_path / "letter.png"
    letter.write_text("Dear Sir")
    assert thumbnail_of(letter, THUMBNAIL_PX) is None
    assert thumbnail_of(tmp_path / "gone.png", THUMBNAIL_PX) is None


def _samples(image: QImage) -> np.ndarray:
    """Blue, green, red and nothing (H, W, 4), uint8."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()
