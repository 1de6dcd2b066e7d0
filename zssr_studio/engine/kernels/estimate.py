"""What was found out about the blur of a picture: a kernel, or why there is none. Imports no torch and no scipy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.kernel import Kernel


class Finding(StrEnum):
    """What a picture shows about its blur. The first three keep antialiased bicubic downscaling as the kernel."""

    TOO_SMALL_OR_FLAT = "too small or flat"
    """Too few pixels, or no detail in some direction, such as drawn stripes: nothing can be measured."""
    AS_SHARP_AS_DOWNSCALED = "as sharp as downscaled"
    """No softer than an ordinary downscaling of a larger picture leaves it."""
    BLURRED_DIFFERENTLY = "blurred differently"
    """Its four quarters differ in their blur, so that no one kernel is right."""
    DEFOCUS = "defocus"
    """Blurred by a disc."""
    MOTION = "motion"
    """Blurred by a straight line."""
    SHARPENED = "sharpened"
    """As sharp as an ordinary downscaling makes it, and sharpened afterwards."""
    GAUSSIAN = "Gaussian"
    """Blurred by a Gaussian, perhaps with an asymmetry found beside it."""


# A smaller share of a kernel beside its Gaussian is not told. Chosen, since it would only clutter what is.
LEAST_ASYMMETRY = 0.01
UNSURE = (Finding.TOO_SMALL_OR_FLAT, Finding.BLURRED_DIFFERENTLY)
BLURRED = (Finding.DEFOCUS, Finding.MOTION, Finding.GAUSSIAN)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimated kernel of a picture, with the figures that it is told by.

    `zssr_studio.words.findings.kernel_finding_text` puts it into words.

    Parameters
    ----------
    finding : Finding
    kernel : Kernel or None
        None means antialiased bicubic downscaling: it fits, or it is the safe choice where nothing better is known.
    lengths_px : tuple of float
        In pixels of the result. Defocus: the radius of the disc, or its vertical and horizontal radius where the scale
        differs per axis. Motion: the length of the line. Gaussian: the standard deviations along the long and the short
        axis. Empty where there is no kernel.
    angle_deg : float or None
        Of the line, or of the long axis of the Gaussian, in [0, 180), counter-clockwise from the horizontal axis.
    spread : float or None
        Of a Gaussian: how far four quarters of the picture differ about its width, as the standard deviation of the
        logarithm of the mean variance.
    asymmetry : float
        Of a Gaussian: the share of the kernel, in [0, 1], that lies elsewhere than in the symmetric Gaussian.
    is_largest : bool
        Whether the blur is larger than a kernel can be, which has its largest size then.
    sharpening : float
        Amount of the unsharp mask that the picture went through; 0 for none.
    """

    finding: Finding
    kernel: Kernel | None = None
    lengths_px: tuple[float, ...] = ()
    angle_deg: float | None = None
    spread: float | None = None
    asymmetry: float = 0.0
    is_largest: bool = False
    sharpening: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether the picture shows enough, and shows the same everywhere."""
        return self.finding not in UNSURE

    @property
    def is_blurred(self) -> bool:
        """Whether all parts of the picture are blurred, and alike; of a sharp one the sharpest parts tell."""
        return self.finding in BLURRED


def chosen_for_part(whole: Estimate, own: Estimate) -> Estimate:
    """Choose between what a whole picture that is not blurred all over tells of a part, and what the part itself tells.

    A part may be out of focus; but what sharpened it sharpened all of the picture, which tells better by how much.
    """
    return own if own.is_blurred or (own.sure and not whole.sure) else whole
