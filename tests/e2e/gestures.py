"""What a person does in the tests: clicks, keys and drops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from tests import piece_of_sample
from tests.studio.studio_loop import wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zssr_studio.app.studio import Studio

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def a_photo(folder: Path, name: str = "harbour.png") -> Path:
    return piece_of_sample(folder / name, (120, 60, 200, 120))


def opened(studio: Studio, path: Path) -> None:
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)


def message(studio: Studio) -> str:
    bar = studio.window.message_bar
    return bar.text if bar.isVisible() else ""


def press(studio: Studio, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(studio.window, key, keys)


def pick(combo: QComboBox, title: str) -> None:
    """Choose a line with the keyboard, as one does."""
    combo.setFocus()
    # On a busy machine the letters come so slowly that each would be taken for the start of another name.
    usual_ms = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(60_000)
    QTest.keyClicks(combo, title)
    QApplication.setKeyboardInputInterval(usual_ms)
    QTest.keyClick(combo, Qt.Key.Key_Return)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def drop(studio: Studio, paths: Sequence[Path], at: QPoint | None = None) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = at or QPoint(600, 300)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(studio.window, QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys))
    QApplication.sendEvent(studio.window, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys))
