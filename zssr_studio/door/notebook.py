"""How a result shows itself in a notebook: a small copy, and what it was made with."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from zssr_studio.door.arrays import ArrayLayout
from zssr_studio.words.say import agreement_text

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Picture

# A notebook keeps what it shows in its file; as wide as its column, that is about a megabyte at the most.
PREVIEW_PX = 800


def preview_png(picture: Picture) -> bytes:
    """Return a copy of at most 800 pixels a side as a PNG, with the picture's colour profile."""
    # Every nth pixel is enough to make twice the size from, and a large picture is never copied as a whole.
    every = max(1, max(picture.height, picture.width) // (2 * PREVIEW_PX))
    alpha = None if picture.alpha is None else picture.alpha[::every, ::every]
    part = replace(picture, pixels=picture.pixels[::every, ::every], alpha=alpha)
    is_flat = picture.channels == 1 and alpha is None
    image = Image.fromarray(np.ascontiguousarray(ArrayLayout(np.dtype(np.uint8), is_flat).back(part)))
    image.thumbnail((PREVIEW_PX, PREVIEW_PX))
    buffer = io.BytesIO()
    image.save(buffer, format="PNG", icc_profile=picture.icc_profile)
    return buffer.getvalue()


def html_of(picture: Picture, settings: str, consistency_db: float, notices: tuple[str, ...]) -> str:
    """Return the copy with its settings and notices below it, as HTML."""
    coded = base64.b64encode(preview_png(picture)).decode("ascii")
    told = [
        f"{picture.width} × {picture.height} pixels",
        settings,
        f"downscaled again it {agreement_text(consistency_db, 'the source')}",
        *notices,
    ]
    lines = "<br>".join(map(html.escape, told))
    return (
        f'<figure><img alt="the enlarged picture" src="data:image/png;base64,{coded}">'
        f"<figcaption>{lines}</figcaption></figure>"
    )
