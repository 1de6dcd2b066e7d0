"""One of the pictures of a box: what is known of it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.app.models.box.state import PictureState

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.models.degradation.found import Found


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What was found out about a picture without enlarging it.

    Parameters
    ----------
    height_px, width_px, channels : int
    is_jpeg : bool
        Whether its file says itself how it is compressed.
    found : Found or None
        None where only the header of its file was read.
    """

    height_px: int
    width_px: int
    channels: int = 3
    is_jpeg: bool = False
    found: Found | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BoxPicture:
    """A picture of the box.

    Parameters
    ----------
    path : Path
        Its file.
    relative : str
        The path below what was opened, with `/` between folders, by which its result is named.
    is_ticked : bool
        Whether it is to be enlarged.
    state : PictureState
    share : float
        Of a picture that is being done, how far it is, 0 to 1.
    left_s : float or None
        Of the same, seconds until its result; None while unknown.
    seconds : float or None
        What a finished one took.
    sentence : str
        Why it failed.
    result : Path or None
        Where the result of a finished one lies.
    looked : Looked or None
        None while nobody has looked at it.
    forecast_s : float or None
        What its run will take, where that is known.
    is_unreadable : bool
        Whether looking at it failed; `sentence` says why.
    """

    path: Path
    relative: str
    is_ticked: bool = True
    state: PictureState = PictureState.WAITING
    share: float = 0.0
    left_s: float | None = None
    seconds: float | None = None
    sentence: str = ""
    result: Path | None = None
    looked: Looked | None = None
    forecast_s: float | None = None
    is_unreadable: bool = False

    @property
    def shown_state(self) -> PictureState:
        """The state; of those that wait, one that is not ticked is skipped, and one that is unreadable has failed."""
        if self.state is not PictureState.WAITING:
            return self.state
        if not self.is_ticked:
            return PictureState.SKIPPED
        return PictureState.FAILED if self.is_unreadable else PictureState.WAITING
