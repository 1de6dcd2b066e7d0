"""Results to files: resampled, encoded and written, one as a person says or all of them by their names."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.app.controllers.export.file_sizes import too_large
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.blend import blended
from zssr_studio.app.models.files.export import USUAL_SOURCE_TYPE, ExportChoices, ExportSource, as_source
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record import Told, embedded, run_record
from zssr_studio.evidence.signing import is_beside, sealer, write_sidecar
from zssr_studio.imaging.export import Format, format_of, proposed_name
from zssr_studio.imaging.saving.sealed import SealError
from zssr_studio.record.settings_record import settings_record
from zssr_studio.words.methods import SOURCE_TYPES, method_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zssr_studio.app.models.compare.entry import Entry, Finished
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.evidence.signing import Signature
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.record.plain import Plain

# A folder with so many files of one name is none that a person looks through.
MOST_NAMES = 1000


@dataclass(frozen=True, slots=True, eq=False)
class WrittenResult:
    """A result as it goes into a file.

    Parameters
    ----------
    picture : Picture
        Of the run.
    bicubic : Picture or None
        What it is mixed with; None where it is written as it is.
    share : float
        Of the run in the mixture.
    settings : str
        How it was made, in a line.
    record : str or None
        The same as JSON; None for another method's, which has no settings.
    finished : Finished or None
        The run, for the record of it; None for another method's.
    """

    picture: Picture
    bicubic: Picture | None
    share: float
    settings: str
    record: str | None
    finished: Finished | None = None

    @classmethod
    def of(cls, entry: Entry, results: ResultsModel) -> WrittenResult:
        """Take a run of the list as it stands now."""
        if entry.finished is None:
            raise ValueError(f"{entry.name} is no run")
        under, share = results.under(entry), entry.finished.blend
        job, made_by = entry.finished.job, entry.finished.made_by
        record = settings_record(job) if made_by is None else None
        settings = job.settings_line
        if made_by is not None:
            settings = method_line(made_by.name, made_by.learned_from, job.scale)
        settings += "" if under is None else f"; blend {share:.2f} with bicubic"
        finished = entry.finished if made_by is None else None
        return cls(entry.picture, None if under is None else under.picture, share, settings, record, finished)

    def sized(self, choices: ExportChoices) -> Picture:
        """Mix it, and resample it to the size that is chosen."""
        picture = self.picture if self.bicubic is None else blended(self.picture, self.bicubic, self.share)
        size = choices.size_of((picture.height, picture.width))
        if size == (picture.height, picture.width):
            return picture
        # It loads torch, which takes seconds where nothing was trained yet.
        from zssr_studio.resampling import resampled

        return resampled(picture, size)


def write_result(
    result: WrittenResult,
    source: SourceFile,
    target: Path,
    choices: ExportChoices,
    *,
    overwrite: bool,
    signature: Signature | None = None,
) -> tuple[str, ...]:
    """Write a result, atomically, and return what could not be kept in it.

    Parameters
    ----------
    result : WrittenResult
    source : SourceFile
        Which may be gone by now.
    target : Path
    choices : ExportChoices
    overwrite : bool
    signature : Signature or None
        With what a run of this program is signed.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person; a file that was there is as it was.
    """
    # What encodes files takes a moment to load, and the window shows before that.
    from zssr_studio.imaging.file_size import LEAST_QUALITY, fitted
    from zssr_studio.imaging.write import write_picture

    picture = result.sized(choices)
    options = replace(choices.options, format=format_of(target))
    settings, changed = result.settings, []
    if result.bicubic is not None:
        changed.append(f"blend {result.share:.2f} with bicubic")
    if (picture.height, picture.width) != (result.picture.height, result.picture.width):
        changed.append(f"resampled to {picture.width} x {picture.height}")
        settings += f"; {changed[-1]}"
    derivation = source.derivation(settings, options.digital_source_type, result.record)
    if (most_bytes := _most_bytes(choices, options)) is not None:
        small = fitted(picture, options, most_bytes, derivation)
        if small is None:
            raise BadInputError(too_large(most_bytes, LEAST_QUALITY))
        options = small
    if result.finished is None:
        return write_picture(picture, target, overwrite=overwrite, options=options, derivation=derivation)
    job = result.finished.job
    history = result.finished.history
    told = Told(
        source.facts,
        export=options,
        changed=changed,
        notices=list(history.notices),
        losses=history.losses,
    )
    record = run_record(job, result.finished.outcome, told)
    derivation = replace(derivation, run_record=embedded(record))
    written = partial(write_picture, picture, target, overwrite=overwrite, options=options, derivation=derivation)
    if signature is None:
        return written()
    if not is_beside(job, options):
        return written(seal=sealer(signature, job, options, source.path, lambda: record, target.name))
    notes, run = written(), result.finished
    return (*notes, _signed_beside(signature, run, options, source.path, record, target, overwrite=overwrite))


def _signed_beside(
    signature: Signature,
    finished: Finished,
    options: ExportOptions,
    source: Path,
    record: Plain,
    target: Path,
    *,
    overwrite: bool,
) -> str:
    """Sign a result beside it, which is too large to be signed in memory, and say so or why not."""
    try:
        sidecar = write_sidecar(signature, finished.job, options, source, record, target, overwrite=overwrite)
    except SealError as error:
        return tr("It was not signed: {error}.", error=error)
    return tr("It is too large to be signed in memory; its signature is beside it: {name}.", name=sidecar.name)


def estimated(picture: Picture, choices: ExportChoices) -> tuple[int, int | None]:
    """Return about how many bytes a file takes, and the quality where it follows from that.

    Raises
    ------
    BadInputError
        If these choices do not go together.
    """
    # What encodes files takes a moment to load, and the window shows before that.
    from zssr_studio.imaging.file_size import LEAST_QUALITY, estimated_quality
    from zssr_studio.imaging.write import estimate_bytes

    options = choices.options
    kind, quality = options.format or Format.PNG, None
    if (most_bytes := _most_bytes(choices, options)) is not None:
        quality = estimated_quality(picture, options, most_bytes)
        if quality is None:
            raise BadInputError(too_large(most_bytes, LEAST_QUALITY))
        options = replace(options, quality=quality)
    return estimate_bytes(picture, kind, options), quality


def _most_bytes(choices: ExportChoices, options: ExportOptions) -> int | None:
    """Return how large a file may be; None where that is not said, or no quality decides it."""
    kind = options.format or Format.PNG
    return choices.most_bytes if kind.is_lossy and not options.lossless else None


def source_type_of(finished: Finished) -> str | None:
    """Return the digital source type of IPTC's that a result has by the way it was made."""
    made_by = finished.made_by
    return USUAL_SOURCE_TYPE if made_by is None else SOURCE_TYPES[made_by.learned_from]


