"""What a worker does with one picture, in whatever process and on whatever machine; all in and out is JSON."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.kept.known_again import file_status, sha256_if_readable
from zssr_studio.batch.one_file.order import Order
from zssr_studio.batch.one_file.preparation import prepared
from zssr_studio.batch.one_file.work import enlarged
from zssr_studio.batch.workers.crew import CancelledError
from zssr_studio.batch.workers.glance import Glance
from zssr_studio.engine.clock import Clock
from zssr_studio.engine.events import Band, Notice, NoticeKind
from zssr_studio.errors import StudioError
from zssr_studio.host.machine import memory_failure
from zssr_studio.record.told import told_figures
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.batch.one_file.options import Plain
    from zssr_studio.batch.one_file.prepared import Prepared
    from zssr_studio.batch.one_file.work import Written
    from zssr_studio.engine.events import Event

    Tell = Callable[[Plain], object]

# How often it is told how far a picture is. Chosen; nobody reads faster.
TELL_INTERVAL_S = 0.5
# What is told of a run that a person may want to look at: what became of what was learned.
LOOKED_AT = (NoticeKind.BEATEN, NoticeKind.HALOS, NoticeKind.RESTRAINED, NoticeKind.RESTARTED)


def do_order(plain: Plain, tell: Tell, hold: Callable[[], object]) -> Plain:
    """Enlarge one picture, and return what the journal keeps of it.

    Parameters
    ----------
    plain : dict
        An `Order`, as JSON has it.
    tell : callable
        Takes what happens meanwhile: `kind` is `told` with a `sentence`, or `progress` with `share` and `left_s`.
    hold : callable
        Called between two steps: it returns at once, or when a pause is over, or raises `CancelledError`.

    Returns
    -------
    dict
        `kind` is `done` with the columns of the journal, or `failed` with a `sentence`.
    """
    begun_s = time.monotonic()
    try:
        return {**_done(Order.from_plain(plain), tell, hold), "seconds": round(time.monotonic() - begun_s, 3)}
    except CancelledError:
        raise
    except StudioError as error:
        return {"kind": "failed", "sentence": str(error), **file_status(Path(plain["image"]))}
    except MemoryError:
        return {"kind": "failed", "sentence": str(memory_failure()), **file_status(Path(plain["image"]))}
    except Exception as error:  # noqa: BLE001  # the boundary: whatever it was, the other pictures go on
        sentence = f"It broke in a way that nobody foresaw ({type(error).__name__}: {error}). Please report it."
        return {"kind": "failed", "sentence": sentence, **file_status(Path(plain["image"]))}


def _done(order: Order, tell: Tell, hold: Callable[[], object]) -> Plain:
    status = file_status(order.image)
    told: list[str] = []

    def say(sentence: str) -> None:
        told.append(sentence)
        tell({"kind": "told", "sentence": sentence})

    ready = prepared(order, say)
    for note in ready.job.picture.notes:
        say(note)
    hold()
    followed = _Followed(ready, say, tell, hold)
    written = enlarged(ready, _never, followed.take)
    for note in written.notes:
        say(note)
    if written.elsewhere:
        return {"kind": "failed", "sentence": " ".join(map(str, written.elsewhere)), **status}
    return {
        "kind": "done",
        **status,
        "sha256": ready.derivation.source_sha256,
        **_output_status(written),
        "figures": {**_figures(ready, written, followed), "told": told},
        "glance": [base64.b64encode(jpeg).decode() for jpeg in followed.glance.drawn()],
    }


def _never() -> bool:
    return False


def _output_status(written: Written) -> Plain:
    status = file_status(written.output)
    return {
        "output_size": status["size"],
        "output_mtime_ns": status["mtime_ns"],
        "output_sha256": sha256_if_readable(written.output),
    }


def _figures(ready: Prepared, written: Written, followed: _Followed) -> Plain:
    job = ready.job
    return {
        **told_figures(job, written.outcome, written.output, interrupted=False),
        "source_size": {"height": job.source.height, "width": job.source.width},
        "look_at": followed.look_at,
    }


class _Followed:
    """Takes the events of a run, and tells of them now and then."""

    def __init__(self, ready: Prepared, say: Callable[[str], object], tell: Tell, hold: Callable[[], object]) -> None:
        self.glance = Glance(ready.job)
        self.look_at: list[str] = []
        self._say, self._tell, self._hold = say, tell, hold
        self._clock, self._told_s = Clock(), 0.0

    def take(self, event: Event | Band) -> None:
        """Take an event of the run."""
        self._hold()
        if isinstance(event, Band):
            self.glance.take(event)
            return
        if isinstance(event, Notice):
            self._say(notice_text(event))
            if event.kind in LOOKED_AT:
                self.look_at.append(str(event.kind))
        self._clock.take(event)
        if time.monotonic() - self._told_s >= TELL_INTERVAL_S:
            self._told_s = time.monotonic()
            self._tell({"kind": "progress", "share": self._clock.share, "left_s": self._clock.left_s})
