"""Self-exemplars as a method among the others. Loads torch where it is asked to enlarge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.events import Band
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.errors import BadInputError
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

TRANSFORMED, MOVED = "selfex", "recurrence"
# A larger result would take a day.
MOST_MEGAPIXELS = 64


@dataclass(frozen=True, slots=True)
class SelfExemplars:
    """Enlarges with patches of the picture itself, any picture by any scale, on the processor.

    Parameters
    ----------
    is_transformed : bool
        Whether patches may be turned, stretched and slanted (Huang, Singh and Ahuja 2015), or moved and scaled only
        (Glasner, Bagon and Irani 2009).
    seed : int
        Of what is drawn in the search; the same gives the same bits.
    """

    is_transformed: bool = True
    seed: int = 0

    @property
    def key(self) -> str:
        """The terminal's word."""
        return TRANSFORMED if self.is_transformed else MOVED

    @property
    def name(self) -> str:
        """What people call it."""
        return METHOD_NAMES[self.key]

    @property
    def learned_from(self) -> LearnedFrom:
        """No outside pictures are used."""
        return LearnedFrom.THIS_PICTURE

    def check(self, picture: Picture, scale: Scale) -> None:
        """Refuse a result that would take days."""
        height, width = scale.out_size(picture.height, picture.width)
        if height * width > MOST_MEGAPIXELS * 1e6 and not scale.is_copy:
            raise BadInputError(
                f"{self.name} takes minutes for a megapixel, and {height} x {width} pixels are more than "
                f"{MOST_MEGAPIXELS} megapixels. Choose a crop of the picture or a smaller scale."
            )

    def enlarge(
        self, picture: Picture, scale: Scale, allowance: Allowance = WHAT_IS_FREE
    ) -> Generator[Event, None, Picture]:
        """Enlarge a picture on the processor; see `Method.enlarge`."""
        from zssr_studio.engine.runtime.threads import beside_others
        from zssr_studio.methods.assembly import assembled

        self.check(picture, scale)

        def make(pixels: NDArray[np.float32]) -> Making:
            return self._made(pixels, scale)

        return (yield from beside_others(assembled(picture, scale, make), same_bits=True, threads=allowance.threads))

    def _made(self, pixels: NDArray[np.float32], scale: Scale) -> Making:
        from zssr_studio.methods.selfex.enlarge import Settings, enlarged

        if scale.is_copy:
            yield Band(0, pixels, None)
            yield 1.0
            return
        settings = Settings(transformed=self.is_transformed, seed=self.seed)
        yield Band(0, (yield from enlarged(pixels, scale.factors, settings)), None)
