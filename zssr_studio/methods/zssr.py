"""ZSSR itself, as one method among the others. Loads torch where it is asked to enlarge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.damage import NO_DAMAGE, Damage
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.job import Job
from zssr_studio.methods.method import WHAT_IS_FREE, Allowance
from zssr_studio.words.methods import METHOD_NAMES
from zssr_studio.words.presets import PRESET_TITLES

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.picture import Picture

KEY = "zssr"


@dataclass(frozen=True, slots=True, eq=False)
class Zssr:
    """Trains a small network on the picture and enlarges it with that.

    Parameters
    ----------
    preset : str
        A name in `zssr_studio.engine.config.PRESETS`.
    kernel, damage : Kernel or None, Damage
        What is to be undone of the pictures that it gets; see `Job`.
    seed, seconds, steps : int, float or None, int or None
        See `Job`.
    """

    preset: str = "fast"
    kernel: Kernel | None = None
    damage: Damage = NO_DAMAGE
    seed: int = 0
    seconds: float | None = None
    steps: int | None = None

    @property
    def key(self) -> str:
        """`zssr`, or `zssr:PRESET` for another preset than the first."""
        return KEY if self.preset == "fast" else f"{KEY}:{self.preset}"

    @property
    def name(self) -> str:
        """What people call it."""
        name = METHOD_NAMES[KEY]
        return name if self.preset == "fast" else f"{name} {PRESET_TITLES.get(self.preset, self.preset)}"

    @property
    def learned_from(self) -> LearnedFrom:
        """No outside pictures are used."""
        return LearnedFrom.THIS_PICTURE

    def job(self, picture: Picture, scale: Scale, allowance: Allowance = WHAT_IS_FREE) -> Job:
        """Return what is run for a picture.

        Raises
        ------
        BadInputError
        """
        return Job(
            picture,
            scale,
            self.preset,
            kernel=self.kernel,
            damage=self.damage,
            seed=self.seed,
            seconds=self.seconds,
            steps=self.steps,
            device=allowance.device,
            threads=allowance.threads,
            memory_bytes=allowance.memory_bytes,
        )

    def check(self, picture: Picture, scale: Scale) -> None:
        """Refuse settings that no job takes."""
        self.job(picture, scale)

    def enlarge(
        self, picture: Picture, scale: Scale, allowance: Allowance = WHAT_IS_FREE
    ) -> Generator[Event, None, Picture]:
        """Train and enlarge; see `Method.enlarge`."""
        from zssr_studio.pipeline import upscale

        result = yield from upscale(self.job(picture, scale, allowance), previews=False)
        return result.picture
