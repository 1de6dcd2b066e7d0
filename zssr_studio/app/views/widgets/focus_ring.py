"""The parts of a window in the order in which Tab and F6 go through them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def order_stops(window: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab go from part to part; within each the order stays as it is.

    A part may lie in one that was named before it; its stops are its own.
    """
    every = [(stop, _part_of(stop, parts)) for stop in _stops(window)]
    stops = [stop for part in parts for stop, its_part in every if its_part is part]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def next_stop(window: QWidget, parts: Sequence[QWidget]) -> QWidget | None:
    """Return where the focus goes from the part that has it to the next that can take it."""
    focus = QApplication.focusWidget()
    here = None if focus is None else _part_of(focus, parts)
    begin = 0 if here is None else list(parts).index(here) + 1
    stops = [stop for stop in _stops(window) if stop.isVisible() and stop.isEnabled()]
    for part in (*parts[begin:], *parts[:begin]):
        first = next((stop for stop in stops if _part_of(stop, parts) is part), None)
        if first is not None and part is not here:
            return first
    return None


def _part_of(widget: QWidget, parts: Sequence[QWidget]) -> QWidget | None:
    """Return the innermost of the parts that a widget lies in; None for one in a window of its own, as lists have."""
    place: QWidget | None = widget
    while place is not None and not place.isWindow():
        if place in parts:
            return place
        place = place.parentWidget()
    return None


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _stops(window: QWidget) -> list[QWidget]:
    """Return what Tab can stop at, as it was made.

    The focus chain itself is not gone along: each widget that Python is given so counts as the child of the one before,
    and a window that was closed would never be let go.
    """
    return [widget for widget in window.findChildren(QWidget) if _takes_tab(widget)]
