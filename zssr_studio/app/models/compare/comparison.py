"""How the chosen pictures are looked at: one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

MAX_CHOSEN = 4
GAINS = (1, 2, 4, 8, 16, 32, 64)


class Mode(StrEnum):
    """A way of looking."""

    SINGLE = "single"
    SLIDER = "slider"
    SIDE_BY_SIDE = "side_by_side"
    FLIP = "flip"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, and how.

    Parameters
    ----------
    mode : Mode
    input : int or None
        Key of the entry of the input; None while no picture is open.
    selected : int or None
        Key of the entry that is shown alone.
    chosen : tuple of int
        Keys of up to four entries that are compared, in the order in which they were picked.
    turned : int
        How often the order was turned: the flip shows this one of the chosen, the slider changes its sides.
    level_line : bool
        The slider's line is horizontal.
    grid : bool
        Side by side goes in two columns instead of one row.
    gain : int
        The difference is shown so many times as large.
    loupe : bool
        What is under the pointer is shown large.
    """

    mode: Mode = Mode.SINGLE
    input: int | None = None
    selected: int | None = None
    chosen: tuple[int, ...] = ()
    turned: int = 0
    level_line: bool = False
    grid: bool = False
    gain: int = 8
    loupe: bool = False

    @property
    def can_compare(self) -> bool:
        """Whether there are two to compare."""
        return len(self.chosen) > 1

    @property
    def shows_input(self) -> bool:
        """Whether the input is looked at alone."""
        return self.mode is Mode.SINGLE and self.selected in (None, self.input)

    @property
    def shown(self) -> tuple[int, ...]:
        """Keys of what is on the screen, in order."""
        if self.mode is Mode.SINGLE or not self.can_compare:
            return () if self.selected is None else (self.selected,)
        at = self.turned % len(self.chosen)
        if self.mode is Mode.FLIP:
            return (self.chosen[at],)
        pair = self.mode in (Mode.SLIDER, Mode.DIFFERENCE)
        turned = self.chosen[at:] + self.chosen[:at]
        return turned[:2] if pair else turned

    def toggled(self, key: int) -> Comparison:
        """Pick an entry, or put it back; of more than four the fifth is not taken."""
        if key in self.chosen:
            chosen = tuple(one for one in self.chosen if one != key)
        else:
            chosen = (*self.chosen, key)[:MAX_CHOSEN]
        mode = self.mode if len(chosen) > 1 else Mode.SINGLE
        return replace(self, chosen=chosen, turned=0, mode=mode)

    def without(self, gone: set[int]) -> Comparison:
        """Forget entries that are gone; the input is shown where the one that was shown is."""
        chosen = tuple(one for one in self.chosen if one not in gone)
        selected = self.input if self.selected in gone else self.selected
        mode = self.mode if len(chosen) > 1 else Mode.SINGLE
        turned = self.turned if chosen == self.chosen else 0
        return replace(self, chosen=chosen, selected=selected, mode=mode, turned=turned)


class ComparisonModel(QObject):
    """Holds the comparison as it is.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._value = Comparison()

    @property
    def value(self) -> Comparison:
        """The comparison, frozen."""
        return self._value

    def set_value(self, value: Comparison) -> None:
        """Take another one."""
        if value != self._value:
            self._value = value
            self.changed.emit()

    def begin(self, input_key: int) -> None:
        """Start anew with another input, looked at alone."""
        self.set_value(Comparison(input=input_key, selected=input_key))

    def look_at_input(self) -> None:
        """Show the input alone; what is compared stays chosen."""
        self.set_value(replace(self._value, mode=Mode.SINGLE, selected=self._value.input))
