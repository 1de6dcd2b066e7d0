"""A trial: a few seconds of training on one region with each of several kernels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from zssr_studio.app.language import tr
from zssr_studio.app.models.degradation.degradation import IDEAL_TITLE, title_of
from zssr_studio.engine.events import Notice, Preview, Step
from zssr_studio.engine.kernels.kernel import stretched
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from zssr_studio.engine.events import Event
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.picture import Picture

LEAST_CANDIDATES, MOST_CANDIDATES = 2, 4
REGION_PX = 128
NARROWER, WIDER = 0.75, 1.3
# Places along each side that are looked at for a sample.
MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kernel that can be tried, with what a person calls it."""

    title: str
    choice: KernelChoice


class TileState(StrEnum):
    """Where one candidate stands: waiting -> training -> done; either of the first two -> dropped."""

    WAITING = "waiting"
    TRAINING = "training"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A candidate in the trial.

    Parameters
    ----------
    progress : float
        In [0, 1].
    pixels : ndarray, shape (H, W, C), float32, or None
        The newest preview, then the result.
    notes : tuple of str
        What the run had to say, such as that its network was not used; each once.
    """

    candidate: Candidate
    state: TileState = TileState.WAITING
    progress: float = 0.0
    pixels: NDArray[np.float32] | None = None
    notes: tuple[str, ...] = ()


class TrialModel(QObject):
    """Follows one trial.

    Signals
    -------
    changed(int)
        The tile of that number (from 0) is new.
    """

    changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[Tile] = []
        self.is_running = False

    @property
    def progress(self) -> float:
        """Share of the whole trial that is done, in [0, 1]."""
        return sum(tile.progress for tile in self.tiles) / max(1, len(self.tiles))

    def begin(self, candidates: Sequence[Candidate]) -> None:
        """Start with these candidates."""
        self.tiles = [Tile(candidate) for candidate in candidates]
        self.is_running = True

    def take(self, number: int, events: Sequence[Event]) -> None:
        """Take what happened to a candidate."""
        tile = replace(self.tiles[number], state=TileState.TRAINING)
        for event in events:
            if isinstance(event, Step):
                tile = replace(tile, progress=min(event.progress, 0.99))
            elif isinstance(event, Preview):
                tile = replace(tile, pixels=event.pixels)
            elif isinstance(event, Notice):
                tile = replace(tile, notes=tuple(dict.fromkeys((*tile.notes, notice_text(event, tr)))))
        self._set(number, tile)

    def notes(self) -> list[str]:
        """Say each note once, with the kernels that it is about where these are not all that were tried."""
        told: dict[str, list[str]] = {}
        for tile in self.tiles:
            for note in tile.notes:
                told.setdefault(note, []).append(tile.candidate.title)
        tried = sum(tile.state in (TileState.TRAINING, TileState.DONE) or bool(tile.notes) for tile in self.tiles)
        return [note if len(titles) == tried else f"{', '.join(titles)}: {note}" for note, titles in told.items()]

    def finish(self, number: int, pixels: NDArray[np.float32]) -> None:
        """Take the result of a candidate."""
        self._set(number, replace(self.tiles[number], state=TileState.DONE, progress=1.0, pixels=pixels))

    def end(self) -> None:
        """Come to an end; what is not done is dropped."""
        self.is_running = False
        for number, tile in enumerate(self.tiles):
            if tile.state is not TileState.DONE:
                self._set(number, replace(tile, state=TileState.DROPPED, pixels=None))

    def _set(self, number: int, tile: Tile) -> None:
        self.tiles[number] = tile
        self.changed.emit(number)


def candidates_for(current: KernelChoice, given: Sequence[Kernel], scale: tuple[float, float]) -> list[Candidate]:
    """Propose kernels: the one that is set, the ideal one, a narrower and a wider one, and those that were given."""
    ideal = Candidate(tr(IDEAL_TITLE), None)
    if current is None:
        soft = FAMILIES["gaussian"].typical_shape(scale)
        shapes = (soft.stretched(NARROWER), soft, soft.stretched(WIDER))
        first = [ideal, *(Candidate(title_of(shape), shape) for shape in shapes)]
    else:
        narrower, wider = (_stretched(current, factor, scale) for factor in (NARROWER, WIDER))
        named = [
            (tr("Narrower (× {factor:g})", factor=NARROWER), narrower),
            (tr("Wider (× {factor:g})", factor=WIDER), wider),
        ]
        first = [Candidate(title_of(current), current), ideal, *(Candidate(*pair) for pair in named)]
    known = [candidate.choice for candidate in first]
    return [*first, *(Candidate(title_of(kernel), kernel) for kernel in given if kernel not in known)]


def region_of(height: int, width: int, crop: Crop | None, most_px: int = REGION_PX) -> Crop:
    """Return the middle of the crop, or of the picture: what can be trained on within seconds."""
    whole = crop or Crop(0, 0, height, width)
    rows, columns = min(whole.height, most_px), min(whole.width, most_px)
    return Crop(whole.top + (whole.height - rows) // 2, whole.left + (whole.width - columns) // 2, rows, columns)


def liveliest_region(picture: Picture, crop: Crop | None, most_px: int) -> Crop:
    """Return the part of the crop, or of the picture, in which most happens: there is most to see there."""
    middle = region_of(picture.height, picture.width, crop, most_px)
    whole = crop or Crop(0, 0, picture.height, picture.width)
    # A few places tell; each pixel of a large picture would take long.
    tops = _places(whole.top, whole.height, middle.height)
    lefts = _places(whole.left, whole.width, middle.width)
    regions = [replace(middle, top=top, left=left) for top in tops for left in lefts]
    return max(regions, key=lambda region: _liveliness(picture, region))


def _liveliness(picture: Picture, region: Crop) -> float:
    """Mean difference of neighbours: fine detail, and not one strong edge between two plains."""
    pixels = picture.pixels[region.top : region.top + region.height, region.left : region.left + region.width]
    return sum(float(np.abs(np.diff(pixels, axis=axis)).mean()) for axis in (0, 1) if pixels.shape[axis] > 1)


def _places(start: int, length: int, size: int) -> list[int]:
    steps = max(1, min(MOST_PLACES, length // size))
    return [start + (length - size) * number // max(1, steps - 1) for number in range(steps)]


def _stretched(choice: Kernel | Shape, factor: float, scale: tuple[float, float]) -> KernelChoice:
    return choice.stretched(factor) if isinstance(choice, Shape) else stretched(choice, factor, scale)
