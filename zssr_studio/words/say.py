"""How a text is said: in English, or through the translator that the window passes."""

from __future__ import annotations

import math
from typing import Protocol


class Say(Protocol):
    """Says a text in a language."""

    def __call__(self, text: str, meant: str = "", /, **values: object) -> str:
        """Say a text.

        Parameters
        ----------
        text : str
            In English, with `{name}` where a value stands; marked, so that the translators find it.
        meant : str
            What is meant, where one English word has two meanings.
        **values
            What stands at the names.
        """


def english(text: str, _meant: str = "", /, **values: object) -> str:
    """Say a text as it is written.

    Examples
    --------
    >>> english("{count} pixels", count=12)
    '12 pixels'
    """
    return text.format(**values) if values else text


def marked(text: str) -> str:
    """Mark a text for `lupdate`; it is said in the language of the window where it goes through `Say`."""
    return text


SECONDS_TEXT, MINUTES_TEXT = marked("{seconds:.0f} s"), marked("{minutes} min")
HOURS_TEXT = marked("{hours} h {minutes} min")


def duration_text(seconds: float, say: Say = english) -> str:
    """Say a time as a person would: to the second under a minute and a half, then to the minute.

    Examples
    --------
    >>> duration_text(24.6), duration_text(200), duration_text(5400)
    ('25 s', '3 min', '1 h 30 min')
    """
    if seconds < 90:
        return say(SECONDS_TEXT, seconds=seconds)
    minutes = round(seconds / 60)
    if minutes < 60:
        return say(MINUTES_TEXT, minutes=minutes)
    return say(HOURS_TEXT, hours=minutes // 60, minutes=minutes % 60)


def decibels_text(psnr_db: float, decimals: int = 1) -> str:
    """Write how near two pictures come to each other; of those that are equal there is no number.

    Examples
    --------
    >>> decibels_text(31.27), decibels_text(math.inf)
    ('31.3 dB', 'equal')
    """
    return "equal" if math.isinf(psnr_db) else f"{psnr_db:.{decimals}f} dB"


def agreement_text(psnr_db: float, other: str) -> str:
    """Say how near a picture comes to another one.

    Examples
    --------
    >>> agreement_text(31.27, "the input"), agreement_text(math.inf, "the input")
    ('meets the input at 31.3 dB', 'equals the input')
    """
    return f"equals {other}" if math.isinf(psnr_db) else f"meets {other} at {decibels_text(psnr_db)}"
