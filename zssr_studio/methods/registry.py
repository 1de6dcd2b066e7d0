"""All methods by name, and what is in a folder of weights. Loads torch where a file is looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.config import PRESETS
from zssr_studio.errors import BadInputError
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.zssr import KEY, Zssr

if TYPE_CHECKING:
    from zssr_studio.methods.method import Method


def built_in() -> tuple[Method, ...]:
    """Return the methods that need no file, this program's own first."""
    return (Zssr(), *(Interpolation(rule) for rule in Rule))


def method_named(text: str) -> Method:
    """Return the method that a text names.

    Parameters
    ----------
    text : str
        A key of `built_in`, or `zssr:PRESET`.

    Raises
    ------
    BadInputError
        With a sentence that says what there is.

    Examples
    --------
    >>> method_named("lanczos").name
    'Lanczos'
    """
    wanted = text.strip()
    for method in built_in():
        if method.key == wanted.lower():
            return method
    kind, colon, rest = wanted.partition(":")
    if kind.lower() == KEY and colon:
        if rest not in PRESETS:
            raise BadInputError(f"There is no preset '{rest}'. Choose one of: {', '.join(PRESETS)}.")
        return Zssr(rest)
    keys = ", ".join(method.key for method in built_in())
    raise BadInputError(f"There is no method '{text}'. Choose one of: {keys}, {KEY}:PRESET.")
