"""Exports that are signed by the certificate of the preferences, and what Info says of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.certificates import identity
from tests.comparing import add_file
from tests.e2e.gestures import CTRL, click, message, press
from tests.studio_loop import answer_export, answer_file_dialog, click_tool, wait_for

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


def test_an_export_is_signed_and_info_checks_it(compared: Studio, tmp_path: Path) -> None:
    own = identity(tmp_path)
    dialog = choose(compared, own.chain, own.key)
    wait_for(dialog.no_sign_button.isEnabled)
    click(dialog.close_button)
    wait_for(lambda: compared.preferences.dialog is None)
    out = tmp_path / "large.tif"
    click_tool(compared, "export")
    answer_export(out)
    wait_for(lambda: "Saved large.tif" in message(compared))
    reader = c2pa.Reader("image/tiff", io.BytesIO(out.read_bytes()))
    assert reader.get_validation_state() == "Valid"
    assert [one["title"] for one in reader.get_active_manifest()["ingredients"]] == ["harbour.png"]
    add_file(compared, out)
    compared.window.canvas.setFocus()
    press(compared, Qt.Key.Key_I)
    wait_for(lambda: compared.info.dialog is not None and compared.info.dialog.isVisible())
    assert "Valid: nothing was changed since it was signed" in compared.info.dialog.text.toPlainText()
    click(compared.info.dialog.close_button)
    wait_for(lambda: compared.info.dialog is None)


def test_a_certificate_that_cannot_sign_is_refused_at_once(studio: Studio, tmp_path: Path) -> None:
    own = identity(tmp_path, None)
    dialog = choose(studio, own.chain, own.key)
    wait_for(lambda: "cannot sign:" in studio.window.message_bar.text)
    assert not dialog.no_sign_button.isEnabled()
    click(dialog.close_button)
    wait_for(lambda: studio.preferences.dialog is None)
