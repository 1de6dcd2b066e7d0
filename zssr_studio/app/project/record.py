"""A project into a store, and back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.entry import Entry, Finished, Kind
from zssr_studio.app.models.compare.place import Place
from zssr_studio.app.models.run.made_by import MadeBy
from zssr_studio.app.project.plain import plain_settings, settings_from
from zssr_studio.app.project.project import Project, Training
from zssr_studio.app.project.runs import (
    checkpoint_from,
    history_from,
    job_from,
    maps_from,
    outcome_from,
    pixels_of,
    plain_checkpoint,
    plain_history,
    plain_job,
    plain_maps,
    plain_outcome,
    with_pixels,
)
from zssr_studio.app.project.source import read_source
from zssr_studio.app.project.store import Reader, Store, unusable
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.record.plain import Plain, crop_from, plain_crop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.app.project.runs import Put


def write_project(project: Project, store: Store) -> None:
    """Write a project into a store; what is large and in it already is not written again.

    Raises
    ------
    BadInputError, FailureError
        If the disk is full or fails; what the store held before is whole.
    """
    named: set[str] = set()

    def put(owner: object, arrays: dict[str, Any]) -> str:
        name = store.put(owner, arrays)
        named.add(name)
        return name

    source = project.source
    file = store.put_file(project.picture, source.copy, source.sha256)
    named.add(file)
    training = project.training
    record = {
        "source": {"file": file, "path": str(source.path), "page": source.page, "when": source.when},
        "crop": plain_crop(project.crop),
        "settings": plain_settings(project.settings),
        "entries": [_plain_entry(entry, put) for entry in project.entries],
        "current": project.current,
        "truth": project.truth,
        "runs": project.runs,
        "waiting": [plain_job(job, put) for job in project.waiting],
        "training": None if training is None else _plain_training(training, put),
    }
    store.write(record, named)


def read_project(folder: Path, name: str) -> Project:
    """Read a project from the folder of a store; `name` is what a person calls it.

    Raises
    ------
    BadInputError
        With a sentence for a person, if it is damaged.
    """
    with _told(name):
        reader = Reader(folder)
        record = reader.record()
        source = _source_from(record["source"], reader)
        picture = read_picture(source.copy, source.page)
        entries: dict[int, Entry] = {}
        # The bicubic ones take what they keep of the source from their runs, which stand behind them.
        plain = record["entries"]
        for one in sorted(plain, key=lambda one: one["kind"] == Kind.BICUBIC):
            entry = _entry_from(one, picture, entries, reader)
            if entry.kind is Kind.INPUT:
                entry = replace(entry, path=source.path)
            entries[entry.key] = entry
        ordered = tuple(entries[one["key"]] for one in plain)
        _check(ordered, record)
        training = record["training"]
        return Project(
            picture=picture,
            source=source,
            crop=crop_from(record["crop"]),
            settings=settings_from(record["settings"]),
            entries=ordered,
            current=record["current"],
            truth=record["truth"],
            runs=int(record["runs"]),
            waiting=tuple(job_from(job, picture, reader) for job in record["waiting"]),
            training=None if training is None else _training_from(training, picture, reader),
        )


def summary_of(folder: Path) -> tuple[Path, int, float | None]:
    """Tell of a store without its pixels: the picture's path, the count of runs, and the seconds trained so far.

    Raises
    ------
    BadInputError
        If it is damaged.
    """
    with _told(tr("The work that was saved last")):
        record = Reader(folder).record()
        runs = sum(entry["kind"] == Kind.RUN for entry in record["entries"])
        training = record["training"]
        trained_s = None
        if training is not None:
            trained_s = 0.0 if training["checkpoint"] is None else float(training["checkpoint"]["elapsed_s"])
        return Path(record["source"]["path"]), runs, trained_s


def _source_from(plain: Plain, reader: Reader) -> SourceFile:
    """Tell of the file that the project brings along, under the name that it had where it was opened."""
    path, copy = Path(plain["path"]), read_source(reader.path(plain["file"]), int(plain["page"]))
    # Projects of November 2026 do not say when it was changed last.
    return replace(copy, path=path, facts={**copy.facts, "name": path.name}, when=str(plain.get("when", copy.when)))


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, MemoryError, IndexError) as error:
        raise unusable(name, error) from error


def _plain_entry(entry: Entry, put: Put) -> Plain:
    plain: Plain = {"key": entry.key, "kind": str(entry.kind), "name": entry.name, "place": asdict(entry.place)}
    if entry.kind is Kind.INPUT:
        return plain
    arrays = pixels_of(entry.picture)
    if entry.kind is Kind.FILE:
        # Only what is needed to look at it and to compare it.
        plain["path"], plain["bits"] = str(entry.path), entry.picture.source_bits
        if entry.picture.icc_profile is not None:
            arrays["icc"] = np.frombuffer(entry.picture.icc_profile, np.uint8)
    plain["pixels"] = put(entry.picture, arrays)
    if entry.finished is not None:
        plain["path"] = None if entry.path is None else str(entry.path)
        plain["finished"] = _plain_finished(entry.finished, put)
    return plain


def _entry_from(plain: Plain, picture: Picture, entries: dict[int, Entry], reader: Reader) -> Entry:
    key, kind, place = int(plain["key"]), Kind(plain["kind"]), Place(**plain["place"])
    if kind is Kind.INPUT:
        return Entry(key, kind, plain["name"], picture, place)
    arrays = reader.arrays(plain["pixels"])
    finished = _finished_from(plain["finished"], picture, reader) if kind is Kind.RUN else None
    path = None
    if kind is Kind.FILE:
        icc = arrays.pop("icc", None)
        header = Picture(
            arrays["pixels"], icc_profile=None if icc is None else icc.tobytes(), source_bits=int(plain["bits"])
        )
        path = Path(plain["path"])
    elif finished is not None:
        header = finished.job.enlarged_header
        # Projects of November 2026 do not say where a run was exported to.
        path = None if plain.get("path") is None else Path(plain["path"])
    else:
        header = next(one.picture for one in entries.values() if one.finished and one.finished.bicubic == key)
    return Entry(key, kind, plain["name"], with_pixels(header, arrays), place, finished, path)


def _plain_finished(finished: Finished, put: Put) -> Plain:
    return {
        "job": plain_job(finished.job, put),
        "outcome": plain_outcome(finished.outcome, put),
        "history": plain_history(finished.history, put),
        "maps": plain_maps(finished.maps, put),
        **{name: getattr(finished, name) for name in ("gain_db", "bicubic", "exported", "blend")},
        "made_by": None if finished.made_by is None else asdict(finished.made_by),
    }


def _finished_from(plain: Plain, picture: Picture, reader: Reader) -> Finished:
    job = job_from(plain["job"], picture, reader)
    return Finished(
        job=job,
        outcome=outcome_from(plain["outcome"], reader),
        gain_db=plain["gain_db"],
        bicubic=int(plain["bicubic"]),
        exported=bool(plain["exported"]),
        blend=float(plain["blend"]),
        history=history_from(plain["history"], job, reader),
        # Projects from before other methods were compared have runs only.
        made_by=_made_by_from(plain.get("made_by")),
        maps=maps_from(plain.get("maps"), reader),
    )


def _made_by_from(plain: Plain | None) -> MadeBy | None:
    if plain is None:
        return None
    return MadeBy(str(plain["key"]), str(plain["name"]), LearnedFrom(plain["learned_from"]))


def _plain_training(training: Training, put: Put) -> Plain:
    checkpoint = training.checkpoint
    return {
        "job": plain_job(training.job, put),
        "checkpoint": None if checkpoint is None else plain_checkpoint(checkpoint, put),
        "history": plain_history(training.history, put),
    }


def _training_from(plain: Plain, picture: Picture, reader: Reader) -> Training:
    job = job_from(plain["job"], picture, reader)
    checkpoint = None if plain["checkpoint"] is None else checkpoint_from(plain["checkpoint"], reader)
    history = history_from(plain["history"], job, reader)
    return Training(replace(job, checkpoint=checkpoint), checkpoint, history)


def _check(entries: tuple[Entry, ...], record: Plain) -> None:
    """Refuse a record that does not hang together."""
    kinds = {entry.key: entry.kind for entry in entries}
    if not entries or entries[0].kind is not Kind.INPUT or len(kinds) != len(record["entries"]):
        raise ValueError(tr("its list of results is damaged"))
    if record["current"] is not None and kinds.get(record["current"]) is not Kind.RUN:
        raise ValueError(tr("the run that was shown is missing"))
    if record["truth"] is not None and kinds.get(record["truth"]) is not Kind.FILE:
        raise ValueError(tr("the ground truth is missing"))
    for entry in entries:
        if entry.finished is not None and kinds.get(entry.finished.bicubic) is not Kind.BICUBIC:
            raise ValueError(tr("what {name} is compared with is missing", name=entry.name))
