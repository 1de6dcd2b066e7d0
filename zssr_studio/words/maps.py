"""What the maps of consistency and disagreement say, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.maps import UNSTABLE_STD
from zssr_studio.words.say import english, marked

if TYPE_CHECKING:
    from zssr_studio.engine.maps import MapFigures, Unstable
    from zssr_studio.words.say import Say

LEVELS = 255
# A pixel in a million: less is written so, too.
LEAST_PERCENT = 0.0001
# From so many of the unstable pixels on they lie in one part; a sixteenth would by chance. Chosen.
MOSTLY = 1 / 3
PLACES = (
    (marked("at the top left"), marked("at the top"), marked("at the top right")),
    (marked("at the left"), marked("in the middle"), marked("at the right")),
    (marked("at the bottom left"), marked("at the bottom"), marked("at the bottom right")),
)
ALL_OVER = marked("all over the picture")
NOWHERE_BEYOND = marked(
    "Nowhere does the result, downscaled again, differ from the input by more than noise, compression and rounding "
    "explain."
)
BEYOND = marked(
    "At {percent:g} % of the input's pixels the result, downscaled again, differs by more than noise, compression "
    "and rounding explain."
)
BY_CHANCE = marked("By chance it would at up to {percent:g} %.")
MOSTLY_THERE = marked("mostly {place}")
UNSTABLE = marked(
    "{percent:g} % of the picture is unstable, {place}: there the flips and rotations of the self-ensemble deviate "
    "by more than {levels:.0f} of 255 levels."
)
ALL_STABLE = marked(
    "Nowhere do the flips and rotations of the self-ensemble deviate by more than {levels:.0f} of 255 levels."
)
UNSTABLE_STATES = marked(
    "{percent:g} % of the picture is unstable, {place}: there the network and its states at the ends of earlier stages "
    "deviate by more than {levels:.0f} of 255 levels."
)
ALL_STABLE_STATES = marked(
    "Nowhere do the network and its states at the ends of earlier stages deviate by more than {levels:.0f} of 255 "
    "levels."
)
NOT_COMPARED = marked(
    "There was neither a second pass nor an earlier state of the network to compare with, so nothing is known of "
    "unstable parts. Networks of other seeds can tell: Look closer in the window, --members in the terminal."
)
MEMBERS_DEVIATE = marked(
    "Networks of {count} seeds deviate by more than {levels:.0f} of 255 levels at {percent:g} % of the picture, "
    "{place}, and by {median:.2f} in the median."
)
MEMBERS_AGREE = marked(
    "Nowhere do networks of {count} seeds deviate by more than {levels:.0f} of 255 levels; in the median it is "
    "{median:.2f}."
)
CHANGES = marked(
    "Under a kernel {factor:g} times as wide the result changes by {rms:.1f} of 255 levels (root mean square), and "
    "{percent:g} % of its pixels by more than {levels:.0f}."
)


def consistency_sentence(figures: MapFigures, say: Say = english) -> str:
    """Say how much of the input the result does not meet, and how much of that chance explains."""
    if not figures.beyond_share:
        return say(NOWHERE_BEYOND)
    told = say(BEYOND, percent=percent_of(figures.beyond_share))
    if not figures.expected_share:
        return told
    return f"{told} {say(BY_CHANCE, percent=percent_of(figures.expected_share))}"


def disagreement_sentence(figures: MapFigures, size: tuple[int, int], say: Say = english) -> str:
    """Say how much of a result of so many rows and columns is unstable, and where."""
    unstable, levels = figures.unstable, UNSTABLE_STD * LEVELS
    if unstable is None:
        return say(NOT_COMPARED)
    if not unstable.share:
        return say(ALL_STABLE_STATES if figures.by_states else ALL_STABLE, levels=levels)
    text = UNSTABLE_STATES if figures.by_states else UNSTABLE
    return say(text, percent=percent_of(unstable.share), place=place_text(unstable, size, say), levels=levels)


def members_sentence(unstable: Unstable, count: int, size: tuple[int, int], say: Say = english) -> str:
    """Say at how much of a result of so many rows and columns the networks of so many seeds deviate, and where."""
    levels, median = UNSTABLE_STD * LEVELS, unstable.median_std * LEVELS
    if not unstable.share:
        return say(MEMBERS_AGREE, count=count, levels=levels, median=median)
    place = place_text(unstable, size, say)
    percent = percent_of(unstable.share)
    return say(MEMBERS_DEVIATE, count=count, levels=levels, median=median, percent=percent, place=place)


def change_sentence(factor: float, rms: float, share: float, say: Say = english) -> str:
    """Say how a result changes under a kernel that is so many times as wide.

    Parameters
    ----------
    factor : float
    rms : float
        Root mean square of the change, in [0, 1] of the value range.
    share : float
        Of the pixels, that change by more than counts as unstable.
    say : callable
    """
    levels, percent = LEVELS * UNSTABLE_STD, percent_of(share) if share else 0.0
    return say(CHANGES, factor=factor, rms=LEVELS * rms, percent=percent, levels=levels)


def percent_of(share: float) -> float:
    """Return a share in percent, to two digits that say something.

    Examples
    --------
    >>> percent_of(0.0000123), percent_of(0.18923), percent_of(1.0)
    (0.0012, 19.0, 100.0)
    """
    return max(LEAST_PERCENT, float(f"{100 * share:.2g}"))


def place_text(unstable: Unstable, size: tuple[int, int], say: Say = english) -> str:
    """Say in which ninth of the picture most of what is unstable lies.

    Examples
    --------
    >>> from zssr_studio.engine.maps import Unstable
    >>> place_text(Unstable(0.02, 0.001, (0, 300, 100, 100), 0.8), (400, 400))
    'mostly at the top right'
    """
    if unstable.part_share < MOSTLY:
        return say(ALL_OVER)
    (top, left, height, width), (rows, columns) = unstable.part, size
    row, column = int(3 * (top + height / 2) / rows), int(3 * (left + width / 2) / columns)
    return say(MOSTLY_THERE, place=say(PLACES[row][column]))
