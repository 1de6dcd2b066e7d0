"""The course of training as a picture for the report: the loss against the steps, on a logarithmic scale."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from zssr_studio.evidence.report.pictures import Small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# In pixels of the picture, which stands at half its size. Chosen.
WIDTH_PX, HEIGHT_PX, MARGIN_PX, LINE_PX = 1320, 150, 8, 3
PAPER, FRAME, INK = (255, 255, 255), (201, 201, 201), (32, 108, 200)


def curve_picture(steps: Sequence[float], losses: Sequence[float | None]) -> Small | None:
    """Draw the loss; None where there are less than two values above 0."""
    known = [(step, loss) for step, loss in zip(steps, losses, strict=True) if loss is not None and loss > 0]
    if len(known) < 2:
        return None
    x, y = np.array([step for step, _ in known], np.float64), np.log([loss for _, loss in known])
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH_PX - 1, HEIGHT_PX - 1), outline=FRAME)
    columns = MARGIN_PX + _share(x) * (WIDTH_PX - 2 * MARGIN_PX)
    rows = MARGIN_PX + (1 - _share(y)) * (HEIGHT_PX - 2 * MARGIN_PX)
    draw.line([(float(a), float(b)) for a, b in zip(columns, rows, strict=True)], fill=INK, width=LINE_PX)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return Small(file.getvalue(), HEIGHT_PX, WIDTH_PX)


def _share(values: Array) -> Array:
    """Return where values lie between the least and the largest, 0 to 1."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / ((high - low) or 1.0)
