"""The way from a job to a result of the front door: what is found first, the run, and what was told meanwhile."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zssr_studio.door.findings import estimate_kernel, find_damage
from zssr_studio.door.result import Result, Settings
from zssr_studio.engine.events import Notice
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.metadata.derivation import derivation_of
from zssr_studio.record.settings_record import settings_record
from zssr_studio.words.findings import damage_text, kernel_finding_text
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.door.intake import Taken
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.job import Job
    from zssr_studio.job import Result as RunResult

DIGITAL_SOURCE_TYPE = "algorithmicallyEnhanced"


def prepared(
    job: Job, damage: Damage | None, kept: tuple[float | None, float | None], *, finds_kernel: bool
) -> tuple[Job, tuple[str, ...]]:
    """Find in the picture what was not named: its damage first, since it hides the blur.

    Parameters
    ----------
    job : Job
        Checked already: what takes seconds to find comes behind everything that can be refused.
    damage : Damage or None
        None is to be found.
    kept : tuple of (float or None)
        Take the place of the damage's own grain, and of that of its colour.
    finds_kernel : bool
        Whether the kernel is to be found.

    Returns
    -------
    Job
        With both.
    tuple of str
        What was found, in sentences.
    """
    from zssr_studio.engine.runtime.device import choose_device

    choose_device(job.device)
    if job.scale.is_copy:
        return job, ()
    told = []
    if damage is None:
        damage = find_damage(job.source)
        told.append(f"Found: {damage_text(damage)}.")
    grain, colour = kept
    if grain is not None:
        damage = replace(damage, grain=grain)
    if colour is not None:
        damage = replace(damage, grain_colour=colour)
    job = replace(job, damage=damage)
    if finds_kernel:
        found = estimate_kernel(job.source, job.scale, cleaning=job.damage)
        job = replace(job, kernel=found.kernel)
        told.append(kernel_finding_text(found))
    return job, tuple(told)


def finished(came: Taken, job: Job, told: tuple[str, ...], on_event: Callable[[Event], object] | None) -> Result[Any]:
    """Do a job, and hand its result back as its picture came.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    derivation = _derivation(came, job)
    made, notices = _followed(job, on_event)
    return Result(
        pixels=came.layout.back(made.picture),
        picture=made.picture,
        settings=Settings.of(job, made.outcome),
        consistency_db=made.outcome.psnr_consistency_db,
        kernel=job.kernel,
        damage=job.damage,
        notices=(*came.picture.notes, *told, *notices),
        weights=made.outcome.weights,
        source=came.path,
        _derivation=derivation,
    )


def _followed(job: Job, on_event: Callable[[Event], object] | None) -> tuple[RunResult, list[str]]:
    """Advance a run to its end; what `on_event` raises is its own and ends the run."""
    from zssr_studio import pipeline

    notices: list[str] = []
    with closing(pipeline.upscale(job, previews=on_event is not None)) as run:
        while True:
            try:
                event = next(run)
            except StopIteration as end:
                result: RunResult = end.value
                return result, notices
            except RuntimeError as error:
                raise FailureError(f"Training failed: {error}. The picture is untouched.") from error
            if isinstance(event, Notice):
                notices.append(notice_text(event))
            if on_event is not None:
                on_event(event)


def _derivation(came: Taken, job: Job) -> Derivation | None:
    """Tell of which file a result is made, as it is before the run; None where it came from no file."""
    if came.path is None:
        return None
    try:
        source_type = None if job.scale.is_copy else DIGITAL_SOURCE_TYPE
        return derivation_of(came.path, job.settings_line, source_type, settings_record(job))
    except OSError as error:
        raise BadInputError(
            f"{came.path} cannot be read again ({error.strerror or error}). Leave it in its place until it is enlarged."
        ) from error
