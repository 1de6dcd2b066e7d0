"""How long the box will take: what its pictures took so far corrects what was told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.models.box.state import PictureState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zssr_studio.app.models.box.picture import BoxPicture


def left_s(pictures: Iterable[BoxPicture], workers: int) -> float | None:
    """Tell the seconds until the last picture is done; None while nothing tells.

    Parameters
    ----------
    pictures : iterable of BoxPicture
        Of the whole box.
    workers : int
        How many pictures are done at once.

    Notes
    -----
    A forecast is for one run that has the machine for itself. Several beside each other are slower, by a factor that
    those tell which are done.
    """
    every = list(pictures)
    done = [one for one in every if one.state is PictureState.DONE and one.seconds is not None]
    open_ = [one for one in every if one.shown_state in (PictureState.WAITING, PictureState.WORKING)]
    if not open_:
        return 0.0
    both = [(one.seconds or 0.0, one.forecast_s) for one in done if one.forecast_s]
    factor = sum(took for took, _ in both) / sum(told or 0.0 for _, told in both) if both else 1.0
    told = [one.forecast_s for one in open_ if one.forecast_s is not None]
    if told:
        usual = factor * sum(told) / len(told)
    elif done:
        usual = sum(one.seconds or 0.0 for one in done) / len(done)
    else:
        return _of_those_in_hand(open_)
    total = sum(_one_s(one, factor, usual) for one in open_)
    longest = max(_one_s(one, factor, usual) for one in open_)
    return max(longest, total / max(1, workers))


def _one_s(one: BoxPicture, factor: float, usual: float) -> float:
    """Tell what is left of one picture."""
    whole = usual if one.forecast_s is None else factor * one.forecast_s
    if one.state is PictureState.WORKING:
        return one.left_s if one.left_s is not None else (1 - one.share) * whole
    return whole


def _of_those_in_hand(open_: list[BoxPicture]) -> float | None:
    """Tell it where all that wait are in hand already."""
    known = [one.left_s for one in open_ if one.left_s is not None]
    return max(known) if len(known) == len(open_) else None
