"""Where pictures lie on the input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.job import Job


@dataclass(frozen=True, slots=True)
class Place:
    """The rectangle that a picture covers, in pixels of the input picture."""

    top: float
    left: float
    height: float
    width: float


def place_of(job: Job) -> Place:
    """Where a job's output lies on the input picture: rounded-up sizes reach beyond its last pixels."""
    row, column = (0, 0) if job.crop is None else (job.crop.top, job.crop.left)
    vertical, horizontal = job.scale.factors
    height, width = job.out_size
    return Place(row, column, height / vertical, width / horizontal)
