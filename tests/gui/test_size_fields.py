"""The size of the result: factor, pixels and print, each changing the others, with real key events."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from tests.studio.studio_loop import open_studio, wait_for
from zssr_studio.app.models.files.export import ExportModel, ExportSource
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


def test_a_resolution_that_no_file_tells_is_said_to_be_none(studio, fields, tmp_path):
    label = studio.window.settings_panel.size_label
    assert label.text() == "300 × 200 becomes 600 × 400 pixels"
    path = tmp_path / "web.png"
    Image.new("RGB", (300, 200), (10, 20, 30)).save(path)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    assert label.text().endswith("The file tells no resolution: the print is reckoned with 300 ppi.")
    type_into(fields.ppi, "150")
    assert label.text() == "300 × 200 becomes 600 × 400 pixels"


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
    source = ExportSource(studio.document.path, print_ppi=studio.settings.value.print_ppi)
    presets = ExportModel(user_settings()).presets(source)
    assert presets[0].options.pixels_per_inch == 150


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("scale", "1.5", "Enlarge 1.5×"),
        ("scale", "2x3", "Enlarge 2 × 3×"),
        ("width_px", "1000", "Enlarge 3.33×"),
        # Hardly less than twice, and not twice.
        ("width_px", "599", "Enlarge 2.00×"),
        ("print_width", "4", "Enlarge 3.15×"),
    ],
)
def test_the_button_says_what_it_makes(studio, fields, field, text, told):
    type_into(fields.ppi, "600")
    button = studio.window.start_footer.button
    assert button.text() == "Enlarge 2×"
    one = getattr(fields, field)
    type_into(one.lineEdit() if field == "scale" else one, text)
    assert button.text() == told
    assert studio.window.actions_by_name["start"].text() == f"&{told}"


def test_what_cannot_be_made_is_refused_with_all_of_its_size_and_the_nearest_is_offered(studio, fields):
    type_into(fields.width_px, "100000")
    assert studio.settings.value.scale == Scale(2, 2)
    assert fields.width_px.value() == 600
    problem, button = fields.offer.problem, fields.offer.button
    assert problem.text() == (
        "100000 × 66667 pixels are more than 8 times 300 × 200. 2400 × 1600 can be made, and the rest resampled in the "
        "export. The scale stays 2."
    )
    assert problem.isVisible()
    assert button.isVisible()
    type_into(fields.width_px, "900")
    assert not problem.isVisible()
    assert not button.isVisible()


def test_a_large_print_is_the_largest_that_can_be_made_and_the_rest_is_resampled(studio, fields):
    type_into(fields.ppi, "300")
    type_into(fields.print_width, "30")
    QTest.mouseClick(fields.offer.button, Qt.MouseButton.LeftButton)
    assert studio.settings.value.scale == Scale(8, 8)
    assert studio.settings.value.wanted_px == (2362, 3543)
    assert values(fields) == (2400, 1600, 30.0, 20.0, 300)
    assert fields.offer.resampling.isVisible()
    assert "3543 × 2362" in fields.offer.resampling.text()
    # Another size is another wish.
    type_into(fields.width_px, "900")
    assert studio.settings.value.wanted_px is None
    assert not fields.offer.resampling.isVisible()


def test_what_was_said_of_a_size_goes_with_the_next_picture(studio, fields, tmp_path):
    type_into(fields.width_px, "100000")
    assert fields.offer.problem.isVisible()
    path = tmp_path / "next.png"
    Image.new("RGB", (300, 200), (10, 20, 30)).save(path)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    assert not fields.offer.problem.isVisible()
    assert not fields.offer.button.isVisible()


@pytest.mark.parametrize("text", ["1,5", "1.5"])
@pytest.mark.parametrize("locale", [QLocale.c(), QLocale(QLocale.Language.German)])
def test_a_scale_is_read_as_the_locale_and_others_write_it(qapp, text, locale):
    QLocale.setDefault(locale)
    try:
        with open_studio(qapp) as studio:
            scale = studio.window.settings_panel.size_fields.scale
            type_into(scale.lineEdit(), text)
            assert studio.settings.value.scale == Scale(1.5, 1.5)
            assert not studio.window.settings_panel.size_fields.offer.problem.isVisible()
    finally:
        QLocale.setDefault(QLocale.c())


def test_a_scale_that_is_none_leaves_the_one_before(studio, fields):
    scale = fields.scale.lineEdit()
    scale.setFocus()
    scale.selectAll()
    # Of 12 the 1 was a scale for a moment.
    QTest.keyClicks(scale, "12")
    assert studio.settings.value.scale == Scale(2, 2)
    assert "12 does not" in fields.offer.problem.text()
    QTest.keyClick(scale, Qt.Key.Key_Return)
    assert fields.scale.currentText() == "2"


def test_without_a_picture_there_is_nothing_to_write(studio):
    fields = studio.window.settings_panel.size_fields
    assert not fields.width_px.isEnabled()
    assert fields.scale.isEnabled()
