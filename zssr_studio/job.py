"""What a run needs and what it gives. No torch, so that the window can freeze a job before torch loads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.config import MAX_NOISE_STD, PRESETS, Scale
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from zssr_studio.engine.events import Reason
    from zssr_studio.engine.kernel import Kernel
    from zssr_studio.imaging.picture import Crop, Picture

DOUBLE = Scale(2, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """All that a run needs, frozen at Start.

    Parameters
    ----------
    picture : Picture
        The whole picture.
    scale : Scale
        Enlargement per axis.
    preset : str
        A name in `zssr_studio.engine.config.PRESETS`.
    crop : Crop or None
        Only this part is trained on and enlarged; None takes the whole picture.
    kernel : Kernel or None
        The blur that made the picture; None means an antialiased bicubic downscaling.
    noise_std : float
        Standard deviation of the noise added to the LR sons, in [0, 1] of the value range; 0 adds none.
    seed : int
        Seeds every random draw, from 0.
    seconds : float or None
        Bound of the training time; None takes the preset's own.
    steps : int or None
        Number of training steps; with the same seed, on the CPU, the same steps give the same bits.
    device : str
        `auto`, `cpu`, `cuda`, `mps` or `xpu`.

    Raises
    ------
    BadInputError
        If a value is out of range or the crop does not lie inside the picture.
    """

    picture: Picture
    scale: Scale = DOUBLE
    preset: str = "fast"
    crop: Crop | None = None
    kernel: Kernel | None = None
    noise_std: float = 0.0
    seed: int = 0
    seconds: float | None = None
    steps: int | None = None
    device: str = "auto"

    def __post_init__(self) -> None:
        height, width = self.picture.height, self.picture.width
        if self.preset not in PRESETS:
            raise BadInputError(f"There is no preset '{self.preset}'. Choose one of: {', '.join(PRESETS)}.")
        if self.crop is not None and not self.crop.fits(height, width):
            raise BadInputError(
                f"The crop {self.crop.top},{self.crop.left},{self.crop.height},{self.crop.width} does not lie inside "
                f"the picture, which has {height} rows and {width} columns. Give TOP,LEFT,HEIGHT,WIDTH in pixels."
            )
        if not 0 <= self.noise_std <= MAX_NOISE_STD:
            raise BadInputError(
                f"A noise of {self.noise_std:g} is out of range; give 0 to {MAX_NOISE_STD:g}, as a share of the value "
                "range (0.0125 suits a slightly noisy photo)."
            )
        if self.seconds is not None and not (math.isfinite(self.seconds) and self.seconds > 0):
            raise BadInputError(f"{self.seconds:g} seconds of training are not possible; give a number above 0.")
        if self.steps is not None and self.steps < 1:
            raise BadInputError(f"{self.steps} training steps are not possible; give 1 or more.")
        if not 0 <= self.seed < 2**63:
            raise BadInputError(f"The seed {self.seed} is out of range; give a whole number from 0 to 2^63 - 1.")

    @property
    def source(self) -> Picture:
        """The part of the picture that is trained on and enlarged."""
        return self.picture if self.crop is None else self.picture.cropped(self.crop)


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a run gives.

    Parameters
    ----------
    picture : Picture
        The enlarged picture, values clipped to [0, 1], with alpha and profile of the source.
    bicubic : Picture
        The same size by bicubic interpolation, to compare with.
    reason : Reason
        Whether training came to its end or was stopped.
    device : str
        The device that trained, such as `cpu`.
    steps : int
        Training steps done.
    training_s : float
        Seconds of training.
    psnr_consistency_db : float
        The result downscaled with the kernel against the input, over all channels, in dB; inf if equal.
    """

    picture: Picture
    bicubic: Picture
    reason: Reason
    device: str
    steps: int
    training_s: float
    psnr_consistency_db: float
