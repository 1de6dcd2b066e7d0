"""Fields for numbers that read them as people write them, in any locale."""

from __future__ import annotations

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from zssr_studio.app.language import read_number

State = QValidator.State


class DecimalBox(QDoubleSpinBox):
    """A field for a number with decimals; more of them than it shows are rounded."""

    def validate(self, text: str, position: int) -> tuple[State, str, int]:
        state = State.Acceptable if _is_special(self, text) else _state(self, text, whole=False)
        return state, text, position

    def valueFromText(self, text: str) -> float:
        if _is_special(self, text):
            return self.minimum()
        value = read_number(_bare(self, text), self.maximum(), whole=self.decimals() == 0)
        return self.value() if value is None else value

    def fixup(self, text: str) -> str:
        # Qt would take the locale's thousands separators out, which makes 15 of 1.5.
        return text


class WholeBox(QSpinBox):
    """A field for a whole number."""

    def validate(self, text: str, position: int) -> tuple[State, str, int]:
        state = State.Acceptable if _is_special(self, text) else _state(self, text, whole=True)
        return state, text, position

    def valueFromText(self, text: str) -> int:
        if _is_special(self, text):
            return self.minimum()
        value = read_number(_bare(self, text), self.maximum(), whole=True)
        return self.value() if value is None else round(value)

    def fixup(self, text: str) -> str:
        return text


def _bare(box: DecimalBox | WholeBox, text: str) -> str:
    """Take away what stands around the number."""
    return text.removeprefix(box.prefix()).strip().removesuffix(box.suffix().strip()).strip()


def _is_special(box: DecimalBox | WholeBox, text: str) -> bool:
    return bool(box.specialValueText()) and text == box.specialValueText()


def _state(box: DecimalBox | WholeBox, text: str, *, whole: bool) -> State:
    bare = _bare(box, text)
    if re.fullmatch(r"[+-]?[\d.,'’\s]*", bare) is None or (bare.startswith("-") and box.minimum() >= 0):
        return State.Invalid
    value = read_number(bare, box.maximum(), whole=whole)
    if value is None:
        return State.Intermediate
    if value > box.maximum():
        return State.Invalid
    # 1.5 may be on its way to 1.500.
    is_whole = float(value).is_integer() or not whole
    return State.Acceptable if is_whole and value >= box.minimum() else State.Intermediate
