"""What a run needs and what it gives. No torch, so that the window can freeze a job before torch loads."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zssr_studio import __version__
from zssr_studio.engine.config import MAX_NOISE_STD, PRESETS, Scale
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.working_size import WorkingSize
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Crop
from zssr_studio.outcome import Outcome, Result, origin_sentence
from zssr_studio.words.findings import damage_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.checkpoint import Checkpoint
    from zssr_studio.engine.timeline import Timeline
    from zssr_studio.engine.weights import TrainedOn, Weights
    from zssr_studio.imaging.picture import Picture

__all__ = ["Job", "Outcome", "Result", "origin_sentence"]

DOUBLE = Scale(2, 2)
# With 0.05 two of six pictures ended too soon (docs/lab/engine.md, "Safety"); the bound only keeps out what is no wish.
DEFAULT_LEAST_GAIN_DB, MAX_LEAST_GAIN_DB = 0.02, 10.0
# More than any machine has cores; it only keeps out what is no wish.
MAX_THREADS = 1024
# Python, torch and a small picture take about so much before a block is made.
MIN_MEMORY_BYTES = 500_000_000
# What makes a job another one; its name and where it was cut off do not.
ASKED = (
    *("picture", "scale", "preset", "crop", "kernel", "damage", "seed", "seconds", "steps", "device"),
    *("least_gain_db", "memory_bytes", "init", "timeline"),
)
PLAIN = (Scale, str, Crop, Damage, int, float)


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
    damage : Damage
        Noise and compression that the network is to clean while it enlarges.
    seed : int
        Seeds every random draw, from 0.
    seconds : float or None
        Bound of the training time; None takes the preset's own.
    steps : int or None
        Number of training steps; with the same seed, on the CPU, the same steps give the same bits.
    device : str
        `auto`, `cpu`, `cuda`, `mps` or `xpu`.
    threads : int or None
        That compute on the processor, all the time; None takes as many as other programs leave cores for, or where
        steps are given as many as there are.
    least_gain_db : float
        Training ends sooner where twice as much of it promises less than this; 0 uses the time up.
    memory_bytes : int or None
        Budget for the whole program while the output is made; None takes what the machine has to spare.
    init : Weights or None
        Where training starts from, learned from another picture or earlier from this one; None draws weights from the
        seed.
    trained_s : float
        Seconds that `init` was trained on this very part before, where the run goes on from an earlier one; else 0.
    checkpoint : Checkpoint or None
        Where an earlier run of this very job was cut off, to go on from there.
    timeline : Timeline or None
        What time decided in an earlier run of this very job, to be done again to the same bits; None goes by the clock.
    name : str
        What the picture is called, for the record.

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
    damage: Damage = NO_DAMAGE
    seed: int = 0
    seconds: float | None = None
    steps: int | None = None
    device: str = "auto"
    threads: int | None = None
    least_gain_db: float = DEFAULT_LEAST_GAIN_DB
    memory_bytes: int | None = None
    init: Weights | None = None
    trained_s: float = 0.0
    checkpoint: Checkpoint | None = None
    timeline: Timeline | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise BadInputError(f"There is no preset '{self.preset}'. Choose one of: {', '.join(PRESETS)}.")
        if self.crop is not None:
            self.crop.check_fits(self.picture.height, self.picture.width)
        noise = self.damage.noise
        if isinstance(noise, Noise) and not all(0 <= std <= MAX_NOISE_STD for std in noise.std):
            raise BadInputError(
                f"A noise of {max(noise.std):g} is out of range; give 0 to {MAX_NOISE_STD:g}, as a share of the value "
                "range (0.0125 suits a slightly noisy photo)."
            )
        if self.seconds is not None and not (math.isfinite(self.seconds) and self.seconds > 0):
            raise BadInputError(f"{self.seconds:g} seconds of training are not possible; give a number above 0.")
        if self.steps is not None and self.steps < 1:
            raise BadInputError(f"{self.steps} training steps are not possible; give 1 or more.")
        if self.threads is not None and not 1 <= self.threads <= MAX_THREADS:
            raise BadInputError(f"{self.threads} threads are not possible; give 1 to {MAX_THREADS}.")
        if not 0 <= self.least_gain_db <= MAX_LEAST_GAIN_DB:
            raise BadInputError(
                f"A least gain of {self.least_gain_db:g} dB is out of range; give 0 (use the time up) to "
                f"{MAX_LEAST_GAIN_DB:g}."
            )
        if self.memory_bytes is not None and self.memory_bytes < MIN_MEMORY_BYTES:
            raise BadInputError(
                f"{self.memory_bytes:,} bytes of memory are not enough to run at all; give "
                f"{MIN_MEMORY_BYTES / 1e9:g} GB or more."
            )
        if self.init is not None:
            # Which size is worked on is known with the kernel, which may be found later: see `initial_arrays`.
            fits_working_size = self.init.scale == str(self.working.scale)
            scale = self.working.scale if fits_working_size else self.scale
            self.init.check_fits(self.preset, str(scale), self.picture.channels)
        if not 0 <= self.seed < 2**63:
            raise BadInputError(f"The seed {self.seed} is out of range; give a whole number from 0 to 2^63 - 1.")

    def asks_the_same(self, other: Job) -> bool:
        """Tell whether another job is this one again: the same picture, settings, bounds and start."""
        return all(_same(getattr(self, one), getattr(other, one)) for one in ASKED)

    @property
    def out_size(self) -> tuple[int, int]:
        """Rows and columns of the result."""
        return self.scale.out_size(*self._part_size)

    @property
    def working(self) -> WorkingSize:
        """The size at which the part is trained on."""
        return WorkingSize.of(self.kernel, self.scale, self._part_size)

    @property
    def initial_arrays(self) -> Mapping[str, NDArray[np.float32]] | None:
        """The weights that training starts from, once the kernel is known.

        Raises
        ------
        BadInputError
            If they were learned at another scale than that at which the part is worked on.
        """
        if self.init is None:
            return None
        self.init.check_fits(self.preset, str(self.working.scale), self.picture.channels)
        return self.init.arrays

    @property
    def _part_size(self) -> tuple[int, int]:
        part = self.picture if self.crop is None else self.crop
        return part.height, part.width

    @property
    def enlarged_header(self) -> Picture:
        """All that the result keeps of the source but pixels and alpha: its profile, its depth, its physical size.

        That the source was a JPEG holds for a copy only, as where the result is enlarged once more; by how much it is
        larger than its file counts together.
        """
        part, (vertical, horizontal) = self.source, self.scale.factors
        ppi, before = part.pixels_per_inch, part.enlargement
        scaled = None if ppi is None else (ppi[0] * vertical, ppi[1] * horizontal)
        enlargement = (before[0] * vertical, before[1] * horizontal)
        jpeg = part.jpeg if self.scale.is_copy else None
        return replace(part, pixels_per_inch=scaled, enlargement=enlargement, jpeg=jpeg)

    @property
    def settings_line(self) -> str:
        """What the run does, in a line, for the record that its result carries."""
        if self.scale.is_copy:
            return f"ZSSR Studio {__version__}: copied at scale 1"
        told = {
            "scale": str(self.scale),
            "preset": self.preset,
            "kernel": "bicubic" if self.kernel is None else self.kernel.name,
            "cleaned": damage_text(self.damage) if self.damage else None,
            "seed": str(self.seed),
            "steps": None if self.steps is None else str(self.steps),
            "seconds": None if self.seconds is None else f"{self.seconds:g}",
            "threads": None if self.threads is None else str(self.threads),
            "crop (top, left, height, width)": None
            if self.crop is None
            else f"{self.crop.top}, {self.crop.left}, {self.crop.height}, {self.crop.width}",
            "trained on after": f"{self.trained_s:.1f} s" if self.trained_s else None,
            "weights from": ", ".join(picture.name or picture.sha256 for picture in self._foreign) or None,
        }
        settings = "; ".join(f"{name} {value}" for name, value in told.items() if value is not None)
        return f"ZSSR Studio {__version__}, zero-shot super-resolution: {settings}"

    @property
    def _foreign(self) -> tuple[TrainedOn, ...]:
        """Pictures that `init` learned from before this one."""
        if self.init is None:
            return ()
        return self.init.pictures[:-1] if self.trained_s else self.init.pictures

    def trained_on(self, outcome: Outcome, seconds: float) -> Job:
        """Make the job that goes on from this one's weights for some more seconds.

        The seed is another one, so that other parts are drawn, and the time is used up, as it was asked for.

        Raises
        ------
        BadInputError
            If nothing was trained, or the seconds are out of range.
        """
        if outcome.weights is None:
            raise BadInputError("Nothing was trained here, so there is nothing to go on from. Use Enlarge.")
        return replace(
            self,
            init=outcome.weights,
            trained_s=self.trained_s + outcome.training_s,
            checkpoint=None,
            timeline=None,
            seconds=seconds,
            steps=None,
            seed=(self.seed + 1) % 2**63,
            least_gain_db=0.0,
        )

    @property
    def source(self) -> Picture:
        """The part of the picture that is trained on and enlarged."""
        return self.picture.part(self.crop)


def _same(one: object, other: object) -> bool:
    """Compare two values of a job."""
    if isinstance(one, Kernel) and isinstance(other, Kernel):
        return one.has_taps_of(other) and one.uncertainty == other.uncertainty
    return one is other or (isinstance(one, PLAIN) and one == other)
