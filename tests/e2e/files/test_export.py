"""The export dialog with real mouse and key events: what it offers, remembers, asks and writes."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from PIL import Image
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QScrollArea

from tests import piece_of_sample
from tests.studio.studio_loop import (
    PATIENCE_S,
    answer_export,
    answer_question,
    click_tool,
    export_dialog,
    pause,
    wait_for,
)
from zssr_studio.app.controllers.export import export
from zssr_studio.app.controllers.export.result_files import WrittenResult, estimated, write_result
from zssr_studio.app.models.files.export import (
    ARCHIVE,
    AS_SOURCE,
    PRINT,
    WEB,
    ExportChoices,
    ExportModel,
    ExportSource,
    as_source,
)
from zssr_studio.app.models.files.source_file import SourceFile
from zssr_studio.app.user_settings import user_settings
from zssr_studio.app.views.files.source_types import SOURCE_TYPES
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import DIGITAL_SOURCE_TYPES, Compression, ExportOptions, Format
from zssr_studio.imaging.file_size import fitted
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.write import write_picture

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
    wait_for(lambda: "about" in dialog.size_label.text())
    # Nothing is made up of a resolution that no file tells.
    assert dialog.size_label.text().startswith("192 × 160 pixels · about ")
    assert dialog.note_label.text() == (
        "The file tells no resolution, as its source tells none; at 300 ppi that would be 1.6 × 1.4 cm."
    )
    press_export(dialog)
    target = tmp_path / "harbour_zssr2x.png"
    wait_for(lambda: "Saved harbour_zssr2x.png" in message(result))
    packet = read_picture(target).metadata.xmp
    assert b"algorithmicallyEnhanced" in packet
    assert b"harbour.png" in packet
    assert b"zero-shot" in packet


def test_a_name_may_hold_points_and_be_written_anew(result, tmp_path):
    """Taking the name away before its suffix ended in a traceback; what stood behind a point was taken for a suffix."""
    dialog = opened(result)
    dialog.name.setFocus()
    dialog.name.setSelection(0, len("harbour_zssr2x"))
    QTest.keyClick(dialog.name, Qt.Key.Key_Delete)
    assert dialog.name.text() == ".png"
    wait_for(lambda: "about" in dialog.size_label.text())
    assert not dialog.export_button.isEnabled()
    dialog.name.clear()
    QTest.keyClicks(dialog.name, "harbour of 3.5")
    QTest.mouseClick(dialog.purposes[WEB], Qt.MouseButton.LeftButton)
    assert dialog.name.text() == "harbour of 3.5.jpg"
    QTest.mouseClick(dialog.purposes[AS_SOURCE], Qt.MouseButton.LeftButton)
    assert dialog.name.text() == "harbour of 3.5.png"
    dialog.name.clear()
    QTest.keyClicks(dialog.name, "harbour of 3.5")
    press_export(dialog)
    wait_for(lambda: "Saved harbour of 3.5.png" in message(result))
    assert (tmp_path / "harbour of 3.5.png").exists()


def test_all_that_is_said_has_its_room_and_a_larger_dialog_stays_so(result):
    dialog = opened(result)
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    for purpose in (AS_SOURCE, PRINT, WEB, AS_SOURCE):
        # The estimate of the purpose before would answer for this one.
        dialog.size_label.clear()
        QTest.mouseClick(dialog.purposes[purpose], Qt.MouseButton.LeftButton)
        wait_for(lambda: "about" in dialog.size_label.text())
        pause(50)
        assert bar.maximum() == 0, purpose
    height = dialog.height()
    QTest.mouseClick(dialog.purposes[PRINT], Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.height() > height)
    dialog.resize(dialog.width(), dialog.height() + 80)
    taller = dialog.height()
    dialog.set_size("1 pixel")
    assert dialog.height() == taller
    dialog.reject()


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


def purpose(dialog: ExportDialog, name: str) -> None:
    QTest.mouseClick(dialog.purposes[name], Qt.MouseButton.LeftButton)


def more(dialog: ExportDialog) -> None:
    QTest.mouseClick(dialog.more_button, Qt.MouseButton.LeftButton)


def test_a_purpose_sets_all_and_is_there_the_next_time_for_the_same_source_only(result, tmp_path):
    dialog = opened(result)
    assert not dialog.fields.format.isVisible()
    purpose(dialog, WEB)
    assert dialog.name.text() == "harbour_zssr2x.jpg"
    assert dialog.options == ExportOptions(
        format=Format.JPEG, bits=8, colour="srgb", quality=85, metadata=MetadataPolicy.NO_PLACE
    )
    assert dialog.fields.quality.isVisible()
    assert dialog.fields.longest.isVisible()
    assert not dialog.fields.colour.isVisible()
    more(dialog)
    assert dialog.fields.colour.isVisible()
    assert not dialog.fields.compression.isVisible()
    press_export(dialog)
    wait_for((tmp_path / "harbour_zssr2x.jpg").exists)
    wait_for(lambda: "Saved" in message(result))
    dialog = opened(result)
    assert dialog.preset_name == WEB
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    model = result.exports._model
    assert model.proposed(ExportSource(result.document.path)) == WEB
    assert model.proposed(ExportSource(tmp_path / "scan.tif", 16)) == AS_SOURCE


@pytest.mark.parametrize(
    ("name", "bits", "wanted"),
    [
        ("a.tif", 16, ExportOptions(format=Format.TIFF)),
        ("a.jpg", 8, ExportOptions(format=Format.JPEG)),
        ("a.png", 16, ExportOptions(format=Format.PNG)),
        ("a.jxl", 8, ExportOptions(format=Format.JXL, lossless=True)),
        ("a.jxl", 16, ExportOptions(format=Format.TIFF)),
        ("a.heic", 8, ExportOptions(format=Format.PNG)),
        ("a.dng", 16, ExportOptions(format=Format.TIFF)),
    ],
)
def test_as_the_source_is_its_format(name, bits, wanted):
    assert as_source(ExportSource(Path(name), bits)) == wanted


def test_the_archive_is_deep_whatever_the_source_is(result, tmp_path):
    dialog = opened(result)
    purpose(dialog, ARCHIVE)
    press_export(dialog)
    wait_for(lambda: "Saved harbour_zssr2x.tif" in message(result))
    with tifffile.TiffFile(tmp_path / "harbour_zssr2x.tif") as file:
        page = file.pages[0]
        assert page.dtype == np.uint16
        assert page.compression == tifffile.COMPRESSION.ADOBE_DEFLATE
    # What stands there are the values of the run, not those of 8 bits made wide.
    written = read_picture(tmp_path / "harbour_zssr2x.tif").pixels
    assert np.abs(written - result.results.current_run.picture.pixels).max() < 1 / 65535
    assert len(np.unique(np.rint(written * 65535) % 257)) > 1


def test_a_picture_for_the_web_is_as_small_as_it_is_wanted_and_the_result_is_still_in_no_file(result, tmp_path):
    dialog = opened(result)
    purpose(dialog, WEB)
    type_into(dialog.fields.longest, "100")
    type_into(dialog.fields.most_mb, "0,1")
    wait_for(lambda: "100 × 83 pixels" in dialog.size_label.text())
    assert "Made smaller from the 192 × 160 pixels" in dialog.note_label.text()
    assert "With a quality of" in dialog.note_label.text()
    press_export(dialog)
    wait_for(lambda: "Saved harbour_zssr2x.jpg (100 × 83 pixels)" in message(result))
    target = tmp_path / "harbour_zssr2x.jpg"
    with Image.open(target) as image:
        assert image.size == (100, 83)
    assert target.stat().st_size <= 100_000
    assert result.results.unexported == 1
    assert b"resampled to 100 x 83" in read_picture(target).metadata.xmp


def test_a_file_that_cannot_be_so_small_is_refused_and_the_most_is_used_of_what_is_allowed(tmp_path):
    noise = np.random.default_rng(3).random((200, 300, 3), np.float32)
    options = ExportOptions(format=Format.JPEG)
    assert fitted(Picture(noise), options, 3_000) is None
    chosen = fitted(Picture(noise), options, 60_000)
    write_picture(Picture(noise), tmp_path / "a.jpg", overwrite=False, options=chosen)
    assert 40_000 < (tmp_path / "a.jpg").stat().st_size <= 60_000


def test_a_file_without_loss_is_written_however_small_one_with_loss_was_to_be(tmp_path):
    """What a purpose once bounded is not asked for, and not shown, where no quality decides it."""
    noise = Picture(np.random.default_rng(3).random((40, 60, 3), np.float32))
    source = SourceFile(tmp_path / "a.png", 1, {"sha256": "0" * 64}, "", tmp_path / "a.png")
    choices = ExportChoices(ExportOptions(format=Format.WEBP, lossless=True), WEB, most_bytes=100)
    assert estimated(noise, choices)[1] is None
    write_result(WrittenResult(noise, None, 1.0, "", None), source, tmp_path / "b.webp", choices, overwrite=False)
    assert np.array_equal(read_picture(tmp_path / "b.webp").pixels, np.rint(noise.pixels * 255) / np.float32(255))


def test_a_print_that_no_scale_gives_is_resampled_and_that_is_said(result, tmp_path):
    fields = result.window.settings_panel.size_fields
    type_into(fields.ppi, "300")
    type_into(fields.print_width, "8")
    QTest.mouseClick(fields.offer.button, Qt.MouseButton.LeftButton)
    dialog = opened(result)
    assert dialog.preset_name == PRINT
    wait_for(lambda: "945 × 788 pixels · 8.0 × 6.7 cm at 300 ppi" in dialog.size_label.text())
    assert "Interpolated from the 192 × 160 pixels" in dialog.note_label.text()
    press_export(dialog)
    wait_for(lambda: "Saved harbour_zssr2x.tif (945 × 788 pixels)" in message(result))
    written = read_picture(tmp_path / "harbour_zssr2x.tif")
    assert (written.height, written.width, written.source_bits) == (788, 945, 16)
    assert written.pixels_per_inch == (300, 300)
    assert result.results.unexported == 0


def test_the_folder_is_shown_from_the_message(result, tmp_path):
    press_export(opened(result))
    wait_for(lambda: "Saved harbour_zssr2x.png" in message(result))
    manager = FileManager()
    QDesktopServices.setUrlHandler("file", manager, "show")
    try:
        QTest.mouseClick(result.window.message_bar.offer_buttons[0], Qt.MouseButton.LeftButton)
        assert manager.shown == [str(tmp_path)]
    finally:
        QDesktopServices.unsetUrlHandler("file")


class FileManager(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


def type_into(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def test_own_choices_are_kept_under_a_name_and_removed_again(result):
    dialog = opened(result)
    purpose(dialog, ARCHIVE)
    more(dialog)
    choose(dialog.fields.compression, "None")
    assert dialog.preset_name == ""
    QTest.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    QTest.keyClicks(QApplication.activeModalWidget().focusWidget(), "Plain")
    QTest.keyClick(QApplication.activeModalWidget().focusWidget(), Qt.Key.Key_Return)
    wait_for(lambda: dialog.preset_name == "Plain")
    own = ExportModel(user_settings()).presets(ExportSource(Path("a.png")))[-1]
    assert own.options == ExportOptions(format=Format.TIFF, bits=16, compression=Compression.NONE)
    assert own.choices.purpose == ARCHIVE
    assert dialog.forget_button.isEnabled()
    QTest.mouseClick(dialog.forget_button, Qt.MouseButton.LeftButton)
    assert dialog.fields.preset.findData("Plain") == -1
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)


def test_a_name_that_a_preset_cannot_have_is_asked_for_again(result):
    """Its sentence stood where choices that do not go together are told, and nothing could be exported any more."""
    dialog = opened(result)
    more(dialog)
    QTest.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)
    for name, label in ((WEB, ""), ("Mine", "'Web' cannot be the name")):
        wait_for(lambda label=label: isinstance(question := QApplication.activeModalWidget(), QInputDialog)
                 and question.labelText().startswith(label))  # fmt: skip
        line = QApplication.activeModalWidget().focusWidget()
        line.selectAll()
        QTest.keyClicks(line, name)
        QTest.keyClick(line, Qt.Key.Key_Return)
    wait_for(lambda: dialog.preset_name == "Mine")
    wait_for(dialog.export_button.isEnabled)
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)


def test_a_print_of_ones_own_has_the_size_of_its_picture(qapp):
    """It said 0.1 cm, which is the least that the field holds."""
    model = ExportModel(user_settings())
    options = ExportOptions(format=Format.TIFF, pixels_per_inch=254)
    model.keep("Fine", ExportChoices(options, PRINT, print_cm=30))
    own = model.presets(ExportSource(Path("a.png"), width_px=1000))[-1]
    assert own.choices.print_cm == pytest.approx(10)
    assert own.choices.size_of((500, 1000)) == (500, 1000)


def test_the_source_type_can_be_any_of_iptcs(result, tmp_path):
    dialog = opened(result)
    more(dialog)
    choose(dialog.fields.source_type, "Negative film")
    assert dialog.options.digital_source_type == "negativeFilm"
    press_export(dialog)
    wait_for(lambda: "Saved harbour_zssr2x.png" in message(result))
    assert b"digitalsourcetype/negativeFilm" in read_picture(tmp_path / "harbour_zssr2x.png").metadata.xmp


def test_a_print_gets_its_pixels_per_inch_and_its_colours(result, tmp_path):
    dialog = opened(result)
    purpose(dialog, PRINT)
    answer_export(tmp_path / "print.tif")
    wait_for(lambda: "Saved print.tif" in message(result))
    with tifffile.TiffFile(tmp_path / "print.tif") as file:
        tags = file.pages[0].tags
        assert tags["XResolution"].value[0] / tags["XResolution"].value[1] == 300
        assert b"Adobe RGB" in tags["InterColorProfile"].value


def test_the_format_follows_the_name_and_the_name_the_format(result):
    dialog = opened(result)
    more(dialog)
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
            model.keep(name, ExportChoices(ExportOptions(format=Format.PNG)))


@pytest.mark.parametrize("text", ["not json", "[3]", '[{"name": "x", "options": {"quality": 900}}]', "{}"])
def test_settings_that_were_damaged_are_left_out(qapp, text):
    settings = user_settings()
    settings.setValue("export/own", text)
    presets = ExportModel(settings).presets(ExportSource(Path("a.tif")))
    assert [preset.name for preset in presets] == [AS_SOURCE, WEB, PRINT, ARCHIVE]


def test_each_source_type_of_iptcs_has_words():
    assert set(SOURCE_TYPES) == {None, *DIGITAL_SOURCE_TYPES}
    assert next(iter(SOURCE_TYPES)) == DIGITAL_SOURCE_TYPES[0]


def test_an_estimate_that_comes_late_is_not_kept_for_another_result(result, monkeypatch):
    goes_on = threading.Event()

    def held(picture, choices):
        assert goes_on.wait(PATIENCE_S)
        return estimated(picture, choices)

    monkeypatch.setattr(export, "estimated", held)
    dialog = opened(result)
    dialog.reject()
    wait_for(lambda: result.exports.dialog is None)
    goes_on.set()
    wait_for(lambda: not result.tasks.is_busy)
    assert result.exports._sized is None
