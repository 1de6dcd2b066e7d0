"""How the chosen pictures are looked at: one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zssr_studio.evidence.colours import MapKind

# Chosen: three rows of three, each still 400 pixels wide on a screen of 1440.
LETTERS = "ABCDEFGHI"
MAX_CHOSEN = len(LETTERS)
GAINS = (1, 2, 4, 8, 16, 32, 64)


class Mode(StrEnum):
    """A way of looking."""

    SINGLE = "single"
    SLIDER = "slider"
    SIDE_BY_SIDE = "side_by_side"
    FLIP = "flip"
    DIFFERENCE = "difference"


# These show two of the chosen.
PAIRS = (Mode.SLIDER, Mode.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, and how.

    Parameters
    ----------
    mode : Mode
    input : int or None
        Key of the entry of the input; None while no picture is open.
    selected : int or None
        Key of the entry that is shown alone, or was last gone to.
    chosen : tuple of int
        Keys of up to nine entries that are compared, in the order in which they were picked.
    turned : int
        How often the order was turned: the flip shows this one of the chosen, the slider changes its sides.
    level_line : bool
        The slider's line is horizontal.
    one_row : bool
        Side by side puts all in one row, instead of where they are largest.
    gain : int
        The difference is shown so many times as large.
    loupe : bool
        What is under the pointer is shown large.
    map : MapKind or None
        Which map lies over the results that have it; none over a difference.
    """

    mode: Mode = Mode.SINGLE
    input: int | None = None
    selected: int | None = None
    chosen: tuple[int, ...] = ()
    turned: int = 0
    level_line: bool = False
    one_row: bool = False
    gain: int = 8
    loupe: bool = False
    map: MapKind | None = None

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
        turned = self.chosen[at:] + self.chosen[:at]
        return turned[:2] if self.mode in PAIRS else turned

    def showing(self, key: int) -> Comparison:
        """Look at one entry alone; where the chosen are flipped through and it is one of them, go to it there."""
        if self.mode is Mode.FLIP and key in self.chosen:
            return replace(self, selected=key, turned=self.chosen.index(key))
        return replace(self, mode=Mode.SINGLE, selected=key)

    def looking(self, mode: Mode, truth: int | None = None) -> Comparison:
        """Look in another way.

        Of a difference the first is the truth, where there is one. The slider and the difference show what was looked
        at alone, unless that is the input.
        """
        if mode not in PAIRS or not self.can_compare:
            return replace(self, mode=mode)
        alone = self.selected if self.mode is Mode.SINGLE and self.selected != self.input else None
        if mode is Mode.DIFFERENCE and truth is not None:
            seen = () if self.mode is Mode.SINGLE else self.shown
            rivals = (alone, *reversed(seen), *reversed(self.chosen))
            rival = next(one for one in rivals if one not in (None, truth))
            return self.paired((truth, rival), mode, rival)
        if alone is None:
            return replace(self, mode=mode)
        if alone not in self.chosen:
            return self.paired((self.chosen[0], alone), mode, alone)
        return replace(self, mode=mode, turned=max(0, self.chosen.index(alone) - 1))

    def paired(self, pair: tuple[int, int], mode: Mode, selected: int) -> Comparison:
        """Compare two; where more than two were picked, the others stay picked behind them, up to nine in all."""
        rest = tuple(one for one in self.chosen if one not in pair) if len(self.chosen) > len(pair) else ()
        return replace(self, mode=mode, chosen=(*pair, *rest)[:MAX_CHOSEN], turned=0, selected=selected)

    def with_dropped(self, keys: tuple[int, ...], *, at_end: bool) -> Comparison:
        """Compare entries that were dropped on the picture: two with each other, one with what is there.

        Parameters
        ----------
        keys : tuple of int
            At least one. Where several are shown in a grid or flipped through, they join them.
        at_end : bool
            Whether one takes the place at the right, or below.
        """
        if self.mode in (Mode.SIDE_BY_SIDE, Mode.FLIP):
            return replace(self, chosen=tuple(dict.fromkeys((*self.chosen, *keys)))[:MAX_CHOSEN])
        if len(keys) > 2:
            return replace(self, mode=Mode.SIDE_BY_SIDE, chosen=keys[:MAX_CHOSEN], turned=0, selected=keys[-1])
        pair = keys if len(keys) == 2 else self._pair_with(keys[0], at_end=at_end)
        mode = self.mode if self.mode in PAIRS else Mode.SLIDER
        return self if len(pair) < 2 else self.paired((pair[0], pair[1]), mode, keys[-1])

    def _pair_with(self, key: int, *, at_end: bool) -> tuple[int, ...]:
        """Put an entry beside what stays of what is shown; it alone where it is all that is shown."""
        kept = self.shown if at_end else self.shown[::-1]
        other = tuple(one for one in kept if one != key)[:1]
        return (*other, key) if at_end else (key, *other)

    def toggled(self, key: int) -> Comparison:
        """Pick an entry, or put it back; of more than nine the tenth is not taken."""
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
