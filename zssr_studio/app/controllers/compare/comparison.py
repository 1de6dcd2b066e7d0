"""Binds the ways of comparing to their actions, and reads the values under the pointer."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from zssr_studio.app.actions import MODES
from zssr_studio.app.language import number_text
from zssr_studio.app.models.compare.blend import mixed
from zssr_studio.app.models.compare.comparison import GAINS, Mode
from zssr_studio.app.models.files.export import FLOAT_BITS
from zssr_studio.app.views.compare.pixel_readout import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.views.window.picture_page import PicturePage

OUTSIDE = "–"
# Of samples in floating point, which may lie outside of 0 to 1.
FLOAT_DECIMALS = 4


class ComparisonController(QObject):
    """Actions to model, model to actions and strips."""

    def __init__(
        self,
        results: ResultsModel,
        comparison: ComparisonModel,
        page: PicturePage,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._results, self._model = results, comparison
        self._page, self._actions = page, actions
        self._point: tuple[float, float] | None = None
        comparison.changed.connect(self._show)
        results.changed.connect(self._show)
        results.blended.connect(self._on_blended)
        self._page.canvas.hovered.connect(self._on_hovered)
        self._page.canvas.turn_asked.connect(self.on_exchange)
        for name in MODES:
            self._actions[name].triggered.connect(self._on_mode)
        slots: dict[str, Callable[[], None]] = {
            "exchange": self.on_exchange,
            "level_line": self._on_switch,
            "grid": self._on_switch,
            "loupe": self._on_switch,
            "gain_less": self.on_less_gain,
            "gain_more": self.on_more_gain,
        }
        for name, slot in slots.items():
            self._actions[name].triggered.connect(slot)
        self._show()

    @Slot()
    def on_exchange(self) -> None:
        """Turn the order of the pictures."""
        self._model.set_value(replace(self._model.value, turned=self._model.value.turned + 1))

    @Slot()
    def on_less_gain(self) -> None:
        """Amplify the difference half as much."""
        self._set_gain(self._model.value.gain // 2)

    @Slot()
    def on_more_gain(self) -> None:
        """Amplify the difference twice as much."""
        self._set_gain(self._model.value.gain * 2)

    def _set_gain(self, gain: int) -> None:
        if gain in GAINS:
            self._model.set_value(replace(self._model.value, gain=gain))

    @Slot()
    def _on_mode(self) -> None:
        checked = [name for name in MODES if self._actions[name].isChecked()]
        mode = Mode(checked[0]) if checked else Mode.SINGLE
        self._model.set_value(self._model.value.looking(mode, self._results.truth))

    @Slot()
    def _on_switch(self) -> None:
        level_line, one_row, loupe = (self._actions[name].isChecked() for name in ("level_line", "grid", "loupe"))
        self._model.set_value(replace(self._model.value, level_line=level_line, one_row=one_row, loupe=loupe))

    @Slot()
    def _show(self) -> None:
        """Bring actions and strips in line with the model."""
        value, actions = self._model.value, self._actions
        comparing = value.mode is not Mode.SINGLE
        for name in MODES:
            actions[name].setChecked(value.mode is Mode(name))
            actions[name].setEnabled(value.can_compare)
        for name, checked in (("level_line", value.level_line), ("grid", value.one_row), ("loupe", value.loupe)):
            actions[name].setChecked(checked)
        actions["exchange"].setEnabled(comparing and value.mode is not Mode.DIFFERENCE)
        actions["level_line"].setEnabled(value.mode is Mode.SLIDER)
        actions["grid"].setEnabled(value.mode is Mode.SIDE_BY_SIDE)
        actions["gain_less"].setEnabled(value.mode is Mode.DIFFERENCE and value.gain > GAINS[0])
        actions["gain_more"].setEnabled(value.mode is Mode.DIFFERENCE and value.gain < GAINS[-1])
        actions["loupe"].setEnabled(bool(self._results.entries))
        self._page.bar.set_comparison(value, len(self._results.entries))
        self._show_values()

    @Slot(object)
    def _on_hovered(self, point: tuple[float, float] | None) -> None:
        self._point = point
        self._show_values()

    @Slot(int)
    def _on_blended(self, _key: int) -> None:
        self._show_values()

    def _show_values(self) -> None:
        value, point = self._model.value, self._point
        keys = value.chosen if value.mode is not Mode.SINGLE else value.shown
        entries = [entry for key in keys if (entry := self._results.get(key)) is not None]
        if point is None or not entries:
            self._page.readout.set_values(None, ())
            return
        texts = tuple(Values(entry.name, text_at(entry, self._results.under(entry), *point)) for entry in entries)
        self._page.readout.set_values((math.floor(point[0]), math.floor(point[1])), texts)


def text_at(entry: Entry, under: Entry | None, row: float, column: float) -> str:
    """Write a picture's values at a point of the input as its file has them: 0 to 255, 0 to 65535, or fractions."""
    place, picture = entry.place, entry.picture
    at_row = math.floor((row - place.top) / place.height * picture.height)
    at_column = math.floor((column - place.left) / place.width * picture.width)
    if not (0 <= at_row < picture.height and 0 <= at_column < picture.width):
        return OUTSIDE
    values = picture.pixels[at_row, at_column]
    if under is not None and entry.finished is not None:
        values = mixed(values, under.picture.pixels[at_row, at_column], entry.finished.blend)
    if picture.alpha is not None:
        values = np.append(values, picture.alpha[at_row, at_column])
    if picture.source_bits == FLOAT_BITS:
        return "  ".join(number_text(float(one), FLOAT_DECIMALS) for one in values)
    largest = 2**picture.source_bits - 1
    return "  ".join(str(round(float(one) * largest)) for one in values.clip(0, 1))
