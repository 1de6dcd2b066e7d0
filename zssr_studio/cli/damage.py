"""Noise and compression in the terminal: the options about them."""

from __future__ import annotations

from typing import Annotated

import typer

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
