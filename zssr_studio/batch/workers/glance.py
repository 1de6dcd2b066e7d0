"""Small pictures of a result for a report: the whole, and a part with much detail before and after."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.imaging.export import ExportOptions
from zssr_studio.imaging.metadata.blocks import NO_METADATA, MetadataPolicy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.events import Band
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job

# Sides in pixels, of the small whole and of the part in the result. Chosen, so that a picture takes about 10 kB.
WHOLE_PX, PART_PX = 128, 128
# The place of the part is looked for on this grid of the source's pixels.
GRID_PX = 16
QUALITY = 80


@dataclass(frozen=True, slots=True)
class _Part:
    """A rectangle of the result."""

    top: int
    left: int
    height: int
    width: int


class Glance:
    """Keeps the part of a result while its bands pass by.

    Parameters
    ----------
    job : Job
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._part = _part_of(job)
        self._rows: list[NDArray[np.float32]] = []

    def take(self, band: Band) -> None:
        """Keep what a band has of the part."""
        part, first = self._part, band.top
        rows = slice(max(0, part.top - first), max(0, part.top + part.height - first))
        self._rows.append(band.pixels[rows, part.left : part.left + part.width].copy())

    def drawn(self) -> tuple[bytes, bytes, bytes]:
        """Return the whole source, and the part as interpolation and as this run enlarges it, as JPEG."""
        job, part = self._job, self._part
        source = replace(job.source, alpha=None, metadata=NO_METADATA)
        stride = max(1, -(-max(source.height, source.width) // WHOLE_PX))
        whole = _averaged(source.pixels, stride)
        after = np.concatenate(self._rows)
        return _jpeg(source, whole), _jpeg(source, self._interpolated(part)), _jpeg(source, after)

    def _interpolated(self, part: _Part) -> NDArray[np.float32]:
        from zssr_studio.resampling import resampled

        source = replace(self._job.source, alpha=None)
        rows, columns = (
            slice(int(first / factor), max(int(first / factor) + 1, round((first + length) / factor)))
            for first, length, factor in zip(
                (part.top, part.left), (part.height, part.width), self._job.scale.factors, strict=True
            )
        )
        piece = replace(source, pixels=np.ascontiguousarray(source.pixels[rows, columns]))
        return resampled(piece, (part.height, part.width)).pixels


def _part_of(job: Job) -> _Part:
    """Choose the part of the result where the source has the most detail."""
    source, size = job.source.pixels, job.out_size
    sums = np.stack([_changes(source, top) for top in range(0, len(source), GRID_PX)])
    row, column = (int(index) for index in np.unravel_index(int(np.argmax(sums)), sums.shape))
    starts = []
    for index, factor, length in zip((row, column), job.scale.factors, size, strict=True):
        middle = (index + 0.5) * GRID_PX * factor
        starts.append(max(0, min(int(middle - PART_PX / 2), length - PART_PX)))
    return _Part(starts[0], starts[1], min(PART_PX, size[0]), min(PART_PX, size[1]))


def _changes(pixels: NDArray[np.float32], top: int) -> NDArray[np.float32]:
    """Sum up how the brightness changes in each cell of a row of the grid; a large picture is looked at row by row."""
    above = min(1, top)
    brightness = pixels[top - above : top + GRID_PX].mean(axis=2)
    down, right = np.abs(np.diff(brightness, axis=0)), np.abs(np.diff(brightness[above:], axis=1))
    columns = down.sum(axis=0)
    columns[1:] += right.sum(axis=0)
    sums: NDArray[np.float32] = np.add.reduceat(columns, range(0, len(columns), GRID_PX))
    return sums


def _averaged(pixels: NDArray[np.float32], stride: int) -> NDArray[np.float32]:
    """Make a picture small by the mean of squares; what is left at its ends is left out."""
    rows, columns = (max(1, n // stride) for n in pixels.shape[:2])
    squares = pixels[: rows * stride, : columns * stride]
    if min(squares.shape[:2]) < stride:
        return squares
    shaped = squares.reshape(rows, stride, columns, stride, -1)
    small: NDArray[np.float32] = shaped.mean(axis=(1, 3), dtype=np.float32)
    return small


def _jpeg(like: Picture, pixels: NDArray[np.float32]) -> bytes:
    """Encode pixels of a picture's colours for a screen."""
    from zssr_studio.imaging.write import write_picture

    options = ExportOptions(colour="srgb", metadata=MetadataPolicy.NONE, quality=QUALITY, digital_source_type=None)
    picture = replace(like, pixels=np.ascontiguousarray(pixels))
    with tempfile.TemporaryDirectory(prefix="zssr-") as folder:
        path = Path(folder) / "glance.jpg"
        write_picture(picture, path, overwrite=False, options=options)
        return path.read_bytes()
