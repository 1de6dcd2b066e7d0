"""The contact sheet of a comparison: the places where the methods differ the most, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Crop, Picture

FONT = "fonts/Inter-Regular.otf"
# In pixels of the sheet. Chosen: a crop of 120 pixels twice as large, and four beside each other on a small screen.
CROP_PX, ZOOM, COLUMNS, CROPS = 120, 2, 4, 3
MARGIN_PX, TEXT_PX, LINE_PX = 12, 15, 20
# Under a crop: a method's name, its figure, and which pictures it learned from.
TEXT_LINES = 3
PAPER, INK, FAINT = (255, 255, 255), (20, 20, 20), (110, 110, 110)


class Entry(NamedTuple):
    """A picture of the sheet: what stands under it, in `TEXT_LINES` lines at most, and how it is read in its turn."""

    title: str
    told: tuple[str, ...]
    read: Callable[[], Picture]


def drawn_sheet(entries: Sequence[Entry], crops: Sequence[Crop], heading: str) -> Image.Image:
    """Draw a sheet: for each crop all entries, a few in a line.

    Parameters
    ----------
    entries : sequence of Entry
        Pictures of one size.
    crops : sequence of Crop
        Of one size.
    heading : str
    """
    side = (crops[0].width * ZOOM, crops[0].height * ZOOM)
    cell = (max(side[0], CROP_PX * ZOOM), side[1] + TEXT_LINES * LINE_PX + MARGIN_PX // 2)
    # As full as the fullest, so that five are three and two and not four and one.
    lines = -(-len(entries) // COLUMNS)
    columns = -(-len(entries) // lines)
    block_px = LINE_PX + lines * (cell[1] + MARGIN_PX)
    size = (MARGIN_PX + columns * (cell[0] + MARGIN_PX), MARGIN_PX + 2 * LINE_PX + len(crops) * (block_px + MARGIN_PX))
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(resource_path(FONT)), TEXT_PX)
    draw.text((MARGIN_PX, MARGIN_PX), _fitting(draw, heading, font, size[0] - 2 * MARGIN_PX), INK, font)
    tops = [MARGIN_PX + 2 * LINE_PX + number * (block_px + MARGIN_PX) for number in range(len(crops))]
    for top, crop in zip(tops, crops, strict=True):
        told = f"rows {crop.top} to {crop.top + crop.height}, columns {crop.left} to {crop.left + crop.width}"
        draw.text((MARGIN_PX, top), told, FAINT, font)
    for number, entry in enumerate(entries):
        left = MARGIN_PX + number % columns * (cell[0] + MARGIN_PX)
        down = LINE_PX + number // columns * (cell[1] + MARGIN_PX)
        pixels = entry.read().pixels
        for top, crop in zip(tops, crops, strict=True):
            sheet.paste(_enlarged(pixels, crop), (left, top + down))
            _write(draw, entry, font, (left, top + down + side[1]), cell[0])
    return sheet


def _write(
    draw: ImageDraw.ImageDraw, entry: Entry, font: ImageFont.FreeTypeFont, place: tuple[int, int], width_px: int
) -> None:
    """Write what stands under a crop."""
    for line, text in enumerate((entry.title, *entry.told)):
        at = (place[0], place[1] + line * LINE_PX)
        draw.text(at, _fitting(draw, text, font, width_px), FAINT if line else INK, font)


def _enlarged(pixels: NDArray[np.float32], crop: Crop) -> Image.Image:
    """Cut a crop out, each pixel as large as several: nothing between them is made up."""
    part = pixels[crop.top : crop.top + crop.height, crop.left : crop.left + crop.width]
    values = np.rint(part.clip(0, 1) * 255).astype(np.uint8)
    values = values.repeat(3, axis=2) if values.shape[2] == 1 else values
    return Image.fromarray(values.repeat(ZOOM, axis=0).repeat(ZOOM, axis=1))


def _fitting(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width_px: int) -> str:
    """Shorten a text in its middle, so that a file's name keeps its end."""
    if draw.textlength(text, font) <= width_px:
        return text
    kept = len(text)
    while kept > 2 and draw.textlength(f"{text[: kept // 2]}…{text[-(kept // 2) :]}", font) > width_px:
        kept -= 1
    return f"{text[: kept // 2]}…{text[-(kept // 2) :]}"
