"""What the strip of pictures says of each: pure functions of the models."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.app.language import number_text, percent_text, tr
from zssr_studio.app.models.compare.comparison import LETTERS
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.views.compare.result_row import Request, Row
from zssr_studio.words.methods import LEARNED_FROM_TEXTS
from zssr_studio.words.presets import PRESET_TITLES
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from zssr_studio.app.models.compare.comparison import Comparison
    from zssr_studio.app.models.compare.entry import Entry, Finished
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.engine.psnr_ssim import PsnrSsim

# Keys of entries begin at 1.
GOING = 0
_ALWAYS = frozenset({Request.SHOW, Request.TICK})
_OF_RUNS = frozenset({Request.RENAME, Request.EXPORT, Request.SETTINGS, Request.REMOVE})
_OF_METHODS = _OF_RUNS - {Request.SETTINGS}
_OF_FILES = frozenset({Request.RENAME, Request.REMOVE})


@dataclass(frozen=True, slots=True)
class Going:
    """The run that goes on: what it will be called, and how far it has come, 0 to 1."""

    name: str
    progress: float


def rows_of(
    results: ResultsModel, comparison: Comparison, thumbnails: Mapping[int, QImage], going: Going | None
) -> tuple[Row, ...]:
    """Describe all entries in their order, with the run that goes on where it will stand when it is done."""
    rows = [row_of(entry, results, comparison, thumbnails.get(entry.key)) for entry in results.entries]
    if going is not None:
        files = sum(entry.kind is Kind.FILE for entry in results.entries)
        rows.insert(len(rows) - files, _row_of_going(going, comparison, thumbnails.get(GOING)))
    return tuple(rows)


def row_of(entry: Entry, results: ResultsModel, comparison: Comparison, thumbnail: QImage | None) -> Row:
    """Describe an entry."""
    chosen = comparison.chosen
    return Row(
        key=entry.key,
        name=_name(entry),
        detail=_detail(entry, is_truth=entry.key == results.truth),
        spoken=_spoken(entry, results, comparison),
        thumbnail=thumbnail,
        letter=LETTERS[chosen.index(entry.key)] if entry.key in chosen else "",
        is_shown=entry.key in comparison.shown,
        is_exported=entry.key == results.current,
        is_best=entry.key == results.best,
        is_new=not entry.seen,
        is_truth=entry.key == results.truth,
        carried=carried_with(entry.key, comparison),
        offers=_offers(entry, results),
    )


def carried_with(key: int, comparison: Comparison) -> tuple[int, ...]:
    """Return what is dragged to the picture with an entry.

    Of several that are ticked each brings the others, while nothing but the input is looked at. Else it goes alone, to
    be compared with what is there.
    """
    together = key in comparison.chosen and comparison.can_compare and comparison.shows_input
    return comparison.chosen if together else (key,)


def note_of(entry: Entry, results: ResultsModel) -> str:
    """Return what stands on a picture beside its name: how near it comes to the truth, with a star for the nearest.

    Where other methods are compared and there is no truth, it is how consistent a result is with the input.
    """
    if entry.key == results.truth:
        return tr("Ground truth")
    if entry.score is not None:
        return f"{_psnr_text(entry.score)} ★" if entry.key == results.best else _psnr_text(entry.score)
    if entry.finished is not None and results.has_methods:
        return tr("consistency {consistency}", consistency=consistency_text(entry.finished))
    return ""


def score_text(score: PsnrSsim) -> str:
    """Write PSNR and SSIM as the field's tables do."""
    psnr = _psnr_text(score)
    return psnr if score.ssim is None else f"{psnr} · SSIM {number_text(score.ssim, 4)}"


def consistency_text(finished: Finished) -> str:
    """Write how closely a result, downscaled again, meets the input."""
    consistency_db = finished.outcome.psnr_consistency_db
    return tr("equal") if math.isinf(consistency_db) else f"{number_text(consistency_db, 1)} dB"


def seconds_text(seconds: float) -> str:
    """Write how long a method took, of which many take less than a second."""
    return duration_text(seconds, tr) if seconds >= 10 else f"{number_text(seconds, 1 if seconds >= 1 else 2)} s"


