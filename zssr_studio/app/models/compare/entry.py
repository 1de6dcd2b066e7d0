"""One of the pictures that can be looked at and compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zssr_studio.app.models.run.history import History

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.models.compare.place import Place
    from zssr_studio.app.models.run.made_by import MadeBy
    from zssr_studio.engine.maps import Maps
    from zssr_studio.engine.psnr_ssim import PsnrSsim
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job, Outcome


class Kind(StrEnum):
    """Where an entry comes from."""

    INPUT = "input"
    BICUBIC = "bicubic"
    RUN = "run"
    FILE = "file"


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """What belongs to a result of a run, or of another method, beside its pixels."""

    job: Job
    outcome: Outcome
    gain_db: float | None  # how much better the network rebuilt the picture at its best than at its first test
    bicubic: int  # key of the entry of the same size by interpolation
    exported: bool = False
    blend: float = 1.0  # share of the result; the rest is bicubic
    history: History = field(default_factory=History)
    made_by: MadeBy | None = None  # None for a run of this program
    maps: Maps | None = None  # None where they are not known, as of another method


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One of the pictures.

    `path` is the file that it came from or, of a run, was exported to; `seen` tells whether it was on the screen.
    """

    key: int
    kind: Kind
    name: str
    picture: Picture
    place: Place
    finished: Finished | None = None
    path: Path | None = None
    score: PsnrSsim | None = None
    seen: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.picture.height, self.picture.width

    @property
    def held_bytes(self) -> int:
        """Memory of the pixels, and of a run's film and maps."""
        alpha, finished = self.picture.alpha, self.finished
        film = 0 if finished is None else finished.history.film.held_bytes
        maps = 0 if finished is None or finished.maps is None else finished.maps.held_bytes
        return self.picture.pixels.nbytes + (0 if alpha is None else alpha.nbytes) + film + maps

    @property
    def is_unexported(self) -> bool:
        """Whether it would be lost with the list."""
        return self.finished is not None and not self.finished.exported
