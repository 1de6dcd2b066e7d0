"""Interpolation: rules that know no picture. Loads torch where it is asked to enlarge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zssr_studio.engine.config import Curve
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.methods.method import WHAT_IS_FREE, Allowance
from zssr_studio.words.methods import METHOD_NAMES

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.methods.assembly import Making


class Rule(StrEnum):
    """How pixels between pixels are told; the terminal's words."""

    NEAREST = "nearest"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"
    BACK_PROJECTED = "bicubic-bp"


CURVES = {Rule.NEAREST: Curve.NEAREST, Rule.BICUBIC: Curve.CUBIC, Rule.LANCZOS: Curve.LANCZOS}


@dataclass(frozen=True, slots=True)
class Interpolation:
    """Enlarges by a rule, any picture by any scale.

    Parameters
    ----------
    rule : Rule
    """

    rule: Rule

    @property
    def key(self) -> str:
        """The terminal's word."""
        return str(self.rule)

    @property
    def name(self) -> str:
        """What people call it."""
        return METHOD_NAMES[self.key]

    @property
    def learned_from(self) -> LearnedFrom:
        """A rule knows no picture but the one that it is given."""
        return LearnedFrom.THIS_PICTURE

    def check(self, picture: Picture, scale: Scale) -> None:
        """Refuse nothing."""

    def enlarge(
        self, picture: Picture, scale: Scale, allowance: Allowance = WHAT_IS_FREE
    ) -> Generator[Event, None, Picture]:
        """Enlarge a picture on the processor; see `Method.enlarge`."""
        from zssr_studio.methods.assembly import assembled
        from zssr_studio.methods.interpolated_bands import back_projected_bands, interpolated_bands

        def make(pixels: NDArray[np.float32]) -> Making:
            if self.rule is Rule.BACK_PROJECTED:
                return back_projected_bands(pixels, scale, allowance)
            return interpolated_bands(pixels, scale, CURVES[self.rule])

        return (yield from assembled(picture, scale, make))
