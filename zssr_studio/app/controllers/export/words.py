"""What the export says of a file before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.controllers.export.file_sizes import size_text
from zssr_studio.app.language import number_text, tr
from zssr_studio.app.models.files.export import PRINT_PPI
from zssr_studio.imaging.export import ResolutionPolicy
from zssr_studio.target_size import print_of_pixels

if TYPE_CHECKING:
    from zssr_studio.app.models.files.export import ExportChoices
    from zssr_studio.imaging.picture import Picture


def told_of(
    picture: Picture, before: tuple[int, int], choices: ExportChoices, found: tuple[int, int | None]
) -> tuple[str, str]:
    """Say pixels, centimetres, pixels per inch and bytes, and in a second text what was done to get there.

    A file that tells no resolution has no centimetres; what it would have in a print is said in the second text.

    Parameters
    ----------
    picture : Picture
        As it is written.
    before : tuple of int
        Rows and columns of the result.
    found : tuple of int and (int or None)
        Bytes, and the quality where it follows from them.
    """
    size_bytes, quality = found
    ppi = _told_ppi(picture, choices)
    size = {"width": picture.width, "height": picture.height, "size": size_text(size_bytes)}
    if ppi is None:
        told = tr("{width} × {height} pixels · about {size}", **size)
    else:
        told = tr(
            "{width} × {height} pixels · {wide} × {high} cm at {ppi} ppi · about {size}",
            **size,
            **_print(picture, ppi),
        )
    notes = [_resampling(picture, before)]
    if quality is not None:
        notes.append(tr("With a quality of {quality}.", quality=quality))
    if ppi is None:
        notes.append(
            tr(
                "The file tells no resolution, as its source tells none; at {ppi} ppi that would be {wide} × {high} "
                "cm.",
                **_print(picture, PRINT_PPI),
            )
        )
    return told, " ".join(note for note in notes if note)


def _told_ppi(picture: Picture, choices: ExportChoices) -> float | None:
    """Return the horizontal resolution that the file tells; None where it tells none."""
    options = choices.options
    if options.pixels_per_inch is not None:
        return options.pixels_per_inch
    told = picture.pixels_per_inch if options.resolution is ResolutionPolicy.SIZE else picture.captured_ppi
    return None if told is None else told[1]


def _print(picture: Picture, ppi: float) -> dict[str, str]:
    return {
        "wide": number_text(print_of_pixels(picture.width, "cm", ppi), 1),
        "high": number_text(print_of_pixels(picture.height, "cm", ppi), 1),
        "ppi": number_text(ppi, 0),
    }


def _resampling(picture: Picture, before: tuple[int, int]) -> str:
    size = (picture.height, picture.width)
    made = f"{before[1]} × {before[0]}"
    if size > before:
        return tr("Interpolated from the {made} pixels of the result, which adds no detail.", made=made)
    if size < before:
        return tr("Made smaller from the {made} pixels of the result, antialiased.", made=made)
    return ""
