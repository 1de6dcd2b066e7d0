"""A run from its first step to the file that is written, whoever looks on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from zssr_studio.engine.events import Band
from zssr_studio.errors import FailureError
from zssr_studio.imaging.saving.kept import KeptElsewhereError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zssr_studio.batch.one_file.order import Prepared
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.write import Rows
    from zssr_studio.job import Job, Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What a run left behind.

    Parameters
    ----------
    outcome : Outcome
    output : Path
        Where the result lies.
    notes : tuple of str
        What could not be kept, in whole sentences.
    elsewhere : tuple of KeptElsewhereError
        What could not be written as it was asked for, and where it lies.
    """

    outcome: Outcome
    output: Path
    notes: tuple[str, ...]
    elsewhere: tuple[KeptElsewhereError, ...]


class Following:
    """Does a job, hands its events on, and keeps its outcome.

    Parameters
    ----------
    job : Job
    stop : callable
        Asked between two steps whether training is to end, and between two passes of the enlargement whether those that
        are made have to do.
    on_event : callable
        Takes each event, the bands before they are written.

    Attributes
    ----------
    outcome : Outcome or None
        Once the last band is there.
    """

    def __init__(self, job: Job, stop: Callable[[], bool], on_event: Callable[[Event | Band], object]) -> None:
        self._job, self._stop, self._on_event = job, stop, on_event
        # What ended training does not hurry the enlargement, too: it is the best so far that was asked for.
        self._ended_training: bool | None = None
        self.outcome: Outcome | None = None

    def bands(self) -> Iterator[Rows]:
        """Train, then yield the output in bands of rows from the top on.

        Raises
        ------
        StudioError
            As the pipeline does.
        """
        from zssr_studio.pipeline import upscale_in_bands

        run = upscale_in_bands(self._job, self._stop, self._is_hurried, previews=False)
        while True:
            try:
                event = next(run)
            except StopIteration as end:
                self.outcome = end.value
                return
            except RuntimeError as error:
                raise FailureError(f"Training failed: {error}. The picture is untouched.") from error
            except MemoryError as error:
                raise memory_failure() from error
            self._on_event(event)
            if isinstance(event, Band):
                yield event.pixels, event.alpha

    def _is_hurried(self) -> bool:
        """Tell whether to leave passes out, as somebody asked to end once training was over."""
        if self._ended_training is None:
            self._ended_training = self._stop()
        return self._stop() and not self._ended_training


def enlarged(prepared: Prepared, stop: Callable[[], bool], on_event: Callable[[Event | Band], object]) -> Written:
    """Train, and write the output as it comes; nothing is written before the first band is there.

    Parameters
    ----------
    prepared : Prepared
    stop, on_event : callable
        As `Following` takes them.

    Raises
    ------
    StudioError
        With a sentence for a person; what was there is as it was.
    """
    from zssr_studio.imaging.weight_files import write_weight_file
    from zssr_studio.imaging.write import write_bands

    order, job, output = prepared.order, prepared.job, prepared.output
    following = Following(job, stop, on_event)
    bands = following.bands()
    first = next(bands)
    notes: tuple[str, ...] = ()
    elsewhere: list[KeptElsewhereError] = []
    try:
        notes = write_bands(
            job.enlarged_header,
            job.out_size,
            chain([first], bands),
            output,
            overwrite=order.overwrite,
            options=prepared.export,
            derivation=prepared.derivation,
        )
    except KeptElsewhereError as error:
        elsewhere.append(error)
        output = error.path
    deque(bands, maxlen=0)  # a writer that has all rows asks for no more, and the outcome comes behind the last band
    outcome = following.outcome
    if outcome is None:
        raise FailureError("The run ended before its output was complete. Nothing else was changed; try again.")
    if order.save_weights is not None and outcome.weights is not None:
        weights = outcome.weights
        try:
            write_weight_file(weights.arrays, weights.metadata, order.save_weights, overwrite=order.overwrite)
        except KeptElsewhereError as error:
            elsewhere.append(error)
    return Written(outcome, output, notes, tuple(elsewhere))


def memory_failure() -> FailureError:
    """Make the error for memory that was not enough."""
    return FailureError(
        "The memory is not enough. Close other programs or give the container or the shell (ulimit) more, enlarge a "
        "part only (--crop) or less (--scale), and write a TIFF, which is written as it is made. The picture is "
        "untouched."
    )
