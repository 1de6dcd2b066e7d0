"""A report of one page on a result, as HTML of one file: what was done, whether it holds, where it is in doubt.

The HTML keeps to tables and inline styles, which the text engine that makes the PDF of it understands as well.
"""

from __future__ import annotations

import base64
import html
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.evidence.colours import MapKind, full_of
from zssr_studio.record.plain import figures_from
from zssr_studio.record.told import kernel_name
from zssr_studio.words import report as words
from zssr_studio.words.findings import damage_text
from zssr_studio.words.maps import consistency_sentence, disagreement_sentence
from zssr_studio.words.say import english

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zssr_studio.evidence.report.pictures import Small
    from zssr_studio.job import Job
    from zssr_studio.record.plain import Plain
    from zssr_studio.words.say import Say

# Width of the page, A4 less its margins, and between pictures, in the pixels of HTML.
PAGE_PX, GAP_PX = 700, 8
# No picture is higher: two rows of them, the text and the tables then fill the page.
MOST_HEIGHT_PX = 290
LEVELS = 255
SMALL_PT, TEXT_PT, TITLE_PT = 7, 8, 14


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """All that a report shows.

    Parameters
    ----------
    name : str
        Of the result's file.
    job : Job
        As it was run: its kernel, and what was cleaned.
    record : dict
        Of its run.
    before, after : Small
        The input, enlarged by bicubic interpolation, and the result.
    consistency, disagreement : Small or None
        The maps over the result; None where they cannot be made.
    curves : Small or None
        The course of training, where it was kept.
    file_sha256 : str or None
        Of the result's file.
    file_psnr_db : float or None
        How closely the picture in the file, downscaled again, meets the input, in dB; None where the report is on a run
        that is at hand, or the two cannot be compared.
    """

    name: str
    job: Job
    record: Plain
    before: Small
    after: Small
    consistency: Small | None
    disagreement: Small | None
    curves: Small | None = None
    file_sha256: str | None = None
    file_psnr_db: float | None = None

    def html(self, say: Say = english, picture_share: float = 1.0) -> str:
        """Write the report.

        Parameters
        ----------
        say : callable
            Says texts in the language of the reader.
        picture_share : float
            By how much pictures are made smaller, so that all fits on a page.
        """
        pictures = _Pictures(picture_share)
        body = [
            f'<p style="font-size:{TITLE_PT}pt; margin:0">{_safe(say(words.TITLE))}: {_safe(self.name)}</p>',
            pictures.row((self.before, say(words.BEFORE)), (self.after, say(words.AFTER))),
            pictures.row(
                (self.consistency, say(words.CONSISTENCY, levels=self._levels(MapKind.CONSISTENCY))),
                (self.disagreement, say(words.DISAGREEMENT, levels=self._levels(MapKind.DISAGREEMENT))),
            ),
            f'<p style="margin:4px 0 2px 0"><b>{_safe(say(words.RELIED))}</b></p>',
            f'<p style="margin:0">{_safe(" ".join(self._sentences(say)))}</p>',
        ]
        if self.curves is not None:
            body.append(pictures.row((self.curves, self._curves_text(say))))
        body += [_table(self._facts(say)), _table(self._hashes(say), SMALL_PT, columns=1)]
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
            f"<title>{_safe(say(words.TITLE))}: {_safe(self.name)}</title></head>\n"
            f'<body style="font-family:Inter,sans-serif; font-size:{TEXT_PT}pt; color:#1d1d1d; background:#ffffff">\n'
            f'<div style="width:{PAGE_PX}px">\n' + "\n".join(body) + "\n</div></body></html>\n"
        )

    def _sentences(self, say: Say) -> Iterable[str]:
        """Say in plain words what may be relied on, and what not."""
        record, measures = self.record, self.record["measures"]
        others = [str(picture["name"] or picture["sha256"][:12]) for picture in record["other_pictures"]]
        if record["run"]["weights_sha256"] is None:
            yield say(words.NOT_TRAINED)
        else:
            yield say(words.OTHERS, names=", ".join(others)) if others else say(words.ALONE)
        if record["result"]["changed"]:
            yield say(words.CHANGED, what=", ".join(record["result"]["changed"]))
        yield self._kernel_sentence(say)
        psnr_db = measures["psnr_consistency_db"]
        yield say(words.EQUAL) if psnr_db is None else say(words.CONSISTENT, psnr_db=psnr_db)
        if self.file_psnr_db is not None and math.isfinite(self.file_psnr_db):
            yield say(words.FILE_MEETS, psnr_db=self.file_psnr_db)
        figures = figures_from(measures.get("maps"))
        if figures is not None:
            size = (record["result"]["height"], record["result"]["width"])
            yield consistency_sentence(figures, say)
            yield disagreement_sentence(figures, size, say)
        if self.consistency is None:
            yield say(words.NO_CONSISTENCY)
        if self.disagreement is None and figures is not None and figures.unstable is not None:
            yield say(words.NO_DISAGREEMENT)
        yield say(words.CAUTION)

    def _curves_text(self, say: Say) -> str:
        run = self.record["run"]
        # As they are drawn: on a logarithmic scale nothing else has a place.
        drawn = [loss for loss in run["losses"]["values"] if loss is not None and loss > 0]
        return say(words.CURVES, steps=run["steps"], least=min(drawn), most=max(drawn))

    def _levels(self, kind: MapKind) -> int:
        """Tell at which level of 255 the colours of a map end."""
        return round(LEVELS * full_of(kind, self.job.damage))

    def _kernel_sentence(self, say: Say) -> str:
        kernel = self.job.kernel
        if kernel is None:
            return say(words.KERNEL_BICUBIC)
        if kernel.uncertainty:
            return say(words.KERNEL_UNCERTAIN, percent=100 * kernel.uncertainty)
        return say(words.KERNEL_EXACT)

    def _facts(self, say: Say) -> list[tuple[str, str]]:
        record = self.record
        source, picture, run = record["source"] or {}, record["picture"], record["run"]
        settings, result, computation = record["settings"], record["result"], record["computation"]
        times, damage = record.get("times"), self.job.damage
        size = f"{picture['width']} × {picture['height']}"
        time = [] if times is None else [(say(words.TIME), f"{times['training_s']:.1f} s")]
        return [
            (say(words.SOURCE), " · ".join(str(x) for x in (source.get("name"), source.get("format"), size) if x)),
            (say(words.RESULT), f"{result['width']} × {result['height']}"),
            (say(words.SCALE), " × ".join(f"{factor:g}" for factor in dict.fromkeys(settings["scale"]))),
            (say(words.PRESET), str(settings["preset"])),
            (say(words.KERNEL), kernel_name(self.job)),
            (say(words.CLEANED), damage_text(damage, say) if damage else say(words.NOTHING)),
            (say(words.SEED), str(settings["seed"])),
            (say(words.STEPS), str(run["steps"])),
            *time,
            (say(words.DEVICE), str(run["device"])),
            (say(words.PROGRAM), f"{record['program']['name']} {record['program']['version']}"),
            ("torch", str(computation.get("torch"))),
        ]

    def _hashes(self, say: Say) -> list[tuple[str, str]]:
        record = self.record
        source = record["source"] or {}
        hashes = [
            (f"{say(words.SOURCE)}, {say(words.FILE_HASH)}", source.get("sha256")),
            (f"{say(words.SOURCE)}, {say(words.PIXEL_HASH)}", record["picture"]["pixels_sha256"]),
            (f"{say(words.RESULT)}, {say(words.FILE_HASH)}", self.file_sha256),
            (f"{say(words.RESULT)}, {say(words.PIXEL_HASH)}", record["result"]["pixels_sha256"]),
        ]
        return [(name, str(value)) for name, value in hashes if value]


