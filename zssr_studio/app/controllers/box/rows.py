"""What the strip and the table of the box say of a picture, and what is said of the whole: pure functions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.app.language import marked, percent_text, tr
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.views.box.row import BoxRow
from zssr_studio.words.say import duration_text
from zssr_studio.words.seen import NO_KERNEL_TEXTS, NOTHING_FOUND, jpeg_seen, kernel_seen, noise_seen

if TYPE_CHECKING:
    from collections import Counter

    from zssr_studio.app.models.box.picture import BoxPicture, Looked
    from zssr_studio.engine.config import Scale

STATE_TEXTS = {
    PictureState.WAITING: marked("waits"),
    PictureState.DONE: marked("done"),
    PictureState.SKIPPED: marked("left out"),
}
# In which order states are sorted: what needs looking at first.
_ORDER = (
    *(PictureState.FAILED, PictureState.WORKING, PictureState.WAITING),
    *(PictureState.DONE, PictureState.SKIPPED),
)


def row_of(picture: BoxPicture, scale: Scale, *, is_open: bool) -> BoxRow:
    """Describe a picture of the box, which is to be enlarged by a scale."""
    looked, state = picture.looked, picture.shown_state
    size = (0, 0) if looked is None else (looked.height_px, looked.width_px)
    larger = scale.out_size(*size) if looked is not None else (0, 0)
    found = found_text(picture)
    cells = (picture.path.name, size_text(*size), found, size_text(*larger), _time_text(picture), _state_text(picture))
    keys = (
        *(picture.relative.casefold(), float(math.prod(size)), found, float(math.prod(larger))),
        *(_seconds(picture), float(_ORDER.index(state)) - picture.share),
    )
    spoken = ". ".join(part.rstrip(".") for part in (str(picture.path), cells[-1], cells[1], found) if part)
    return BoxRow(cells, keys, state, picture.share, picture.is_ticked, is_open, f"{spoken}.")


def size_text(height_px: int, width_px: int) -> str:
    """Say a size as everywhere in the window: width first; empty where it is unknown."""
    return f"{width_px} × {height_px}" if height_px else ""


def found_text(picture: BoxPicture) -> str:
    """Say what was found, in the words of "What I see"."""
    if picture.is_unreadable:
        # Of one that failed it stands where its state does.
        return "" if picture.shown_state is PictureState.FAILED else picture.sentence
    looked = picture.looked
    if looked is None or looked.found is None:
        return ""
    parts = _parts(looked)
    if parts:
        return " · ".join(parts)
    estimate = looked.found.estimate
    return tr(NOTHING_FOUND if estimate.sure else NO_KERNEL_TEXTS[estimate.finding])


def _parts(looked: Looked) -> list[str]:
    found = looked.found
    if found is None:
        return []
    kernel = kernel_seen(found.estimate, found.scale, tr)
    noise = "" if found.damage.noise is None else noise_seen(found.damage.noise, tr)
    jpeg = "" if found.damage.jpeg is None else jpeg_seen(found.damage.jpeg, tr)
    return [part for part in (kernel, noise, jpeg) if part]


def _seconds(picture: BoxPicture) -> float:
    for seconds in (picture.seconds, picture.left_s, picture.forecast_s):
        if seconds is not None:
            return seconds
    return -1.0


def _time_text(picture: BoxPicture) -> str:
    if picture.state is PictureState.DONE:
        return "" if picture.seconds is None else duration_text(picture.seconds, tr)
    if picture.state is PictureState.WORKING:
        return "" if picture.left_s is None else tr("{time} left", time=duration_text(picture.left_s, tr))
    if picture.forecast_s is None or picture.shown_state is PictureState.FAILED:
        return ""
    return tr("about {time}", time=duration_text(picture.forecast_s, tr))


def _state_text(picture: BoxPicture) -> str:
    match picture.shown_state:
        case PictureState.WORKING:
            return percent_text(picture.share)
        case PictureState.FAILED:
            return picture.sentence
        case state:
            return tr(STATE_TEXTS[state])


def counts_text(counts: Counter[PictureState]) -> str:
    """Say how many pictures of the box are done, failed, left out, and wait."""
    done, failed = counts[PictureState.DONE], counts[PictureState.FAILED]
    waiting = counts[PictureState.WAITING] + counts[PictureState.WORKING]
    parts = [tr("{count} done", count=done)]
    if failed:
        parts.append(tr("{count} failed", count=failed))
    if waiting:
        parts.append(tr("{count} to do", count=waiting))
    if skipped := counts[PictureState.SKIPPED]:
        parts.append(tr("{count} left out", count=skipped))
    return ", ".join(parts)


def box_text(count: int, done: int) -> str:
    """Name a box as the question before leaving does."""
    return tr("a box of {count} pictures, {done} done", count=count, done=done)
