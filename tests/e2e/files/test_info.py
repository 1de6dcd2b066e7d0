"""What a file says, by the key I, and the settings that it was made with, taken over again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from tests.e2e.gestures import click, opened, press
from tests.studio.comparing import add_file
from tests.studio.studio_loop import PATIENCE_S, answer_export, click_tool, wait_for
from zssr_studio.app.controllers.files import info as files_info
from zssr_studio.app.models.files.made_with import made_with
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.metadata.blocks import Change, Derivation
from zssr_studio.imaging.metadata.xmp import updated
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.record.settings_record import settings_record

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.files.info_dialog import InfoDialog

DAMAGE = Damage(Noise((0.01, 0.02, 0.03), (0.0, 0.01, 0.0)), JpegTables.of_quality(70), 0.25)


def info(studio: Studio) -> InfoDialog:
    studio.window.canvas.setFocus()
    press(studio, Qt.Key.Key_I)
    wait_for(lambda: studio.info.dialog is not None and studio.info.dialog.isVisible())
    return studio.info.dialog


def closed(studio: Studio) -> None:
    click(studio.info.dialog.close_button)
    wait_for(lambda: studio.info.dialog is None)
    studio.window.activateWindow()


def test_a_file_tells_format_depth_profile_resolution_and_metadata(studio, tmp_path):
    path = tmp_path / "scan.tif"
    exif = Image.Exif()
    exif[0x010F] = "A maker <of> cameras"
    Image.new("L", (300, 200), 90).save(path, dpi=(600, 600), exif=exif, compression="tiff_deflate")
    opened(studio, path)
    dialog = info(studio)
    text = dialog.text.toPlainText()
    for part in ("scan.tif", "TIFF", "300 × 200", "8 bits", "600 ppi", "1.3 × 0.8 cm", "A maker <of> cameras"):
        assert part in text, part
    assert not dialog.use_button.isVisible()
    click(dialog.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert "Resolution: 600 ppi" in copied
    assert "Make: A maker <of> cameras" in copied
    dialog.text.setFocus()
    QTest.keyClick(dialog.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "600 ppi" in QGuiApplication.clipboard().text()
    closed(studio)


def test_a_page_of_several_is_told_of_and_not_the_first(studio, tmp_path):
    path = tmp_path / "two.tif"
    first, second = Image.new("L", (300, 200), 90), Image.new("L", (70, 50), 90)
    first.save(path, save_all=True, append_images=[second])
    studio.pictures.open(path)
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    question = QApplication.activeModalWidget()
    question.setIntValue(2)
    question.accept()
    wait_for(lambda: studio.document.path == path)
    studio.window.actions_by_name["info"].trigger()
    wait_for(lambda: studio.info.dialog is not None and studio.info.dialog.isVisible())
    assert "70 × 50" in studio.info.dialog.text.toPlainText()
    closed(studio)


def test_a_result_says_how_it_was_made_and_its_settings_can_be_used_again(studio, photo, tmp_path):
    opened(studio, photo)
    settings = Settings(Scale(2, 2), kernel=Shape.parse("gaussian:1.4,0.8,30"), damage=DAMAGE, seed=5, steps=3)
    studio.settings.set_value(settings)
    studio.document.set_crop(Crop(2, 3, 60, 80))
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current is not None)
    click_tool(studio, "export")
    answer_export(tmp_path / "large.png")
    wait_for((tmp_path / "large.png").exists)
    studio.settings.set_value(Settings(Scale(3, 3)))
    studio.document.set_crop(None)
    add_file(studio, tmp_path / "large.png")
    dialog = info(studio)
    assert "zero-shot super-resolution: scale 2; preset fast" in dialog.text.toPlainText()
    click(dialog.use_button)
    wait_for(lambda: studio.document.crop == Crop(2, 3, 60, 80))
    assert studio.settings.value == settings
    wait_for(lambda: "the region" in dialog.note.text())
    closed(studio)


def test_what_is_asked_for_twice_while_the_file_is_read_is_shown_once(studio, photo, monkeypatch):
    """The second reading may take longer than a person looks at the first one."""
    first_is_closed, read = threading.Event(), files_info._read
    readings: list[Path] = []

    def slow_from_the_second_on(path: Path, page: int) -> object:
        readings.append(path)
        if len(readings) > 1:
            assert first_is_closed.wait(PATIENCE_S)
        return read(path, page)

    monkeypatch.setattr(files_info, "_read", slow_from_the_second_on)
    opened(studio, photo)
    for _ in range(2):
        studio.window.actions_by_name["info"].trigger()
    wait_for(lambda: studio.info.dialog is not None)
    closed(studio)
    first_is_closed.set()
    wait_for(lambda: not studio.tasks.is_busy or studio.info.dialog is not None)
    assert studio.info.dialog is None


def test_the_region_of_another_picture_is_not_taken_over(studio, photo, tmp_path):
    job = Job(Picture(np.zeros((90, 90, 3), np.float32)), crop=Crop(2, 3, 60, 80), seed=9, steps=3)
    path = tmp_path / "large.jpg"
    Image.new("RGB", (120, 160)).save(path, xmp=packet_of(job))
    opened(studio, path)
    dialog = info(studio)
    click(dialog.use_button)
    wait_for(lambda: "another picture" in dialog.note.text())
    assert studio.settings.value.seed == 9
    assert studio.document.crop is None
    closed(studio)


def packet_of(job: Job, record: str | None = None) -> bytes:
    derivation = Derivation("a.png", "0" * 64, job.settings_line, "2026-11-29T12:00:00+00:00", None, record)
    if record is None:
        derivation = Derivation(*(getattr(derivation, n) for n in Derivation.__slots__[:5]), settings_record(job))
    packet, _ = updated(None, Change((4, 4)), derivation)
    return packet


@pytest.mark.parametrize(
    "kernel", [None, Shape.parse("disc:2.25").kernel((3.0, 1.5)), Kernel.from_array([[1, 2], [3, 5]])]
)
def test_each_setting_comes_back_from_the_metadata(kernel):
    scale = Scale(3, 1.5)
    job = Job(
        Picture(np.zeros((90, 90, 3), np.float32)), scale, "best", Crop(1, 2, 30, 40), kernel, DAMAGE, 7, 9.5, 12, "cpu"
    )
    made = made_with(packet_of(job))
    assert (made.line, made.source, made.crop) == (job.settings_line, "a.png", job.crop)
    again = made.settings.job(job.picture, made.crop)
    for name in ("scale", "preset", "damage", "seed", "seconds", "steps", "device"):
        assert getattr(again, name) == getattr(job, name)
    if kernel is None:
        assert again.kernel is None
    else:
        np.testing.assert_allclose(again.kernel.taps, kernel.taps, atol=1e-7)
        assert again.kernel.name == kernel.name


@pytest.mark.parametrize("record", ["not json", "[]", "{}", '{"scale": [99, 2]}', '"text"', "1e400"])
def test_a_record_that_is_damaged_leaves_the_words(record):
    made = made_with(packet_of(Job(Picture(np.zeros((9, 9, 3), np.float32))), record))
    assert made.settings is None
    assert "preset fast" in made.line


def test_a_file_of_another_program_was_not_made_here(tmp_path):
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    assert made_with(read_picture(tmp_path / "a.png").metadata.xmp) is None
    assert made_with(b"<not xml") is None
