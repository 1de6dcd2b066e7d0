"""The first screen with recent files, the commands, the preferences, about, and two messages at once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.studio.studio_loop import pause, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QDialog, QWidget

    from zssr_studio.app.studio import Studio

RECENT = ("harbour.png", "old harbour at dusk, scan of 1931, second print.png", "boat.png")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def first_screen(studio: Studio) -> Iterator[str]:
    """Go through what needs no picture."""
    with tempfile.TemporaryDirectory() as folder:
        for name in RECENT:
            studio.recent_files.add(piece_of_sample(Path(folder) / name, (40, 40, 200, 160)))
        yield "start-recent"
        yield from _palette(studio)
        yield from _preferences(studio)
        studio.recent_files.clear()
    yield from _about(studio)
    studio.window.message_bar.show_notice("Saved harbour_zssr2x.png (320 × 240 pixels) in pictures.")
    studio.window.message_bar.show_error("letter.png is not a PNG, JPEG or TIFF picture. Convert it to one first.")
    yield "messages"
    studio.window.message_bar.dismiss()


def _palette(studio: Studio) -> Iterator[str]:
    QTest.keyClick(studio.window, Qt.Key.Key_P, CTRL | SHIFT)
    palette = studio.commands.palette
    yield "palette"
    QTest.keyClicks(palette.line, "re")
    yield "palette-typed"
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)


def shown(studio: Studio) -> QWidget | None:
    """Return the dialog or the popup of these that is open."""
    palette = studio.commands.palette
    dialogs = (studio.preferences.dialog, studio.about.dialog, studio.compare_with.dialog)
    return next((one for one in dialogs if one is not None), palette if palette.isVisible() else None)


def _preferences(studio: Studio) -> Iterator[str]:
    QTest.keyClick(studio.window, Qt.Key.Key_Comma, CTRL)
    wait_for(lambda: _is_open(studio.preferences.dialog))
    dialog = studio.preferences.dialog
    assert dialog is not None
    yield "preferences-general"
    dialog.tabs.setCurrentIndex(1)
    yield "preferences-shortcuts"
    dialog.shortcuts.keys.setFocus()
    QTest.keyClick(dialog.shortcuts.keys, Qt.Key.Key_S, CTRL)
    pause(50)
    yield "preferences-conflict"
    dialog.reject()
    wait_for(lambda: studio.preferences.dialog is None)


def _about(studio: Studio) -> Iterator[str]:
    studio.window.actions_by_name["about"].trigger()
    wait_for(lambda: _is_open(studio.about.dialog) and studio.about.dialog.names.count() > 0)
    dialog = studio.about.dialog
    assert dialog is not None
    yield "about"
    dialog.tabs.setCurrentIndex(1)
    yield "about-licences"
    dialog.reject()
    wait_for(lambda: studio.about.dialog is None)


def _is_open(dialog: QDialog | None) -> bool:
    return dialog is not None and dialog.isVisible()
