"""The record of a run: all that is known of how a result came about, as plain values for JSON.

`resources/run_record.schema.json` says what stands where. What a run needs to be done again stands in it, to the bit.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zssr_studio import __version__
from zssr_studio.engine.events import Notice, NoticeKind, Step
from zssr_studio.engine.weights import picture_sha256
from zssr_studio.record.curve import Curve, recorded_curve
from zssr_studio.record.settings_record import plain_job_settings
from zssr_studio.record.timeline import plain_timeline
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.engine.events import Band, Event
    from zssr_studio.engine.runtime.computation import Computation
    from zssr_studio.engine.weights import Weights
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain

FORMAT = "zssr-studio run record 1"
SCHEMA = "run_record.schema.json"
# What is no part of the run itself: it differs from one time to the next, and a file that is made again is to be equal.
ONLY_BESIDE = ("times", "file")
OF_THE_MOMENT = frozenset({NoticeKind.FEWER_THREADS, NoticeKind.THREADS_HELD_UP, NoticeKind.OVER_BUDGET})
# Of EXIF, what archives ask of a source.
CAMERA = ("Make", "Model", "Software", "DateTime", "DateTimeOriginal")


@dataclass(slots=True)
class Told:
    """What is known of a run by whoever has it done.

    Parameters
    ----------
    source : Plain or None
        Facts of the source's file; None where the picture came from no file.
    found : sequence of str
        What was found in the picture, in sentences.
    is_kernel_found, is_damage_found : bool or None
        Whether kernel and damage were found in the picture, or else named; None where that is not known.
    export : ExportOptions or None
        How the result is written; None while it is not.
    changed : sequence of str
        What was done to the result before it was written, such as a mixture with another one.
    began : datetime
    notices : list of Notice
        What the run told.
    losses : Curve
        Of the training.
    """

    source: Plain | None = None
    found: Sequence[str] = ()
    is_kernel_found: bool | None = None
    is_damage_found: bool | None = None
    export: ExportOptions | None = None
    changed: Sequence[str] = ()
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    notices: list[Notice] = field(default_factory=list)
    losses: Curve = field(default_factory=Curve)

    def take(self, event: Event | Band) -> None:
        """Keep what a person should know of a run, and the course of its training."""
        match event:
            case Notice():
                self.notices.append(event)
            case Step():
                self.losses.add(event.step, event.loss)


def run_record(job: Job, outcome: Outcome, told: Told) -> Plain:
    """Record a run that came to its end.

    Parameters
    ----------
    job : Job
    outcome : Outcome
    told : Told
    """
    from zssr_studio.engine.runtime.computation import Computation

    height, width = job.out_size
    record = {
        "format": FORMAT,
        "program": {"name": "ZSSR Studio", "version": __version__},
        "source": told.source,
        "picture": _picture(job.source),
        "settings": _settings(job),
        "found": {
            "kernel": _HOW[told.is_kernel_found],
            "damage": _HOW[told.is_damage_found],
            "kernel_uncertainty": None if job.kernel is None else job.kernel.uncertainty,
            "sentences": list(told.found),
        },
        "run": {
            "reason": str(outcome.reason),
            "device": outcome.device,
            "steps": outcome.steps,
            "restarts": outcome.restarts,
            "passes_share": outcome.passes_share,
            "weights_sha256": None if outcome.weights is None else outcome.weights.sha256,
            "timeline": plain_timeline(outcome.timeline),
            "losses": recorded_curve(told.losses),
        },
        "computation": _computation(job, Computation.here()),
        "result": {
            "height": height,
            "width": width,
            "channels": job.picture.channels,
            "pixels_sha256": outcome.pixels_sha256,
            "alpha_sha256": outcome.alpha_sha256,
            "export": None if told.export is None else _export(told.export),
            "changed": list(told.changed),
        },
        "measures": _measures(outcome),
        "other_pictures": [asdict(picture) for picture in outcome.other_pictures],
        "notices": [{"kind": str(one.kind), "sentence": notice_text(one)} for one in told.notices],
        "times": {
            "began": told.began.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "training_s": round(outcome.training_s, 3),
            "output_s": round(outcome.output_s, 3),
        },
    }
    # After a run nothing may keep its result from being written, a figure that is none least of all.
    return {name: _finite(value) for name, value in record.items()}


def embedded(record: Plain) -> str:
    """Write what goes into the file of the result: without times, so that a run done again writes the same file."""
    kept = {name: value for name, value in record.items() if name not in ONLY_BESIDE}
    kept["notices"] = [notice for notice in record["notices"] if notice["kind"] not in OF_THE_MOMENT]
    # What a machine had to spare changes no pixel but by the side of the blocks, which the timeline has.
    kept["settings"] = {**record["settings"], "memory_bytes": None}
    return json.dumps(kept, **_COMPACT)


def beside(record: Plain, result: Path) -> bytes:
    """Write what lies beside a result, with the hash of the result's file."""
    from zssr_studio.imaging.metadata.derivation import file_sha256

    file = {"name": result.name, "bytes": result.stat().st_size, "sha256": file_sha256(result)}
    text = json.dumps({**record, "file": file}, indent=2, allow_nan=False, ensure_ascii=False)
    # Bytes of a file's name that are no text are none in JSON either.
    return (text + "\n").encode("utf-8", "replace")


