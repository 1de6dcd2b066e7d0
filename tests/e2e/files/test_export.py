"""The export dialog with real mouse and key events: what it offers, remembers, asks and writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tifffile
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from tests import piece_of_sample
from tests.studio_loop import answer_export, answer_question, click_tool, export_dialog, wait_for
from zssr_studio.app.models.files.export import ARCHIVE, AS_SOURCE, PRINT, WEB, ExportModel
from zssr_studio.app.user_settings import user_settings
from zssr_studio.app.views.files.source_types import SOURCE_TYPES
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import DIGITAL_SOURCE_TYPES, Compression, ExportOptions, Format
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.files.export_dialog import ExportDialog


@pytest.fixture
def result(studio, tmp_path) -> Studio:
    """A studio with a result that is in no file yet."""
    source = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(source)
    wait_for(lambda: studio.document.picture is not None)
    studio.window.settings_panel.steps.setValue(3)
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current_run is not None)
    wait_for(lambda: studio.window.actions_by_name["export"].isEnabled())
    return studio


def choose(combo, title: str) -> None:
    """Choose an item by the keyboard, as `activated` is only told of a person's choice."""
    combo.setFocus()
    combo.showPopup()
    view = combo.view()
    index = combo.model().index(combo.findText(title, Qt.MatchFlag.MatchStartsWith), 0)
    view.setCurrentIndex(index)
    QTest.keyClick(view, Qt.Key.Key_Return)
    wait_for(lambda: combo.currentText().startswith(title))


def opened(studio: Studio) -> ExportDialog:
    click_tool(studio, "export")
    return export_dialog()


def press_export(dialog: ExportDialog) -> None:
    wait_for(dialog.export_button.isEnabled)
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def message(studio: Studio) -> str:
    return studio.window.message_bar.text if studio.window.message_bar.isVisible() else ""


def test_without_any_choice_the_file_lies_beside_the_source_and_says_how_it_was_made(result, tmp_path):
    dialog = opened(result)
    assert dialog.name.text() == "harbour_zssr2x.png"
    assert dialog.preset_name == AS_SOURCE
    wait_for(lambda: dialog.size_label.text().startswith("About "))
    press_export(dialog)
    target = tmp_path / "harbour_zssr2x.png"
    wait_for(lambda: "Saved harbour_zssr2x.png" in message(result))
    packet = read_picture(target).metadata.xmp
    assert b"algorithmicallyEnhanced" in packet
    assert b"harbour.png" in packet
    assert b"zero-shot" in packet


def test_an_existing_file_is_replaced_only_when_a_person_agrees(result, tmp_path):
    target = tmp_path / "harbour_zssr2x.png"
    target.write_bytes(b"precious")
    press_export(opened(result))
    answer_question("Keep it")
    assert target.read_bytes() == b"precious"
    assert result.results.unexported == 1
    press_export(opened(result))
    answer_question("Replace")
    wait_for(lambda: result.results.unexported == 0)
    with Image.open(target) as image:
        assert image.size == (192, 160)


def test_a_preset_sets_all_and_is_there_the_next_time(result, tmp_path):
    dialog = opened(result)
    choose(dialog.fields.preset, WEB)
    assert dialog.name.text() == "harbour_zssr2x.jpg"
    assert dialog.options == ExportOptions(
        format=Format.JPEG, bits=8, colour="srgb", quality=85, metadata=MetadataPolicy.NO_PLACE
    )
    assert dialog.fields.quality.isVisible()
    assert not dialog.fields.compression.isVisible()
    press_export(dialog)
    wait_for((tmp_path / "harbour_zssr2x.jpg").exists)
    wait_for(lambda: "Saved" in message(result))
    dialog = opened(result)
    assert dialog.preset_name == WEB
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert ExportModel(user_settings()).last() == WEB


def test_own_choices_are_kept_under_a_name_and_removed_again(result):
    dialog = opened(result)
    choose(dialog.fields.preset, ARCHIVE)
    choose(dialog.fields.compression, "None")
    assert dialog.preset_name == ""
    QTest.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    QTest.keyClicks(QApplication.activeModalWidget().focusWidget(), "Plain")
    QTest.keyClick(QApplication.activeModalWidget().focusWidget(), Qt.Key.Key_Return)
    wait_for(lambda: dialog.preset_name == "Plain")
    own = ExportModel(user_settings()).presets(Path("a.png"))[-1]
    assert own.options == ExportOptions(format=Format.TIFF, compression=Compression.NONE)
    assert dialog.forget_button.isEnabled()
    QTest.mouseClick(dialog.forget_button, Qt.MouseButton.LeftButton)
    assert dialog.fields.preset.findData("Plain") == -1
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)


def test_the_source_type_can_be_any_of_iptcs(result, tmp_path):
    dialog = opened(result)
    choose(dialog.fields.source_type, "Negative film")
    assert dialog.options.digital_source_type == "negativeFilm"
    press_export(dialog)
    wait_for(lambda: "Saved harbour_zssr2x.png" in message(result))
    assert b"digitalsourcetype/negativeFilm" in read_picture(tmp_path / "harbour_zssr2x.png").metadata.xmp


def test_a_print_gets_its_pixels_per_inch_and_its_colours(result, tmp_path):
    dialog = opened(result)
    choose(dialog.fields.preset, PRINT)
    answer_export(tmp_path / "print.tif")
    wait_for(lambda: "Saved print.tif" in message(result))
    with tifffile.TiffFile(tmp_path / "print.tif") as file:
        tags = file.pages[0].tags
        assert tags["XResolution"].value[0] / tags["XResolution"].value[1] == 300
        assert b"Adobe RGB" in tags["InterColorProfile"].value


def test_the_format_follows_the_name_and_the_name_the_format(result):
    dialog = opened(result)
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "large.webp")
    assert dialog.options.format is Format.WEBP
    assert dialog.fields.lossless.isVisible()
    choose(dialog.fields.format, "JPEG XL")
    assert dialog.name.text() == "large.jxl"
    dialog.name.clear()
    assert not dialog.export_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: result.exports.dialog is None)


def test_a_preset_needs_a_name_of_its_own(qapp):
    model = ExportModel(user_settings())
    for name in ("", "  ", WEB):
        with pytest.raises(BadInputError, match="cannot be the name"):
            model.keep(name, ExportOptions(format=Format.PNG))


@pytest.mark.parametrize("text", ["not json", "[3]", '[{"name": "x", "options": {"quality": 900}}]', "{}"])
def test_settings_that_were_damaged_are_left_out(qapp, text):
    settings = user_settings()
    settings.setValue("export/own", text)
    assert [preset.name for preset in ExportModel(settings).presets(Path("a.tif"))] == [AS_SOURCE, ARCHIVE, WEB, PRINT]


def test_each_source_type_of_iptcs_has_words():
    assert set(SOURCE_TYPES) == {None, *DIGITAL_SOURCE_TYPES}
    assert next(iter(SOURCE_TYPES)) == DIGITAL_SOURCE_TYPES[0]
