"""A batch as a series of events for the window, which says between two of them what it wants."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from wakepy import keep

from zssr_studio.app.box_batch.journal import input_of
from zssr_studio.app.box_batch.options import options_of
from zssr_studio.batch.coordinator import Coordinator
from zssr_studio.batch.kept.journal import Journal
from zssr_studio.batch.kept.lock import journal_path, only_batch
from zssr_studio.batch.kept.resume import ask_for, settings_hash
from zssr_studio.batch.names import naming
from zssr_studio.batch.workers.machine import workers_for
from zssr_studio.errors import FailureError
from zssr_studio.evidence.signing import check_signature

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.app.models.box.order import BoxOrder, Wishes
    from zssr_studio.batch.events import BatchEvent


# What the terminal has beside the options, where nobody says otherwise: what one of the two did, the other passes over.
USUAL = {"kin": 0, "each_estimate": True}


def batch_events(order: BoxOrder, wishes: Wishes) -> Generator[BatchEvent]:
    """Do a batch; closing this ends it at once, and what is in hand begins again next time.

    Raises
    ------
    BadInputError, FailureError
        If another batch works in the folder, two pictures would give one result, nothing can be signed as it is
        wished, or no worker can work.
    """
    if order.signature is not None:
        check_signature(order.signature)
    folder = order.plan.folder
    options = options_of(order.settings, order.plan)
    inputs = [input_of(one) for one in order.pictures]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FailureError(f"{folder} cannot be made ({error.strerror or error}). Choose another folder.") from error
    path = journal_path(folder, None)
    # Nights are long, and a machine sleeps that nobody touches. Where it cannot be asked not to, what is left waits.
    with keep.running(on_fail="pass"), only_batch(path), closing(Journal(path)) as journal:
        names = naming(order.plan.name, options, keeps_folders=True)
        settings = settings_hash(options, USUAL, is_signed=order.signature is not None)
        # Who starts again wants what failed to be tried again.
        ask_for(inputs, names, journal, folder, options, settings=settings, tries_failed_again=True)
        crew, options = workers_for(options, None)
        with closing(crew):
            coordinator = Coordinator(journal, folder, options, crew, None, order.signature, overwrite=False)
            yield from _followed(coordinator, wishes)


def _followed(coordinator: Coordinator, wishes: Wishes) -> Generator[BatchEvent]:
    is_paused = False
    with closing(coordinator.events()) as events:
        for event in events:
            if wishes.is_paused is not is_paused:
                is_paused = wishes.is_paused
                (coordinator.pause if is_paused else coordinator.go_on)()
            if wishes.ends_after_these and not coordinator.is_ending:
                coordinator.end_after_these()
            yield event
