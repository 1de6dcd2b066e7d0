"""What the strip and the table say of a picture, and what a person may ask of it: values, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zssr_studio.app.language import marked

if TYPE_CHECKING:
    from zssr_studio.app.models.box.state import PictureState

COLUMNS = (
    marked("Picture"),
    marked("Size"),
    marked("What I see"),
    marked("Becomes"),
    marked("Time"),
    marked("State"),
)
NAME, SIZE, FOUND, BECOMES, TIME, STATE = range(len(COLUMNS))


class BoxRequest(StrEnum):
    """What a person may ask of a picture of the box."""

    OPEN = "open"
    TICK = "tick"
    REVEAL = "reveal"
    AGAIN = "again"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class BoxRow:
    """What is said of a picture.

    Parameters
    ----------
    cells : tuple of str
        In the order of `COLUMNS`.
    keys : tuple of float or str
        By which each column is sorted.
    state : PictureState
    share : float
        How far one that is being done is, 0 to 1.
    is_ticked, is_open : bool
        Whether it is to be enlarged, and whether the window shows it.
    spoken : str
        All of it in words, for a screen reader and the tool tip.
    """

    cells: tuple[str, ...]
    keys: tuple[float | str, ...]
    state: PictureState
    share: float
    is_ticked: bool
    is_open: bool
    spoken: str
