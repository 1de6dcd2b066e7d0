"""How a person compares in a window: what is clicked, pressed and seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.studio.studio_loop import answer_file_dialog, click_tool, tool_button, wait_for
from zssr_studio.app.models.compare.entry import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QToolButton

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.compare.result_row import Row


def enlarge(studio: Studio, seed: int = 0) -> None:
    settings = studio.settings.value
    studio.settings.set_value(type(settings)(scale=settings.scale, steps=3, seed=seed, device="cpu"))
    before = studio.results.current
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current != before and studio.window.canvas.scene.after is not None)


def keys(studio: Studio, kind: Kind) -> list[int]:
    return [entry.key for entry in studio.results.entries if entry.kind is kind]


def row_of(studio: Studio, name: str) -> int:
    return [entry.name for entry in studio.results.entries].index(name)


def click_row(studio: Studio, name: str, *, box: bool = False, ctrl: bool = False) -> None:
    """Click a thumbnail, or the box in its corner."""
    view = studio.window.results_panel.list
    index = row_of(studio, name)
    view.scrollToItem(view.item(index))
    at = view.box_of(index).center() if box else view.visualItemRect(view.item(index)).center()
    keys = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, at)


def tile(studio: Studio, name: str) -> Row:
    """What the thumbnail of an entry says."""
    return studio.window.results_panel.list.rows[row_of(studio, name)]


def press(studio: Studio, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window.canvas, key, modifier)


def add_file(studio: Studio, path: Path) -> None:
    count = len(keys(studio, Kind.FILE))
    studio.window.actions_by_name["add"].trigger()
    answer_file_dialog(path)
    wait_for(lambda: len(keys(studio, Kind.FILE)) > count)
    wait_for(lambda: studio.displays.shown(keys(studio, Kind.FILE)[-1]) is not None)


def bar_button(studio: Studio, name: str) -> QToolButton:
    button = tool_button(studio, name)
    assert button is not None
    return button


def colour_at(studio: Studio, point: QPoint) -> tuple[int, int, int]:
    colour = studio.window.canvas.grab().toImage().pixelColor(point)
    return colour.red(), colour.green(), colour.blue()


def shown_names(studio: Studio) -> list[str]:
    return [one.name for one in studio.window.canvas.scene.shown]
