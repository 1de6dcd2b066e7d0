"""What a run's output looked like on the way, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.app.language import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_FRAMES = 48


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A preview that was kept.

    Parameters
    ----------
    step : int
    elapsed_s : float
        Seconds of training until then.
    top, left : int
        Where it lies in the whole output, in its pixels.
    pixels : ndarray, shape (H, W, C), uint8
    """

    step: int
    elapsed_s: float
    top: int
    left: int
    pixels: NDArray[np.uint8]

    @property
    def name(self) -> str:
        """What a person calls it."""
        return (
            tr("Before training")
            if self.step == 0
            else tr("After {elapsed_s:.1f} s, step {step}", elapsed_s=self.elapsed_s, step=self.step)
        )


class Film:
    """Frames from the first on, evenly spread: once it is full, every second one goes, and each stands for more.

    Attributes
    ----------
    frames : list of Frame
    every : int
        One of how many previews is kept.
    """

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.every = 1
        self._seen = 0

    @property
    def held_bytes(self) -> int:
        """Memory of the frames."""
        return sum(frame.pixels.nbytes for frame in self.frames)

    def add(self, frame: Frame) -> None:
        """Keep a frame, or let it pass where one was kept just before."""
        self._seen += 1
        if (self._seen - 1) % self.every:
            return
        self.frames.append(frame)
        if len(self.frames) == MAX_FRAMES:
            self.frames = self.frames[::2]
            self.every *= 2

    def copied(self) -> Film:
        """Return the film as it stands; frames are shared."""
        copy = Film()
        copy.frames, copy.every = list(self.frames), self.every
        return copy

    def nearest(self, frame: Frame) -> int:
        """Index of the frame that is nearest in steps."""
        return min(range(len(self.frames)), key=lambda index: abs(self.frames[index].step - frame.step))
