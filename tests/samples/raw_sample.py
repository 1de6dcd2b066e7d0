"""A digital negative that is made here: a Bayer mosaic of a linear picture, with the tags that LibRaw asks for."""

from __future__ import annotations

import io

import numpy as np
import tifffile

WHITE = 16_000
# sRGB primaries: from XYZ to the linear camera colours.
XYZ_TO_CAMERA = (3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570)
_RATIONAL, _SRATIONAL = 5, 10


def dng(linear: np.ndarray | None = None, *more: tuple, ppi: int | None = None) -> bytes:
    """Make a DNG of a linear picture (H, W, 3) in [0, 1] that a camera with sRGB's primaries took; with more tags."""
    if linear is None:
        linear = np.random.default_rng(0).random((48, 64, 3)) * 0.8
    rows, columns = np.indices(linear.shape[:2])
    channel = np.where((rows % 2 == 0) & (columns % 2 == 0), 0, np.where((rows % 2) & (columns % 2), 2, 1))
    mosaic = np.rint(np.take_along_axis(linear, channel[:, :, None], 2)[:, :, 0] * WHITE).astype(np.uint16)
    matrix = [part for value in XYZ_TO_CAMERA for part in (round(value * 10_000), 10_000)]
    tags = [
        (33421, 3, 2, (2, 2), True),
        (33422, 1, 4, bytes([0, 1, 1, 2]), True),
        (50706, 1, 4, bytes([1, 4, 0, 0]), True),
        (50707, 1, 4, bytes([1, 4, 0, 0]), True),
        (50708, 2, 0, "Maker Model", True),
        (50717, 3, 1, WHITE, True),
        (50721, _SRATIONAL, 9, tuple(matrix), True),
        (50728, _RATIONAL, 3, (1, 1, 1, 1, 1, 1), True),
        (50778, 3, 1, 21, True),
        (271, 2, 0, "Maker", True),
        (272, 2, 0, "Model", True),
        *more,
    ]
    told = {} if ppi is None else {"resolution": (ppi, ppi), "resolutionunit": "INCH"}
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        writer.write(mosaic, photometric=32803, extratags=tags, metadata=None, subfiletype=0, **told)
    return buffer.getvalue()


def linear_dng(linear: np.ndarray) -> bytes:
    """Make a DNG that holds all three colours of each pixel, as those that are developed half-way do."""
    matrix = [part for value in XYZ_TO_CAMERA for part in (round(value * 10_000), 10_000)]
    tags = [
        (50706, 1, 4, bytes([1, 4, 0, 0]), True),
        (50708, 2, 0, "Maker Model", True),
        (50717, 4, 3, (WHITE,) * 3, True),
        (50721, _SRATIONAL, 9, tuple(matrix), True),
        (50728, _RATIONAL, 3, (1, 1, 1, 1, 1, 1), True),
        (50778, 3, 1, 21, True),
        (271, 2, 0, "Maker", True),
    ]
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        samples = np.rint(linear * WHITE).astype(np.uint16)
        writer.write(samples, photometric=34892, planarconfig="contig", extratags=tags, metadata=None)
    return buffer.getvalue()
