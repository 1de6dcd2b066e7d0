"""From a record to the job that does its run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.engine.config import Scale
from zssr_studio.engine.kernels.choice import resolved
from zssr_studio.engine.weights import picture_sha256
from zssr_studio.errors import BadInputError
from zssr_studio.job import Job
from zssr_studio.record.plain import crop_from, damage_from, kernel_from_packed
from zssr_studio.record.timeline import timeline_from

if TYPE_CHECKING:
    from zssr_studio.engine.weights import Weights
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.record.plain import Plain


def job_of(record: Plain, picture: Picture, init: Weights | None = None) -> Job:
    """Make the job that does a recorded run again.

    Parameters
    ----------
    record : dict
    picture : Picture
        The source, whole.
    init : Weights or None
        Those that the run began with, where it did.

    Raises
    ------
    BadInputError
        If the record is damaged, or the picture or the weights are others.
    """
    try:
        settings = record["settings"]
        scale, timeline = Scale(*map(float, settings["scale"])), timeline_from(record["run"]["timeline"])
        job = Job(
            picture=picture,
            scale=scale,
            preset=str(settings["preset"]),
            crop=crop_from(settings["crop"]),
            kernel=resolved(kernel_from_packed(settings["kernel"]), scale.factors),
            damage=damage_from(settings["damage"]),
            seed=int(settings["seed"]),
            seconds=None if settings["seconds"] is None else float(settings["seconds"]),
            steps=None if settings["steps"] is None else int(settings["steps"]),
            device=str(record["run"]["device"]).partition(":")[0],
            threads=None if settings["threads"] is None else int(settings["threads"]),
            least_gain_db=float(settings["least_gain_db"]),
            trained_s=float(settings["trained_s"]),
            # Where nothing was kept, time decided nothing: a copy.
            timeline=timeline if timeline.stages else None,
            name=str((record.get("source") or {}).get("name", "")),
        )
        wanted = None if settings["init"] is None else str(settings["init"]["sha256"])
        expected = str(record["picture"]["pixels_sha256"])
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise BadInputError(
            f"The record is damaged ({type(error).__name__}: {' '.join(str(error).split())[:120]}), so the run cannot "
            "be done again. Take another copy of the file."
        ) from error
    called = f", which was called {job.name}" if job.name else ""
    if picture_sha256(job.source.pixels) != expected:
        raise BadInputError(
            f"The source is another picture than the one that was enlarged, or it was changed since: its pixels are "
            f"not those of the record{called}. Give the picture as it was then."
        )
    if wanted is None:
        return job
    if init is None or init.sha256 != wanted:
        raise BadInputError(
            "The run began with weights that were learned before"
            + (", and these are others. " if init is not None else ". ")
            + f"Give their file, whose arrays have the SHA-256 {wanted}."
        )
    return replace(job, init=init)


def source_path(record: Plain, beside: Path, given: Path | None) -> Path:
    """Return where the source of a record is: where a person says, or beside the record under its name.

    Raises
    ------
    BadInputError
        If it is not there.
    """
    if given is not None:
        return given
    source = record.get("source")
    name = str(source.get("name", "")) if isinstance(source, dict) else ""
    # A name that leads elsewhere is none that was written.
    path = beside.parent / Path(name).name
    if not name or not path.is_file():
        told = f"'{name}' is not beside {beside.name}" if name else "the record names no file"
        raise BadInputError(f"The source of the run is needed to do it again, and {told}. Give it with --source.")
    return path


def source_page(record: Plain) -> int:
    """Return which page of its file a source is."""
    source = record.get("source")
    page = source.get("page", 1) if isinstance(source, dict) else 1
    return page if isinstance(page, int) and page >= 1 else 1