def held_text(count: int, held_bytes: int) -> str:
    """Say what the strip holds."""
    if not count:
        return tr("No picture is open.")
    gigabytes, megabytes = number_text(held_bytes / 1e9, 1), max(1, round(held_bytes / 1e6))
    amount = f"{gigabytes} GB" if held_bytes >= 1e9 else f"{megabytes} MB"
    if count == 1:
        return tr("1 picture · {amount} of memory", amount=amount)
    return tr("{count} pictures · {amount} of memory", count=count, amount=amount)


def _row_of_going(going: Going, comparison: Comparison, thumbnail: QImage | None) -> Row:
    percent = percent_text(going.progress)
    return Row(
        key=GOING,
        name=going.name,
        detail=percent,
        spoken=tr("{name}, {percent} done", name=going.name, percent=percent),
        thumbnail=thumbnail,
        is_shown=comparison.shows_input,
        progress=going.progress,
        offers=frozenset({Request.SHOW}),
    )


def _name(entry: Entry) -> str:
    blend = 1.0 if entry.finished is None else entry.finished.blend
    return entry.name if blend == 1 else tr("{name} at {blend:.0%}", name=entry.name, blend=blend)


def _detail(entry: Entry, *, is_truth: bool) -> str:
    if is_truth:
        return tr("Ground truth")
    if entry.score is not None:
        return _psnr_text(entry.score)
    if entry.finished is not None:
        return _time_text(entry.finished)
    return f"{entry.picture.width} × {entry.picture.height}"


def _offers(entry: Entry, results: ResultsModel) -> frozenset[Request]:
    offers = _ALWAYS
    offers |= {Request.REVEAL} if entry.path is not None else set()
    if entry.finished is not None:
        offers |= _OF_RUNS if entry.finished.made_by is None else _OF_METHODS
        offers |= {Request.TRAIN_ON} if entry.finished.outcome.weights is not None else set()
    if entry.kind is Kind.FILE:
        offers |= _OF_FILES
        offers |= {Request.TRUTH} if results.can_be_truth(entry.key) else set()
    return offers


def _spoken(entry: Entry, results: ResultsModel, comparison: Comparison) -> str:
    """Say all that is known of an entry."""
    size = tr("{width} × {height} pixels", width=entry.picture.width, height=entry.picture.height)
    said = [entry.name, _description(entry, is_truth=entry.key == results.truth)]
    said += [] if entry.score is None else [score_text(entry.score)]
    said += [tr("nearest to the ground truth")] if entry.key == results.best else []
    said += [size]
    if entry.finished is not None and entry.finished.blend != 1:
        said += [tr("{blend:.0%} of it the result and the rest bicubic", blend=entry.finished.blend)]
    said += [] if entry.seen else [tr("finished, not looked at yet")]
    said += [tr("on the screen")] if entry.key in comparison.shown else []
    said += [tr("exported by Export")] if entry.key == results.current else []
    said += [tr("in no file yet")] if entry.is_unexported else []
    if entry.key in comparison.chosen:
        said += [tr("compared as {letter}", letter=LETTERS[comparison.chosen.index(entry.key)])]
    return ", ".join(text for text in said if text)


def _description(entry: Entry, *, is_truth: bool) -> str:
    if is_truth:
        return tr("Ground truth")
    if entry.finished is None:
        return ""
    finished = entry.finished
    parts = [] if finished.made_by is None else [tr(LEARNED_FROM_TEXTS[finished.made_by.learned_from])]
    parts.append(_time_text(finished))
    parts.append(tr("consistency {consistency}", consistency=consistency_text(finished)))
    if entry.finished.gain_db is not None:
        parts.append(tr("{gain:+.1f} dB", gain=entry.finished.gain_db))
    return " · ".join(parts)


def _time_text(finished: Finished) -> str:
    if finished.made_by is not None:
        return seconds_text(finished.outcome.output_s)
    before = f"{finished.job.trained_s:.0f} + " if finished.job.trained_s else ""
    return f"{tr(PRESET_TITLES[finished.job.preset])} · {before}{finished.outcome.training_s:.0f} s"


def _psnr_text(score: PsnrSsim) -> str:
    return tr("equal") if math.isinf(score.psnr_db) else f"{number_text(score.psnr_db, 2)} dB"