def source_facts(path: Path, sha256: str, page: int = 1) -> Plain:
    """Tell of the file of a source what its header tells; no pixel is decoded.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    from zssr_studio.imaging.describe import described

    told = described(path, page)
    names = ("bytes", "format", "height", "width", "colours", "bits", "float", "alpha", "orientation", "page", "pages")
    exif: dict[str, Any] = told["exif"] or {}
    return {
        "name": path.name,
        "sha256": sha256,
        **{name: told[name] for name in names},
        "profile": None if told["profile"] is None else told["profile"]["name"],
        "pixels_per_inch": told["pixels_per_inch"],
        "camera": {name: str(exif[name]) for name in CAMERA if name in exif},
    }


_HOW = {True: "found", False: "named", None: None}
_COMPACT: dict[str, Any] = {"separators": (",", ":"), "allow_nan": False, "ensure_ascii": False}


def _finite(value: Any) -> Any:
    """Take numbers that are none, which JSON does not know, for unknown."""
    match value:
        case dict():
            return {name: _finite(one) for name, one in value.items()}
        case list() | tuple():
            return [_finite(one) for one in value]
        case float():
            return value if math.isfinite(value) else None
        case _:
            return value


def _picture(picture: Picture) -> Plain:
    """Tell of the part that is trained on."""
    return {
        "height": picture.height,
        "width": picture.width,
        "channels": picture.channels,
        "bits": picture.source_bits,
        "pixels_sha256": picture_sha256(picture.pixels),
        "alpha_sha256": None if picture.alpha is None else picture_sha256(picture.alpha),
    }


def _computation(job: Job, here: Computation) -> Plain:
    """Tell with what a run computed; where the threads are given, what torch would take otherwise says nothing."""
    return {**asdict(here), "threads": here.threads if job.threads is None else job.threads}


def _settings(job: Job) -> Plain:
    further = ("threads", "least_gain_db", "memory_bytes", "trained_s")
    return {
        **plain_job_settings(job, exact=True),
        **{name: getattr(job, name) for name in further},
        "init": None if job.init is None else _weights(job.init),
    }


def _weights(weights: Weights) -> Plain:
    return {"sha256": weights.sha256, "pictures": [asdict(picture) for picture in weights.pictures]}


def _export(options: ExportOptions) -> Plain:
    plain = asdict(options)
    colour = options.colour
    return {
        **{name: None if value is None else str(value) for name, value in plain.items() if name in _WORDS},
        **{name: value for name, value in plain.items() if name not in _WORDS},
        "colour": colour.name if isinstance(colour, Path) else colour,
        "is_colour_of_a_file": isinstance(colour, Path),
    }


_WORDS = ("format", "metadata", "resolution", "compression", "digital_source_type")


def _measures(outcome: Outcome) -> Plain:
    consistency, figures = outcome.psnr_consistency_db, outcome.figures
    return {
        # Equal to the last bit is no number in JSON.
        "psnr_consistency_db": round(consistency, 4) if math.isfinite(consistency) else None,
        "maps": None if figures is None else asdict(figures),
    }
