"""The axes of the curves, whose labels never touch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pyqtgraph as pg

from zssr_studio.app.language import number_text
from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.run.history import Mark

LABEL_GAP_PX = 20
MARK_GAP_PX = 64


class DecadeAxis(pg.AxisItem):  # type: ignore[misc]
    """A logarithmic axis whose labels never touch: as many of 1, 2 and 5 of a decade as there is room for."""

    def tickValues(self, low: float, high: float, size_px: float) -> list[tuple[float, list[float]]]:
        """Choose the finest set of labels that fits (values are powers of ten)."""
        if not high > low or size_px <= 0:
            return []
        room = size_px / (high - low)
        for mantissas, gap in (((1, 2, 5), math.log10(2)), ((1, 3), math.log10(3)), ((1,), 1.0)):
            if gap * room >= LABEL_GAP_PX or len(mantissas) == 1:
                break
        decades = range(math.floor(low), math.ceil(high) + 1)
        step = max(1, math.ceil(LABEL_GAP_PX / room)) if len(mantissas) == 1 else 1
        values = [d + math.log10(m) for d in decades if d % step == 0 for m in mantissas]
        return [(1.0, [v for v in values if low <= v <= high])]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Write a value as a plain number, as the locale does."""
        return [number_text(10**value) for value in values]


class StepAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis of numbers as the locale writes them."""

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Write a value with as few decimals as it needs."""
        return [number_text(value) for value in values]


class MarkAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that names what changed at a step; of those that stand too close the later ones stay unnamed."""

    def __init__(self) -> None:
        super().__init__("top")
        self._marks: Sequence[Mark] = ()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Name these."""
        self._marks = marks
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size_px: float) -> list[tuple[float, list[float]]]:
        """Choose the marks that have room for their name."""
        if not high > low or size_px <= 0:
            return []
        # Words in larger text need more room.
        gap = text_scale() * MARK_GAP_PX * (high - low) / size_px
        named: list[float] = []
        for mark in self._marks:
            if low <= mark.step <= high and (not named or mark.step - named[-1] >= gap):
                named.append(mark.step)
        return [(1.0, named)]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Write the words of each mark."""
        texts = {mark.step: mark.text for mark in self._marks}
        return [texts.get(round(value), "") for value in values]
