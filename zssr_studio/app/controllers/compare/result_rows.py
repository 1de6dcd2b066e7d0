"""What the list of results says of each entry: pure functions of the models."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import MAX_CHOSEN
from zssr_studio.app.models.compare.results import Kind
from zssr_studio.app.views.compare.result_list import Row
from zssr_studio.words.presets import PRESET_TITLES

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from zssr_studio.app.models.compare.comparison import Comparison
    from zssr_studio.app.models.compare.results import Entry, Finished, ResultsModel
    from zssr_studio.engine.psnr_ssim import PsnrSsim

LETTERS = "ABCD"


def row_of(entry: Entry, results: ResultsModel, comparison: Comparison, thumbnail: QImage | None) -> Row:
    """Describe an entry."""
    chosen = comparison.chosen
    letter = LETTERS[chosen.index(entry.key)] if entry.key in chosen else ""
    is_current, is_truth = entry.key == results.current, entry.key == results.truth
    blend = 1.0 if entry.finished is None else entry.finished.blend
    name = entry.name if blend == 1 else tr("{name} at {blend:.0%}", name=entry.name, blend=blend)
    name = tr("{name} · for export", name=name) if is_current else name
    first = _description(entry, is_truth=is_truth)
    second = "" if entry.score is None else score_text(entry.score)
    spoken = [
        entry.name,
        first,
        second,
        tr("{width} × {height} pixels", width=entry.picture.width, height=entry.picture.height),
    ]
    spoken += ["" if blend == 1 else tr("{blend:.0%} of it the result and the rest bicubic", blend=blend)]
    spoken += [tr("what Export writes") if is_current else "", tr("in no file yet") if entry.is_unexported else ""]
    spoken += [tr("compared as {letter}", letter=letter) if letter else ""]
    details = tuple(text for text in (first, second) if text)
    sentence = ", ".join(text for text in spoken if text)
    return Row(entry.key, name, details, sentence, letter, len(chosen) < MAX_CHOSEN, thumbnail)


def score_text(score: PsnrSsim) -> str:
    """Write PSNR and SSIM as the field's tables do."""
    psnr = tr("equal") if math.isinf(score.psnr_db) else f"{score.psnr_db:.2f} dB"
    return psnr if score.ssim is None else f"{psnr} · SSIM {score.ssim:.4f}"


def held_text(count: int, held_bytes: int) -> str:
    """Say what the list holds."""
    if not count:
        return tr("No picture is open.")
    amount = f"{held_bytes / 1e9:.1f} GB" if held_bytes >= 1e9 else f"{max(1, round(held_bytes / 1e6))} MB"
    if count == 1:
        return tr("1 picture · {amount} of memory", amount=amount)
    return tr("{count} pictures · {amount} of memory", count=count, amount=amount)


def _description(entry: Entry, *, is_truth: bool) -> str:
    if is_truth:
        return tr("Ground truth")
    if entry.kind is Kind.RUN and entry.finished is not None:
        return _run_description(entry.finished)
    return f"{entry.picture.width} × {entry.picture.height}"


def _run_description(finished: Finished) -> str:
    before = f"{finished.job.trained_s:.0f} + " if finished.job.trained_s else ""
    parts = [tr(PRESET_TITLES[finished.job.preset]), f"{before}{finished.outcome.training_s:.0f} s"]
    if finished.gain_db is not None:
        parts.append(f"{finished.gain_db:+.1f} dB")
    return " · ".join(parts)
