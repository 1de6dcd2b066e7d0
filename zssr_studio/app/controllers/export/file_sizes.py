"""How large the file of a result is or would be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zssr_studio.app.language import number_text, tr
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import Format

if TYPE_CHECKING:
    from zssr_studio.app.models.files.export import ExportChoices
    from zssr_studio.imaging.picture import Picture

MEGABYTE = 1e6


def estimated(picture: Picture, choices: ExportChoices) -> tuple[int, int | None]:
    """Return about how many bytes a file takes, and the quality where it follows from that.

    Raises
    ------
    BadInputError
        If these choices do not go together.
    """
    # What encodes files takes a moment to load, and the window shows before that.
    from zssr_studio.imaging.file_size import estimated_quality
    from zssr_studio.imaging.write import estimate_bytes

    options = choices.options
    kind, quality = options.format or Format.PNG, None
    if choices.most_bytes is not None and kind.is_lossy and not options.lossless:
        quality = estimated_quality(picture, options, choices.most_bytes)
        if quality is None:
            raise BadInputError(too_large(choices.most_bytes))
        options = replace(options, quality=quality)
    return estimate_bytes(picture, kind, options), quality


def too_large(most_bytes: int) -> str:
    """Say that a file cannot be made as small as it is wanted."""
    from zssr_studio.imaging.file_size import LEAST_QUALITY

    return tr(
        "The file cannot be made as small as {size}, even at quality {quality}. Choose a shorter longest side or allow "
        "a larger file.",
        size=size_text(most_bytes),
        quality=LEAST_QUALITY,
    )


def size_text(size_bytes: int) -> str:
    """Write the size of a file."""
    if size_bytes >= MEGABYTE / 10:
        return f"{number_text(size_bytes / MEGABYTE, 1)} MB"
    return f"{number_text(size_bytes / 1000, 0)} kB"
