"""Jobs, what came of them, and how they went: into a store and back."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.app.language import tr
from zssr_studio.app.models.run.film import Frame
from zssr_studio.app.models.run.history import CURVES, History, Mark
from zssr_studio.app.project.plain import SHARED
from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Notice, NoticeKind, Reason
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.maps import Maps
from zssr_studio.engine.weights import Weights
from zssr_studio.job import Job, Outcome
from zssr_studio.record.plain import (
    Plain,
    crop_from,
    damage_from,
    figures_from,
    kernel_from,
    plain_crop,
    plain_damage,
    plain_kernel,
)
from zssr_studio.record.timeline import plain_timeline, timeline_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.project.store import Reader
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.record.curve import Curve

    Put = Callable[[object, dict[str, Any]], str]

JOB = (*SHARED, "least_gain_db", "memory_bytes", "trained_s", "name")
OUTCOME = (
    *("device", "steps", "training_s", "output_s", "psnr_consistency_db", "passes_share"),
    *("restarts", "pixels_sha256", "alpha_sha256"),
)


def plain_job(job: Job, put: Put) -> Plain:
    """Take a job apart; its picture is the project's."""
    return {
        **{name: getattr(job, name) for name in JOB},
        "scale": list(job.scale.factors),
        "crop": plain_crop(job.crop),
        "kernel": plain_kernel(job.kernel),
        "damage": plain_damage(job.damage),
        "init": plain_weights(job.init, put),
        "timeline": None if job.timeline is None else plain_timeline(job.timeline),
    }


def job_from(plain: Plain, picture: Picture, reader: Reader) -> Job:
    """Put a job together."""
    kernel = kernel_from(plain["kernel"])
    if not (kernel is None or isinstance(kernel, Kernel)):
        raise ValueError("a run has a shape for a kernel")
    return Job(
        picture=picture,
        **{name: plain[name] for name in JOB},
        scale=Scale(*plain["scale"]),
        crop=crop_from(plain["crop"]),
        kernel=kernel,
        damage=damage_from(plain["damage"]),
        init=weights_from(plain["init"], reader),
        timeline=None if plain.get("timeline") is None else timeline_from(plain["timeline"]),
    )


def plain_weights(weights: Weights | None, put: Put) -> Plain | None:
    """Take weights apart."""
    return None if weights is None else {"metadata": weights.metadata, "arrays": put(weights, dict(weights.arrays))}


def weights_from(plain: Plain | None, reader: Reader) -> Weights | None:
    """Put weights together, checked as those of a file are."""
    if plain is None:
        return None
    return Weights.from_file(tr("The project"), reader.arrays(plain["arrays"]), plain["metadata"])


def plain_outcome(outcome: Outcome, put: Put) -> Plain:
    """Take an outcome apart."""
    values = {name: getattr(outcome, name) for name in OUTCOME}
    return {
        **values,
        "reason": str(outcome.reason),
        "weights": plain_weights(outcome.weights, put),
        "timeline": plain_timeline(outcome.timeline),
        "figures": None if outcome.figures is None else dataclasses.asdict(outcome.figures),
    }


def outcome_from(plain: Plain, reader: Reader) -> Outcome:
    """Put an outcome together."""
    return Outcome(
        # Projects of November 2026 tell nothing of passes: all were made.
        **{name: plain[name] for name in OUTCOME if name in plain},
        reason=Reason(plain["reason"]),
        weights=weights_from(plain["weights"], reader),
        timeline=timeline_from(plain.get("timeline")),
        figures=figures_from(plain.get("figures")),
    )


def plain_maps(maps: Maps | None, put: Put) -> str | None:
    """Put the maps of a result into the store, and return their name there."""
    if maps is None:
        return None
    arrays = {"error": maps.error, "beyond": maps.beyond, "deviation": maps.deviation, "members": maps.members}
    return put(maps, {name: array for name, array in arrays.items() if array is not None})


def maps_from(name: str | None, reader: Reader) -> Maps | None:
    """Take the maps of a result out of the store."""
    if name is None:
        return None
    arrays = reader.arrays(name)
    return Maps(arrays["error"], arrays["beyond"], arrays.get("deviation"), arrays.get("members"))


def plain_checkpoint(checkpoint: Checkpoint, put: Put) -> Plain:
    """Take a checkpoint apart."""
    values = {f.name: getattr(checkpoint, f.name) for f in dataclasses.fields(checkpoint) if f.name != "arrays"}
    timeline = plain_timeline(checkpoint.timeline)
    return {**values, "timeline": timeline, "arrays": put(checkpoint, dict(checkpoint.arrays))}


def checkpoint_from(plain: Plain, reader: Reader) -> Checkpoint:
    """Put a checkpoint together."""
    errors = tuple((int(step), float(error)) for step, error in plain["errors"])
    # Projects of November 2026 have no timeline.
    timeline = timeline_from(plain.get("timeline"))
    return Checkpoint(**{**plain, "arrays": reader.arrays(plain["arrays"]), "errors": errors, "timeline": timeline})


def plain_history(history: History, put: Put) -> Plain:
    """Take curves, marks and film apart; the curves of a run that goes on are written anew each time."""
    curves = {name: getattr(history, name) for name in CURVES}
    return {
        "curves": {name: plain_curve(curve) for name, curve in curves.items()},
        "marks": [[mark.step, mark.text] for mark in history.marks],
        "notices": [[str(notice.kind), dict(notice.values)] for notice in history.notices],
        "every": history.film.every,
        "film": [
            {
                **{name: getattr(frame, name) for name in ("step", "elapsed_s", "top", "left")},
                "pixels": put(frame, {"pixels": frame.pixels}),
            }
            for frame in history.film.frames
        ],
    }


def plain_curve(curve: Curve) -> Plain:
    """Take a curve apart."""
    return {"steps": curve.steps, "values": curve.values, "group": curve.group}


def history_from(plain: Plain, job: Job, reader: Reader) -> History:
    """Put curves, marks and film together."""
    history = History(job)
    for name in CURVES:
        getattr(history, name).lay_in(**plain["curves"][name])
    history.marks = [Mark(int(step), str(text)) for step, text in plain["marks"]]
    # Projects of November 2026 keep none.
    history.notices = [Notice(NoticeKind(kind), dict(values)) for kind, values in plain.get("notices", ())]
    history.film.frames, history.film.every = [_frame(one, reader) for one in plain["film"]], int(plain["every"])
    return history


def pixels_of(picture: Picture) -> dict[str, Any]:
    """Return the arrays of a picture by name."""
    arrays: dict[str, Any] = {"pixels": picture.pixels}
    return arrays if picture.alpha is None else {**arrays, "alpha": picture.alpha}


def with_pixels(header: Picture, arrays: dict[str, Any]) -> Picture:
    """Put a picture together from a header that fits."""
    return replace(header, pixels=arrays["pixels"], alpha=arrays.get("alpha"))


def _frame(plain: Plain, reader: Reader) -> Frame:
    pixels = reader.arrays(plain["pixels"])["pixels"]
    if pixels.dtype != np.uint8 or pixels.ndim != 3:
        raise ValueError(tr("a frame of its film is damaged"))
    return Frame(plain["step"], plain["elapsed_s"], plain["top"], plain["left"], pixels)
