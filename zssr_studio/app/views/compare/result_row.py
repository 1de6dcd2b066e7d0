"""What one of the thumbnails says, and what a person may ask of it: values, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class Request(StrEnum):
    """What a person may ask of a thumbnail."""

    SHOW = "show"
    TICK = "tick"
    RENAME = "rename"
    EXPORT = "export"
    SETTINGS = "settings"
    TRAIN_ON = "train_on"
    TRUTH = "truth"
    REVEAL = "reveal"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What a thumbnail says.

    Parameters
    ----------
    key : int
    name : str
    detail : str
        A few words below the name: the score, where there is one.
    spoken : str
        All of it in words, for a screen reader and the tool tip.
    thumbnail : QImage or None
    letter : str
        A to I for the pictures that are compared, in their order.
    is_shown, is_exported, is_best, is_new, is_truth : bool
        Whether it is on the screen, is what Export writes, comes nearest to the truth, was never on the screen, is the
        truth.
    progress : float or None
        How far a run that goes on has come, 0 to 1.
    carried : tuple of int
        Keys that are dragged with it, its own among them; none where it cannot be dragged.
    offers : frozenset of Request
        What may be asked of it.
    """

    key: int
    name: str
    detail: str = ""
    spoken: str = ""
    thumbnail: QImage | None = None
    letter: str = ""
    is_shown: bool = False
    is_exported: bool = False
    is_best: bool = False
    is_new: bool = False
    is_truth: bool = False
    progress: float | None = None
    carried: tuple[int, ...] = ()
    offers: frozenset[Request] = frozenset()
