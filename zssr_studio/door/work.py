"""The way from a job to a result of the front door: what is found first, the run, and what was told meanwhile."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zssr_studio.door.findings import find_damage
from zssr_studio.door.result import Result, Settings
from zssr_studio.engine.relay import returned
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record import Told, embedded, run_record, source_facts
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
) -> tuple[Job, Told]:
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
    Told
        What was found, for the record.
    """
    from zssr_studio.engine.runtime.device import choose_device

    choose_device(job.device)
    if job.scale.is_copy:
        return job, Told()
    told, is_damage_found = [], damage is None
    if damage is None:
        # Of the whole picture, which has more flat parts to tell noise by than a crop of it.
        damage = find_damage(job.picture)
        told.append(f"Found: {damage_text(damage)}.")
    grain, colour = kept
    if grain is not None:
        damage = replace(damage, grain=grain)
    if colour is not None:
        damage = replace(damage, grain_colour=colour)
    job = replace(job, damage=damage)
    if finds_kernel:
        from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel_of_part

        found = estimate_kernel_of_part(job.picture.pixels, job.source.pixels, job.scale.factors, job.damage)
        job = replace(job, kernel=found.kernel)
        told.append(kernel_finding_text(found))
    return job, Told(found=told, is_kernel_found=finds_kernel, is_damage_found=is_damage_found)


def finished(came: Taken, job: Job, told: Told, on_event: Callable[[Event], object] | None) -> Result[Any]:
    """Do a job, and hand its result back as its picture came; `told` is what its record says of it so far.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    derivation = _derivation(came, job)
    if derivation is not None and came.path is not None:
        told.source = source_facts(came.path, derivation.source_sha256)
    made = _followed(job, told, on_event)
    record = run_record(job, made.outcome, told)
    if derivation is not None:
        derivation = replace(derivation, run_record=embedded(record))
    return Result(
        pixels=came.layout.back(made.picture),
        picture=made.picture,
        settings=Settings.of(job, made.outcome),
        consistency_db=made.outcome.psnr_consistency_db,
        kernel=job.kernel,
        damage=job.damage,
        notices=(*came.picture.notes, *told.found, *map(notice_text, told.notices)),
        weights=made.outcome.weights,
        maps=made.maps,
        source=came.path,
        record=record,
        _derivation=derivation,
    )


def _followed(job: Job, told: Told, on_event: Callable[[Event], object] | None) -> RunResult:
    """Advance a run to its end; what `on_event` raises is its own and ends the run."""
    from zssr_studio import pipeline

    def take(event: Event) -> None:
        told.take(event)
        if on_event is not None:
            on_event(event)

    with closing(pipeline.upscale(job, previews=on_event is not None)) as run:
        return returned(run, take)


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