async def write_all(
    entries: Iterable[Entry],
    results: ResultsModel,
    source: SourceFile,
    folder: Path,
    signature: Signature | None = None,
) -> list[str]:
    """Write results into a folder, each under its name and over no file that is there; those written are marked.

    Returns
    -------
    list of str
        What could not be kept in a file, each with its name.

    Raises
    ------
    BadInputError, FailureError
        If one cannot be written; those before it are written.
    """
    notes = []
    for entry in entries:
        if entry.finished is None:
            continue
        share = entry.finished.blend
        result = WrittenResult.of(entry, results)
        kind = source_type_of(entry.finished)
        choices = ExportChoices(as_source(ExportSource(source.path, entry.picture.source_bits, source_type=kind)))
        name = _file_name(entry, source.path, choices)
        write = partial(write_result, overwrite=False, signature=signature)
        place, told = await asyncio.to_thread(_written_beside_others, write, result, source, folder / name, choices)
        mark_written(results, entry.key, share, place)
        notes += [f"{place.name}: {note}" for note in told]
    return notes


def mark_written(results: ResultsModel, key: int, share: float, path: Path) -> None:
    """Take note that a result is in a file, unless it is gone or mixed otherwise meanwhile."""
    now = results.get(key)
    if now is not None and now.finished is not None and now.finished.blend == share:
        results.mark_exported(key, path)


def proposed_for(finished: Finished, source: Path, kind: Format) -> str:
    """Propose the name of a result's file, which says what it was made by."""
    proposed = proposed_name(source, str(finished.job.scale), kind)
    if finished.made_by is None:
        return proposed
    method = _as_name(finished.made_by.name)
    return f"{source.stem}_{method}_{finished.job.scale}x{Path(proposed).suffix}"


def _file_name(entry: Entry, source: Path, choices: ExportChoices) -> str:
    """Name a file after the source, its scale and the run."""
    kind = choices.options.format or Format.PNG
    if entry.finished is None or entry.finished.made_by is not None:
        return proposed_name(source, "", kind) if entry.finished is None else proposed_for(entry.finished, source, kind)
    proposed = Path(proposed_for(entry.finished, source, kind))
    run = _as_name(entry.name)
    return f"{proposed.stem}_{run}{proposed.suffix}" if run else proposed.name


def _as_name(text: str) -> str:
    return re.sub(r"[^\w.,()+-]+", "-", text).strip("-.")[:60]


def _written_beside_others(
    write: Callable[[WrittenResult, SourceFile, Path, ExportChoices], tuple[str, ...]],
    result: WrittenResult,
    source: SourceFile,
    target: Path,
    choices: ExportChoices,
) -> tuple[Path, tuple[str, ...]]:
    """Write to a place, or beside it under a further number where the name is taken; return where, and the notes."""
    for number in range(1, MOST_NAMES):
        place = target if number == 1 else target.with_stem(f"{target.stem} ({number})")
        if place.exists() or place.is_symlink():
            continue
        return place, write(result, source, place, choices)
    raise BadInputError(
        tr("{folder} holds too many files that are called {name}. Choose another folder.", folder=target.parent,
           name=target.name)
    )  # fmt: skip
