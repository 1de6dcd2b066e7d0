"""Noise and compression in the terminal: the options about them."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from zssr_studio.engine.config import MAX_NOISE_STD
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.errors import BadInputError
from zssr_studio.words.findings import damage_text

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Picture

AUTO, NONE = "auto", "none"
CleanOption = Annotated[
    str | None,
    typer.Option(
        "--clean",
        "--noise-std",  # its name until November 2026
        metavar="auto|none|X",
        help="What the network cleans while it enlarges: auto finds noise, grain and JPEG compression in the picture; "
        "none cleans nothing; a number is the deviation of even noise as a share of the value range (0.0125 suits a "
        "slightly noisy photo). By default auto, and none for the presets paper and gradual.",
    ),
]
GrainOption = Annotated[
    float,
    typer.Option(
        metavar="0..1",
        help="How much of the grain that was cleaned away comes back: 0 none, 1 nearly all, as it was in the picture.",
    ),
]
GrainColourOption = Annotated[
    float | None,
    typer.Option(metavar="0..1", help="The same for the colour of the grain alone; by default as much as --grain."),
]


def chosen_damage(text: str, grain: float, grain_colour: float | None, picture: Picture) -> Damage:
    """Return what a run cleans, and tell on standard error what was found.

    Raises
    ------
    BadInputError
        If the text is neither a number nor one of the two words, or the grain is out of range.
    """
    for share in (grain, grain_colour or 0.0):
        if not 0 <= share <= 1:
            raise BadInputError(f"A grain of {share:g} is out of range; give 0 (all of it is cleaned) to 1 (it stays).")
    if text.strip().lower() == AUTO:
        from zssr_studio.engine.estimation.inspection import find_damage

        found = find_damage(picture.pixels, picture.jpeg)
        sys.stderr.write(f"Found: {damage_text(found)}.\n")
        return replace(found, grain=grain, grain_colour=grain_colour)
    try:
        std = 0.0 if text.strip().lower() == NONE else float(text)
    except ValueError:
        std = -1.0
    if not 0 <= std <= MAX_NOISE_STD:
        raise BadInputError(
            f"'{text}' is no noise; give {AUTO}, {NONE}, or 0 to {MAX_NOISE_STD:g} as a share of the value range "
            "(0.0125 suits a slightly noisy photo)."
        )
    if not std:
        return NO_DAMAGE
    return Damage(noise=Noise.even(std, picture.channels), grain=grain, grain_colour=grain_colour)