class _Pictures:
    """Writes pictures beside each other, each with what it shows below."""

    def __init__(self, share: float) -> None:
        self._share = share

    def row(self, *entries: tuple[Small | None, str]) -> str:
        """Write a row; a picture that is alone has the width of the page."""
        shown = [(picture, text) for picture, text in entries if picture is not None]
        width = PAGE_PX // len(entries)
        cells = "".join(
            f'<td width="{width}" valign="top" style="padding:4px 6px 2px 0">'
            f"{self._image(picture, width - GAP_PX)}<br>{_safe(text)}</td>"
            for picture, text in shown
        )
        return f'<table cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>' if shown else ""

    def _image(self, picture: Small, width_px: int) -> str:
        share = min(width_px / picture.width, MOST_HEIGHT_PX / picture.height) * self._share
        width, height = round(picture.width * share), round(picture.height * share)
        data = base64.b64encode(picture.png).decode("ascii")
        return f'<img width="{width}" height="{height}" src="data:image/png;base64,{data}" alt="">'


def _table(facts: list[tuple[str, str]], size_pt: int = TEXT_PT, columns: int = 2) -> str:
    """Write facts as a table of so many columns of a name and a value."""
    rows = []
    for start in range(0, len(facts), columns):
        cells = "".join(
            f'<td style="color:#5c5c5c; padding:1px 10px 1px 0">{_safe(name)}</td>'
            f'<td style="padding:1px 24px 1px 0">{_safe(value)}</td>'
            for name, value in facts[start : start + columns]
        )
        rows.append(f"<tr>{cells}</tr>")
    return f'<table cellspacing="0" style="font-size:{size_pt}pt; margin-top:6px">{"".join(rows)}</table>'


def _safe(text: str) -> str:
    return html.escape(text)
