"""Frozen, validated settings of a run and the named presets. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Scale:
    """An enlargement factor per axis.

    Parameters
    ----------
    vertical, horizontal : float
        Output pixels per input pixel, from 1 (not for both axes) to 8.
    """

    vertical: float
    horizontal: float

    def __post_init__(self) -> None:
        for factor in (self.vertical, self.horizontal):
            if not (math.isfinite(factor) and 1 <= factor <= 8):
                raise ValueError(f"a scale lies between 1 and 8, {factor:g} does not")
        if self.vertical == self.horizontal == 1:
            raise ValueError("a scale of 1 enlarges nothing; give a factor above 1 for at least one axis")

    @classmethod
    def parse(cls, text: str) -> Scale:
        """Read `2`, `1.5` or `2x1.5` (vertical x horizontal).

        Raises
        ------
        ValueError
            With a sentence for a person, if the text is no scale or out of range.
        """
        parts = text.lower().replace("×", "x").split("x")
        try:
            factors = [float(part) for part in parts]
        except ValueError:
            factors = []
        if len(factors) not in (1, 2):
            raise ValueError(f"'{text}' is no scale; write it like 2, 1.5 or 2x1.5 (vertical x horizontal)")
        return cls(factors[0], factors[-1])

    def out_size(self, height: int, width: int) -> tuple[int, int]:
        """Size of the enlarged picture: each axis multiplied and rounded up."""
        return enlarged(height, self.vertical), enlarged(width, self.horizontal)

    def __str__(self) -> str:
        if self.vertical == self.horizontal:
            return f"{self.vertical:g}"
        return f"{self.vertical:g}x{self.horizontal:g}"


def enlarged(size_px: int, factor: float) -> int:
    """Size of an axis after enlarging, rounded up; a hair of floating-point error does not add a pixel."""
    return max(1, math.ceil(round(size_px * factor, 6)))
