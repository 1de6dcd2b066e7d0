"""Sentences on the size of a file."""

from __future__ import annotations

from zssr_studio.app.language import number_text, tr

MEGABYTE = 1e6


def too_large(most_bytes: int, least_quality: int) -> str:
    """Say that a file cannot be made as small as it is wanted."""
    return tr(
        "The file cannot be made as small as {size}, even at quality {quality}. Choose a shorter longest side or allow "
        "a larger file.",
        size=size_text(most_bytes),
        quality=least_quality,
    )


def size_text(size_bytes: int) -> str:
    """Write the size of a file."""
    if size_bytes >= MEGABYTE / 10:
        return f"{number_text(size_bytes / MEGABYTE, 1)} MB"
    return f"{number_text(size_bytes / 1000, 0)} kB"
