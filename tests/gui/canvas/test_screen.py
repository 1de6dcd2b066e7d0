"""Pictures are shown through their profile, for the display whose profile a person chose."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor

from tests.studio.studio_loop import PATIENCE_S, answer_file_dialog, wait_for
from zssr_studio.app.controllers.compare import display_copies
from zssr_studio.app.qimage import image_of, pyramid_of
from zssr_studio.app.screen import set_screen_profile
from zssr_studio.app.user_settings import user_settings
from zssr_studio.imaging.colour import profiles

VALUES = np.array([[[200, 60, 40], [30, 180, 90], [128, 128, 128], [10, 20, 230]]], np.uint8)


@pytest.fixture(autouse=True)
def _ordinary_screen(qapp):
    yield
    set_screen_profile(None)


def shown(image) -> np.ndarray:
    return np.array([[QColor(image.pixel(x, 0)).getRgb()[:3] for x in range(image.width())]])


def by_littlecms(profile: str, target: str = "srgb") -> np.ndarray:
    source, goal = profiles.named_profile(profile), profiles.named_profile(target)
    return 255 * profiles.converted(VALUES.astype(np.float32) / 255, source, goal).clip(0, 1)


@pytest.mark.parametrize("profile", profiles.PROFILE_NAMES)
def test_a_picture_looks_as_its_profile_says(profile):
    assert np.abs(shown(image_of(VALUES, profiles.named_profile(profile))) - by_littlecms(profile)).max() <= 1.0


def test_another_screen_gets_other_numbers():
    assert set_screen_profile(profiles.named_profile("display-p3"))
    through = shown(image_of(VALUES, profiles.named_profile("adobe-rgb")))
    assert np.abs(through - by_littlecms("adobe-rgb", "display-p3")).max() <= 1.0
    assert np.abs(shown(image_of(VALUES)) - VALUES).max() > 5


@pytest.mark.parametrize("profile", [b"", b"no profile" * 40, None])
def test_without_a_usable_profile_the_numbers_are_taken_for_srgb(profile):
    assert np.array_equal(shown(image_of(VALUES, profile)), VALUES)


def test_a_gray_profile_is_no_screen():
    assert not set_screen_profile(profiles.gray_profile())
    assert np.array_equal(shown(image_of(VALUES)), VALUES)


def test_the_screens_profile_is_chosen_remembered_and_given_up(studio, tmp_path):
    Image.new("RGB", (40, 30), (200, 60, 40)).save(tmp_path / "red.png")
    studio.pictures.open(tmp_path / "red.png")
    wait_for(lambda: studio.document.picture is not None)
    key = studio.results.entries[0].key
    (tmp_path / "wide.icc").write_bytes(profiles.named_profile("display-p3"))

    def red() -> int:
        image = studio.displays.shown(key).layer.pyramid.levels[0]
        return QColor(image.pixel(3, 3)).red()

    assert red() == 200
    actions = studio.window.actions_by_name
    actions["screen_profile"].trigger()
    answer_file_dialog(tmp_path / "wide.icc")
    wait_for(lambda: red() < 195)
    assert not actions["screen_srgb"].isChecked()
    assert user_settings().value("screen/profile") == str(tmp_path / "wide.icc")
    actions["screen_srgb"].trigger()
    wait_for(lambda: red() == 200)
    assert not user_settings().contains("screen/profile")


def test_what_is_made_for_one_screen_while_another_is_chosen_is_made_again(studio, tmp_path, monkeypatch):
    Image.new("RGB", (40, 30), (200, 60, 40)).save(tmp_path / "red.png")
    studio.pictures.open(tmp_path / "red.png")
    wait_for(lambda: studio.document.picture is not None)
    key = studio.results.entries[0].key
    wait_for(lambda: studio.displays.shown(key) is not None)
    is_made, goes_on = Event(), Event()

    def made_slowly(picture):
        pyramid = pyramid_of(picture)
        is_made.set()
        assert goes_on.wait(PATIENCE_S)
        return pyramid

    monkeypatch.setattr(display_copies, "pyramid_of", made_slowly)
    remade = []
    studio.displays.ready.connect(remade.append)
    set_screen_profile(profiles.named_profile("display-p3"))
    studio.displays.remake()
    wait_for(is_made.is_set)
    studio.window.actions_by_name["screen_srgb"].trigger()
    goes_on.set()
    wait_for(lambda: key in remade)
    image = studio.displays.shown(key).layer.pyramid.levels[0]
    assert QColor(image.pixel(3, 3)).red() == 200


def test_another_screen_counts_also_for_a_copy_that_came_from_elsewhere_before_its_own_was_begun(studio, tmp_path):
    Image.new("RGB", (40, 30), (200, 60, 40)).save(tmp_path / "red.png")
    studio.pictures.open(tmp_path / "red.png")
    wait_for(lambda: studio.document.picture is not None and not studio.tasks.is_busy)
    key, displays, remade = studio.results.entries[0].key, studio.displays, []
    before = displays._pyramids.pop(key)
    displays._on_changed()
    displays.put(key, before)
    displays.ready.connect(remade.append)
    displays.remake()
    wait_for(lambda: not studio.tasks.is_busy)
    assert remade == [key]
    assert displays.shown(key).layer.pyramid is not before


def test_a_file_that_is_no_profile_is_refused_with_a_sentence(studio, tmp_path):
    (tmp_path / "notes.icc").write_text("no profile at all")
    studio.window.actions_by_name["screen_profile"].trigger()
    answer_file_dialog(tmp_path / "notes.icc")
    wait_for(lambda: studio.window.message_bar.isVisible())
    assert "notes.icc" in studio.window.message_bar.text
