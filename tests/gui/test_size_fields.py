"""The size of the result: factor, pixels and print, each changing the others, with real key events."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.studio_loop import wait_for
from zssr_studio.app.models.files.export import ExportModel
from zssr_studio.app.user_settings import user_settings
from zssr_studio.engine.config import Scale


@pytest.fixture
def fields(studio, tmp_path):
    path = tmp_path / "scan.png"
    Image.new("RGB", (300, 200), (90, 120, 30)).save(path, dpi=(300, 300))
    studio.pictures.open(path)
    wait_for(lambda: studio.document.picture is not None)
    return studio.window.settings_panel.size_fields


def type_into(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def values(fields) -> tuple[int, int, float, float, float]:
    lengths = (fields.print_width.value(), fields.print_height.value())
    return fields.width_px.value(), fields.height_px.value(), *lengths, fields.ppi.value()


def test_the_size_on_paper_is_kept_at_first(fields):
    # 300 pixels at 300 ppi are an inch; enlarged twice they are one still, at 600.
    assert values(fields) == (600, 400, 2.5, 1.7, 600)


def test_exact_pixels_set_the_scale(studio, fields):
    type_into(fields.width_px, "750")
    assert studio.settings.value.scale == Scale(2.5, 2.5)
    assert fields.scale.currentText() == "2.5"
    assert fields.height_px.value() == 500
    type_into(fields.height_px, "333")
    assert studio.settings.value.scale.out_size(200, 300)[0] == 333


def test_a_print_sets_the_pixels_and_its_resolution_goes_with_the_export(studio, fields):
    type_into(fields.ppi, "150")
    assert studio.settings.value.scale == Scale(2, 2)
    assert fields.print_width.value() == pytest.approx(10.2, abs=0.06)
    fields.unit.setFocus()
    QTest.keyClick(fields.unit, Qt.Key.Key_Down)
    assert fields.print_width.value() == 4.0
    type_into(fields.print_width, "6")
    assert fields.width_px.value() == 900
    assert studio.settings.value.scale == Scale(3, 3)
    presets = ExportModel(user_settings()).presets(studio.document.path, studio.settings.value.print_ppi)
    assert presets[0].options.pixels_per_inch == 150


def test_what_cannot_be_made_is_refused_and_nothing_changes(studio, fields):
    type_into(fields.width_px, "100000")
    assert studio.settings.value.scale == Scale(2, 2)
    assert fields.width_px.value() == 600
    problem = studio.window.settings_panel._problem
    assert "cannot be made" in problem.text()
    assert problem.isVisible()
    type_into(fields.width_px, "900")
    assert not problem.isVisible()


def test_without_a_picture_there_is_nothing_to_write(studio):
    fields = studio.window.settings_panel.size_fields
    assert not fields.width_px.isEnabled()
    assert fields.scale.isEnabled()
