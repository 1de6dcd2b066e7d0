"""The degradation panel, with real mouse and key events in a real window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from scipy.io import savemat

from tests import piece_of_sample
from tests.studio.studio_loop import PATIENCE_S, answer_file_dialog, look_over, pause, unfold, wait_for
from zssr_studio.app.controllers.degradation import look
from zssr_studio.app.models.degradation.degradation import title_of
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import Noise
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

TAPS = np.outer([1.0, 4, 6, 4, 1], [1.0, 2, 1])


def panel_of(studio: Studio):
    unfold(studio, "expert")
    return studio.window.settings_panel.degradation


def choose(combo, title: str) -> None:
    """Choose an item by typing its first letters into the open list."""
    combo.showPopup()
    pause(20)
    view = combo.view()
    index = combo.model().index(combo.findText(title, Qt.MatchFlag.MatchStartsWith), 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    pause(20)


def open_kernel(studio: Studio, path: Path) -> None:
    QTest.mouseClick(panel_of(studio).open_button, Qt.MouseButton.LeftButton)
    answer_file_dialog(path)


def open_photo(studio: Studio, tmp_path: Path) -> None:
    studio.pictures.open(piece_of_sample(tmp_path / "harbour.png", (120, 60, 300, 200)))
    wait_for(lambda: studio.document.picture is not None)


def cells(path: Path) -> Path:
    kernels = np.empty((1, 3), dtype=object)
    kernels[0, :] = [TAPS, np.pad(TAPS, 1), -TAPS]
    savemat(path, {"kernels": kernels})
    return path


def test_a_shape_is_chosen_and_follows_its_sliders_and_the_scale(studio):
    panel = panel_of(studio)
    choose(panel.kind, "Gaussian")
    assert studio.settings.value.kernel == Shape("gaussian", (1.2, 1.2, 0))
    rows = panel.sliders.rows
    rows[0].slider.setFocus()
    QTest.keyClick(rows[0].slider, Qt.Key.Key_Right)
    assert studio.settings.value.kernel == Shape("gaussian", (1.25, 1.2, 0))
    rows[2].box.setFocus()
    rows[2].box.selectAll()
    QTest.keyClicks(rows[2].box, "30")
    QTest.keyClick(rows[2].box, Qt.Key.Key_Return)
    assert studio.settings.value.kernel == Shape("gaussian", (1.25, 1.2, 30))
    assert "30°" in panel.facts.text()
    job = studio.settings.value
    assert job.kernel.kernel((2.0, 2.0)).name == "gaussian:1.25,1.2,30"
    even = panel._kernel.taps.shape
    studio.settings.set_value(type(job)(scale=Scale(3, 3), kernel=job.kernel))
    assert [n % 2 for n in (*even, *panel._kernel.taps.shape)] == [0, 0, 1, 1]


def test_each_family_has_its_numbers_and_its_sentence_and_is_remembered(studio):
    panel = panel_of(studio)
    told = set()
    for title, count in (("Gaussian", 3), ("Defocus", 1), ("Motion", 2), ("Box", 2), ("Bicubic", 0)):
        choose(panel.kind, title)
        assert sum(row.slider.isVisible() for row in panel.sliders.rows) == count
        told.add(panel.meaning.text())
    assert len(told) == 5
    assert studio.settings.value.kernel is None
    choose(panel.kind, "Defocus")
    QTest.keyClick(panel.sliders.rows[0].slider, Qt.Key.Key_End)
    choose(panel.kind, "Bicubic")
    choose(panel.kind, "Defocus")
    assert studio.settings.value.kernel == Shape("disc", (20,))


@pytest.mark.looks
def test_the_blur_of_a_region_is_estimated_at_a_click(studio, tmp_path):
    panel = panel_of(studio)
    assert not panel.estimate_button.isEnabled()
    path = tmp_path / "soft.png"
    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        image.filter(ImageFilter.GaussianBlur(1.1)).save(path)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    look_over(studio)
    whole = studio.settings.value.kernel
    studio.document.set_crop(Crop(20, 20, 240, 300))
    QTest.mouseClick(panel.estimate_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "Blurred by about" in studio.window.message_bar.text)
    kernel = studio.settings.value.kernel
    assert kernel is not whole
    assert kernel.uncertainty > 0
    # Blurred by 1.1 pixels of its own, which are 2.2 of the result.
    assert kernel.widths_px[0] == pytest.approx(2.2, rel=0.25)
    assert "training takes in all kernels" in panel.meaning.text()


@pytest.mark.looks
def test_the_noise_of_a_region_is_that_of_the_whole_picture(studio):
    studio.pictures.open(resource_path(SAMPLE_PHOTO))
    wait_for(lambda: studio.document.picture is not None)
    look_over(studio)
    whole, fur = studio.settings.value.damage, Crop(70, 200, 96, 96)
    assert find_damage(studio.document.picture.cropped(fur).pixels).noise is not None  # fur alone passes for grain
    studio.document.set_crop(fur)
    QTest.mouseClick(panel_of(studio).estimate_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: not studio.look.is_looking)
    assert studio.look.kernels.found.damage == whole
    assert whole.noise is None
    assert studio.settings.value.damage == whole


@pytest.mark.looks
def test_a_region_that_is_drawn_is_looked_at_by_itself(studio, tmp_path):
    """A sharp picture, of which one half is out of focus."""
    path = tmp_path / "half.png"
    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        soft = image.filter(ImageFilter.GaussianBlur(1.6)).crop((0, 0, 225, 300))
        image.paste(soft, (0, 0))
        image.save(path)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    look_over(studio)
    assert studio.settings.value.kernel is None
    note = studio.window.settings_panel.seen.note
    before = note.text()
    for crop in (Crop(0, 0, 290, 210), Crop(0, 0, 300, 217)):
        studio.document.set_crop(crop)
        assert studio.look.is_looking
        assert note.text() == before  # a line more would move all below it while a region is drawn
    look_over(studio)
    blurred = studio.settings.value.kernel
    assert blurred.widths_px[0] == pytest.approx(3.2, rel=0.15)
    studio.document.set_crop(Crop(0, 233, 300, 218))
    look_over(studio)
    assert studio.settings.value.kernel is None
    studio.window.actions_by_name["undo"].trigger()
    look_over(studio)
    assert studio.document.crop == Crop(0, 0, 300, 217)
    assert studio.settings.value.kernel.name == blurred.name
    # What a person chose stays, whatever is drawn.
    choose(panel_of(studio).kind, "Disc")
    chosen = studio.settings.value.kernel
    studio.document.set_crop(None)
    look_over(studio)
    assert studio.settings.value.kernel == chosen


@pytest.mark.looks
def test_a_look_tells_its_steps_and_can_be_cancelled(studio, tmp_path, monkeypatch):
    panel, goes_on, find = panel_of(studio), threading.Event(), look._find_damage
    # It would be over before it is seen, on a machine that shows a picture slower than it looks for its noise.
    monkeypatch.setattr(look, "_find_damage", lambda part: find(part) if goes_on.wait(PATIENCE_S) else None)
    open_photo(studio, tmp_path)
    wait_for(lambda: panel.estimate_button.text() == "Cancel" and panel.meaning.text().startswith("Looking for noise"))
    QTest.mouseClick(panel.estimate_button, Qt.MouseButton.LeftButton)
    assert panel.estimate_button.text() == "Estimate"
    goes_on.set()
    told = studio.window.settings_panel.damage.told
    assert "Estimate finds" in told.text()
    assert "was not looked at" in studio.window.settings_panel.seen.note.text()
    for _ in range(2):  # cancelled before it could begin
        QTest.mouseClick(panel.estimate_button, Qt.MouseButton.LeftButton)
    pause(50)
    assert panel.estimate_button.text() == "Estimate"
    QTest.mouseClick(panel.estimate_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "Estimate finds" not in told.text())
    assert panel.estimate_button.text() == "Estimate"


@pytest.mark.looks
def test_a_sharp_picture_keeps_the_ideal_kernel_and_says_so(studio, tmp_path):
    open_photo(studio, tmp_path)
    look_over(studio)
    QTest.mouseClick(panel_of(studio).estimate_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "bicubic" in studio.window.message_bar.text)
    assert studio.settings.value.kernel is None


@pytest.mark.looks
def test_noise_and_compression_are_set_by_hand_each_by_itself(studio, tmp_path):
    open_photo(studio, tmp_path)
    path = tmp_path / "old.jpg"
    with Image.open(tmp_path / "harbour.png") as image:
        image.convert("RGB").save(path, quality=40)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    look_over(studio)
    panel_of(studio)
    damage = studio.window.settings_panel.damage
    assert "quality 40" in damage.told.text()
    assert damage.jpeg_kind.currentText() == "As found"
    choose(damage.kind, "By hand")
    damage.percent.selectAll()
    QTest.keyClicks(damage.percent, "3")
    QTest.keyClick(damage.percent, Qt.Key.Key_Return)
    assert studio.settings.value.damage.noise == Noise.even(0.03, 1)
    assert studio.settings.value.damage.jpeg.quality == 40
    choose(damage.jpeg_kind, "By hand")
    damage.quality.selectAll()
    QTest.keyClicks(damage.quality, "25")
    QTest.keyClick(damage.quality, Qt.Key.Key_Return)
    assert studio.settings.value.damage.jpeg.quality == 25
    choose(damage.jpeg_kind, "As found")
    assert studio.settings.value.damage.jpeg.quality == 40
    choose(damage.jpeg_kind, "Leave")
    assert studio.settings.value.damage.jpeg is None


@pytest.mark.looks
def test_the_colour_of_the_noise_follows_how_much_is_cleaned_until_it_is_moved(studio, tmp_path):
    with Image.open(piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))) as image:
        image.convert("RGB").save(tmp_path / "old.jpg", quality=40)
        image.convert("L").save(tmp_path / "gray.jpg", quality=40)
    studio.pictures.open(tmp_path / "old.jpg")
    look_over(studio)
    unfold(studio, "expert")
    panel = studio.window.settings_panel
    cleaned, colour = panel.seen.amount.slider, panel.damage.colour.slider
    assert colour.isVisible()
    for slider, keys in ((cleaned, "--"), (colour, "+")):
        slider.setFocus()
        for key in keys:
            QTest.keyClick(slider, Qt.Key.Key_PageUp if key == "+" else Qt.Key.Key_PageDown)
        assert slider.hasFocus()
    # Followed to 20 %, and then moved on.
    assert (colour.value(), studio.settings.value.damage.kept) == (30, (0.2, 0.3))
    cleaned.setFocus()
    QTest.keyClick(cleaned, Qt.Key.Key_Home)
    assert studio.settings.value.damage.kept == (1.0, 0.3)
    # Where both are the same, it follows again.
    QTest.keyClick(colour, Qt.Key.Key_End)
    QTest.keyClick(cleaned, Qt.Key.Key_End)
    assert studio.settings.value.damage.kept == (0.0, 0.0)
    studio.pictures.open(tmp_path / "gray.jpg")
    wait_for(lambda: studio.document.path.name == "gray.jpg")
    look_over(studio)
    assert cleaned.isVisible()
    assert not colour.isVisible()


def test_the_value_under_the_cursor_is_told(studio, tmp_path):
    panel = panel_of(studio)
    np.save(tmp_path / "k.npy", TAPS)
    open_kernel(studio, tmp_path / "k.npy")
    wait_for(lambda: studio.settings.value.kernel is not None)
    view = panel.view
    # A pointer only meets what is on the screen.
    studio.window.settings_panel.ensureWidgetVisible(view)
    pause(20)
    QTest.mouseMove(view, QPoint(view.width() // 2, view.height() // 2))
    wait_for(lambda: panel.value.text().startswith("Row 3, column 2"))
    assert panel.value.text().endswith(f"{12 / 64:.4f}")
    QTest.mouseMove(view, QPoint(1, 1))
    wait_for(lambda: "Point at" in panel.value.text())


def test_a_cell_array_offers_its_kernels_and_refuses_one_that_is_none(studio, tmp_path):
    panel = panel_of(studio)
    open_kernel(studio, cells(tmp_path / "cells.mat"))
    wait_for(lambda: studio.settings.value.kernel is not None)
    assert studio.settings.value.kernel.name == "cells.mat#1"
    assert panel.number.isVisible()
    assert panel.number.count() == 3
    choose(panel.number, "2")
    wait_for(lambda: studio.settings.value.kernel.name == "cells.mat#2")
    assert panel.facts.text().startswith("7 × 5 taps")
    choose(panel.number, "3")
    wait_for(lambda: "positive sum" in studio.window.message_bar.text)
    assert studio.settings.value.kernel.name == "cells.mat#2"
    assert panel.number.currentIndex() == 1
    choose(panel.kind, "Bicubic")
    assert not panel.number.isVisible()
    choose(panel.kind, "cells.mat")
    assert studio.settings.value.kernel.name == "cells.mat#2"
    assert panel.number.isVisible()


def test_a_hostile_file_leaves_the_kernel_as_it_was(studio, tmp_path):
    bad = tmp_path / "bad.mat"
    bad.write_bytes(b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM" + b"\xff" * 200)
    open_kernel(studio, bad)
    wait_for(lambda: "bad.mat" in studio.window.message_bar.text)
    assert studio.settings.value.kernel is None


def test_titles_name_the_figures():
    assert title_of(Shape("gaussian", (1.4, 0.8, 30))) == "Gaussian 1.4 × 0.8 px, 30°"
    assert title_of(Shape("gaussian", (1.4,))) == "Gaussian 1.4 px"
    assert title_of(Shape("motion", (7, 20))) == "Motion line 7 px, 20°"
    assert title_of(None) == "Bicubic (ideal)"
