"""The rows of a picture, cut into the strips of a TIFF and packed, on their way into its file."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

STRIP_ROWS = 64
# Places in a TIFF have 32 bits, those in a BigTIFF 64; with room for what stands beside the pixels.
MAX_CLASSIC_TIFF_BYTES = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Strip:
    """Where some rows of a picture stand in a file, and how many they are."""

    offset: int
    size: int
    rows: int


class Strips:
    """The rows of a picture on their way into a TIFF file, and where those stand that are in it.

    Parameters
    ----------
    samples : iterator of ndarray
        In bands of any number of rows.
    dtype : dtype
        Of the file, in its byte order.
    is_packed : bool
        Whether they are packed by Deflate.

    Attributes
    ----------
    written : list of Strip
    is_broken : bool
        Whether it was the samples that failed to come, so that no other writer would get them either.
    """

    def __init__(self, samples: Iterator[NDArray[Any]], dtype: np.dtype[Any], *, is_packed: bool) -> None:
        self.dtype, self.is_packed = dtype, is_packed
        self.is_predicted = is_packed and dtype.kind != "f"
        self.written: list[Strip] = []
        self.is_broken = False
        self._strips = _strips(samples)
        self._held: NDArray[Any] | None = None

    def into(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield the bytes of one strip after the other; each has to be in the file when the next one is asked for.

        Where that ends in the middle, it can be begun again, with the strip that is not in the file yet.
        """
        while (strip := self._next()) is not None:
            content = self._encoded(strip)
            yield content
            self.written.append(Strip(file.tell() - len(content), len(content), len(strip)))
            self._held = None

    def _next(self) -> NDArray[Any] | None:
        """Return the strip that is to be written next; None behind the last one."""
        if self._held is None:
            self.is_broken = True
            self._held = next(self._strips, None)
            self.is_broken = False
        return self._held

    def _encoded(self, strip: NDArray[Any]) -> bytes:
        """Make a strip's bytes; whole numbers are packed as the difference to the pixel on the left."""
        # By what is loaded already: a library that is loaded when a result is there may find no memory for that.
        if self.is_predicted:
            differences = strip.copy()
            np.subtract(strip[:, 1:], strip[:, :-1], out=differences[:, 1:])
            strip = differences
        plain = strip.astype(self.dtype, copy=False).tobytes()
        return zlib.compress(plain) if self.is_packed else plain


def _strips(bands: Iterator[NDArray[Any]]) -> Iterator[NDArray[Any]]:
    """Cut bands of any number of rows into strips of `STRIP_ROWS`, the last one shorter."""
    rest: NDArray[Any] | None = None
    for band in bands:
        rows = band if rest is None else np.concatenate([rest, band])
        whole = len(rows) // STRIP_ROWS * STRIP_ROWS
        for top in range(0, whole, STRIP_ROWS):
            yield rows[top : top + STRIP_ROWS]
        rest = rows[whole:]
    if rest is not None and len(rest):
        yield rest
