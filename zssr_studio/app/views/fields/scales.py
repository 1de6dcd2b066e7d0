"""Scales as the locale writes them."""

from __future__ import annotations

import re

from zssr_studio.app.language import number_text, read_number, tr
from zssr_studio.engine.config import LARGEST_FACTOR, LEAST_FACTOR, Scale
from zssr_studio.errors import BadInputError

# Chosen: a factor that follows from pixels has endlessly many, and nobody sees the third.
DECIMALS = 2


def scale_of(text: str) -> Scale | None:
    """Read `2`, `1.5` or `2x1.5` (vertical x horizontal) as the locale or another one writes it.

    Returns
    -------
    Scale or None
        None if it is not complete yet.

    Raises
    ------
    BadInputError
        If it can become none.
    """
    half = number_text(1.5)
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) > 2 or any(re.fullmatch(r"[\s\d.,]*", part) is None for part in parts):
        raise BadInputError(
            tr(
                "'{text}' is no scale; write it like 2, {half} or 2x{half} (vertical × horizontal).",
                text=text,
                half=half,
            )
        )
    factors = [factor for part in parts if (factor := read_number(part, LARGEST_FACTOR)) is not None]
    for factor in factors:
        if not LEAST_FACTOR <= factor <= LARGEST_FACTOR:
            raise BadInputError(
                tr(
                    "A scale lies between {least} and {most}, {factor} does not.",
                    least=LEAST_FACTOR,
                    most=LARGEST_FACTOR,
                    factor=number_text(factor),
                )
            )
    return Scale(factors[0], factors[-1]) if len(factors) == len(parts) else None


def scale_text(scale: Scale) -> str:
    """Write a scale as the locale does."""
    return "x".join(number_text(factor) for factor in dict.fromkeys(scale.factors))


def times_text(scale: Scale) -> str:
    """Write a scale for reading: `2×`, `2 × 1.5×`, and `2.08×` for what no two decimals give.

    Two decimals that are written out, as in `2.00×` for 1.999, tell a figure that was rounded from one that is exact.
    """
    return " × ".join(_factor_text(factor) for factor in dict.fromkeys(scale.factors)) + "×"


def _factor_text(factor: float) -> str:
    is_exact = round(factor, DECIMALS) == factor
    return number_text(factor) if is_exact else number_text(factor, DECIMALS)


def scale_or_none(text: str) -> Scale | None:
    """Read a scale; None for what is none."""
    try:
        return scale_of(text)
    except BadInputError:
        return None
