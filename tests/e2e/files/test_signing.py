"""Exports that are signed by the certificate of the preferences, and what Info says of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.e2e.gestures import CTRL, click, message, press
from tests.samples.certificates import identity
from tests.studio.boxes import open_box, scans, start, states, wait_for_end, with_steps
from tests.studio.comparing import add_file
from tests.studio.studio_loop import answer_export, answer_file_dialog, answer_question, click_tool, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.window.preferences_dialog import PreferencesDialog

c2pa = pytest.importorskip("c2pa", reason="the extra c2pa is not installed")


def preferences(studio: Studio) -> PreferencesDialog:
    press(studio, Qt.Key.Key_Comma, CTRL)
    wait_for(lambda: studio.preferences.dialog is not None and studio.preferences.dialog.isVisible())
    return studio.preferences.dialog


def choose(studio: Studio, certificate: Path, key: Path) -> PreferencesDialog:
    dialog = preferences(studio)
    click(dialog.sign_button)
    answer_file_dialog(certificate)
    answer_file_dialog(key)
    return dialog


def sign_from_now_on(studio: Studio, folder: Path) -> None:
    own = identity(folder)
    dialog = choose(studio, own.chain, own.key)
    wait_for(dialog.no_sign_button.isEnabled)
    click(dialog.close_button)
    wait_for(lambda: studio.preferences.dialog is None)


def sources_of(signed: Path) -> list[str]:
    """What a file with credentials that hold says it was made from."""
    media = {".tif": "image/tiff", ".png": "image/png"}[signed.suffix]
    reader = c2pa.Reader(media, io.BytesIO(signed.read_bytes()))
    assert reader.get_validation_state() == "Valid"
    return [one["title"] for one in reader.get_active_manifest()["ingredients"]]


def test_an_export_is_signed_and_info_checks_it(compared: Studio, tmp_path: Path) -> None:
    sign_from_now_on(compared, tmp_path)
    out = tmp_path / "large.tif"
    click_tool(compared, "export")
    answer_export(out)
    wait_for(lambda: "Saved large.tif" in message(compared))
    assert sources_of(out) == ["harbour.png"]
    add_file(compared, out)
    compared.window.canvas.setFocus()
    press(compared, Qt.Key.Key_I)
    wait_for(lambda: compared.info.dialog is not None and compared.info.dialog.isVisible())
    assert "Valid: nothing was changed since it was signed" in compared.info.dialog.text.toPlainText()
    click(compared.info.dialog.close_button)
    wait_for(lambda: compared.info.dialog is None)


def test_a_source_that_is_gone_is_named_in_what_is_signed(compared: Studio, photo: Path, tmp_path: Path) -> None:
    sign_from_now_on(compared, tmp_path)
    photo.unlink()
    out = tmp_path / "large.tif"
    click_tool(compared, "export")
    answer_export(out)
    wait_for(lambda: "Saved large.tif" in message(compared))
    assert sources_of(out) == ["harbour.png"]


def test_a_certificate_that_cannot_sign_is_refused_at_once(studio: Studio, tmp_path: Path) -> None:
    own = identity(tmp_path, None)
    dialog = choose(studio, own.chain, own.key)
    wait_for(lambda: "cannot sign:" in studio.window.message_bar.text)
    assert not dialog.no_sign_button.isEnabled()
    click(dialog.close_button)
    wait_for(lambda: studio.preferences.dialog is None)


def test_all_that_is_exported_before_leaving_is_signed(compared: Studio, tmp_path: Path) -> None:
    sign_from_now_on(compared, tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    compared.window.close()
    answer_question("Export all…")
    answer_file_dialog(folder)
    wait_for(lambda: not compared.window.isVisible())
    written = sorted(folder.iterdir())
    assert len(written) == sum(entry.finished is not None for entry in compared.results.entries) > 0
    assert [sources_of(one) for one in written] == [["harbour.png"]] * len(written)


def test_a_box_signs_its_results(studio: Studio, tmp_path: Path) -> None:
    sign_from_now_on(studio, tmp_path)
    pictures = scans(tmp_path / "scans", 2)
    with_steps(studio, 2)
    open_box(studio, [tmp_path / "scans"], 2)
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["done", "done"]
    for one in pictures:
        assert sources_of(one.parent / "enlarged" / f"{one.stem}_zssr2x.png") == [one.name]
