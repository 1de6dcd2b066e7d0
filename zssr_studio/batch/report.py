"""What became of a batch, as CSV and as one HTML file, what needs looking at first."""

from __future__ import annotations

import base64
import csv
import heapq
import html
import io
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from zssr_studio.batch.kept.rows import State
from zssr_studio.imaging.saving.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from zssr_studio.batch.kept.journal import Journal
    from zssr_studio.batch.kept.rows import Row

CSV_NAME, HTML_NAME = "batch.csv", "batch.html"
# A page with more small pictures is no longer opened gladly; the table beside it has all. Chosen.
MOST_SHOWN = 500
# A kernel that is as uncertain as this may be quite another one; 0.25 suits one that was estimated. Chosen.
UNCERTAIN = 0.4
# A picture that got less than this share of the steps that most got was ended early, or its worker was held up. Chosen.
FEW_STEPS_SHARE = 0.5
COLUMNS = (
    *("output", "image", "state", "look_at", "sentence", "seconds", "width", "height", "scale", "steps"),
    *("training_seconds", "kernel", "kernel_uncertainty", "noise_std", "jpeg_quality", "psnr_consistency"),
    *("other_pictures", "device", "sha256", "output_sha256"),
)
_REASONS = {
    "beaten": "training did not beat interpolation",
    "halos": "edges came out with halos, which were held back",
    "restrained": "flat parts came out rougher, which was held back",
    "restarted": "the network died once and began again",
}


def write_report(journals: Sequence[Journal], folder: Path) -> tuple[Path, Path]:
    """Write the report of a batch, of one journal or of one for each shard, and return both files.

    Raises
    ------
    BadInputError, FailureError
        If they cannot be written.
    """
    usual_steps = _usual_steps(journals)
    table, page = folder / CSV_NAME, folder / HTML_NAME
    write_atomically(table, lambda file: _write_csv(file, journals, usual_steps), overwrite=True)
    write_atomically(page, lambda file: _write_html(file, journals, usual_steps), overwrite=True)
    return table, page


def look_at(row: Row, usual_steps: float) -> list[str]:
    """Say why a picture needs looking at; nothing where it does not.

    Parameters
    ----------
    row : Row
    usual_steps : float
        Training steps that most pictures of the batch got.
    """
    if row.state is not State.DONE:
        return []
    figures = row.figures
    reasons = [_REASONS[kind] for kind in dict.fromkeys(figures["look_at"]) if kind in _REASONS]
    if figures["steps"] < FEW_STEPS_SHARE * usual_steps:
        reasons.append(f"only {figures['steps']} training steps")
    if figures["kernel_uncertainty"] >= UNCERTAIN:
        reasons.append(f"its blur is uncertain ({figures['kernel_uncertainty']:.2g} of 1)")
    return reasons


def _rows(journals: Sequence[Journal]) -> Iterator[Row]:
    return chain.from_iterable(journal.rows(*State) for journal in journals)


def _usual_steps(journals: Sequence[Journal]) -> float:
    steps = [row.figures["steps"] for journal in journals for row in journal.rows(State.DONE)]
    return float(median(steps)) if steps else 0.0


def _write_csv(file: BinaryIO, journals: Sequence[Journal], usual_steps: float) -> None:
    # Bytes of a file's name that are no text become question marks, as a table has no other letters for them.
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in _rows(journals):
        writer.writerow(_plain(row, usual_steps))
    text.detach()


def _plain(row: Row, usual_steps: float) -> dict[str, object]:
    figures = row.figures
    size = figures.get("size", {})
    named = ("scale", "steps", "kernel", "kernel_uncertainty", "jpeg_quality", "psnr_consistency", "device")
    return {
        "output": row.output,
        "image": row.image,
        "state": str(row.state),
        "look_at": "; ".join(look_at(row, usual_steps)),
        "sentence": row.sentence,
        "seconds": row.seconds,
        "width": size.get("width"),
        "height": size.get("height"),
        "training_seconds": figures.get("seconds"),
        "noise_std": " ".join(map(str, figures.get("noise_std") or ())),
        "other_pictures": "; ".join(one["name"] for one in figures.get("other_pictures", ())),
        "sha256": row.sha256,
        "output_sha256": row.output_sha256,
        **{name: figures.get(name) for name in named},
    }


def _write_html(file: BinaryIO, journals: Sequence[Journal], usual_steps: float) -> None:
    def write(text: str) -> None:
        file.write(text.encode("utf-8", "replace"))

    counts = {state: sum(journal.counts()[state] for journal in journals) for state in State}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    write(_HEAD.format(told=html.escape(told or "nothing")))
    for row, journal in _first(journals, usual_steps):
        write(_shown(row, journal, usual_steps))
    if sum(counts.values()) > MOST_SHOWN:
        write(f"<p>These are the first {MOST_SHOWN}; all of them stand in {CSV_NAME}.</p>\n")
    write("</main></html>\n")


def _first(journals: Sequence[Journal], usual_steps: float) -> list[tuple[Row, Journal]]:
    """Return the pictures to be shown, those that failed and those that need looking at first."""

    def urgency(entry: tuple[Row, Journal]) -> tuple[int, int]:
        row = entry[0]
        order = (State.FAILED, State.DONE, State.WORKING, State.WAITING)
        return order.index(row.state), -len(look_at(row, usual_steps))

    return heapq.nsmallest(MOST_SHOWN, ((row, one) for one in journals for row in one.rows(*State)), key=urgency)


def _shown(row: Row, journal: Journal, usual_steps: float) -> str:
    figures = row.figures
    lines = [f"<b>{html.escape(row.output)}</b> {row.state}", html.escape(row.image)]
    if row.sentence:
        lines.append(f"<em>{html.escape(row.sentence)}</em>")
    lines += [f"<em>Look at it: {html.escape(reason)}.</em>" for reason in look_at(row, usual_steps)]
    if row.state is State.DONE:
        size = figures["size"]
        others = ", ".join(one["name"] for one in figures["other_pictures"])
        # None is a copy, which differs nowhere.
        meets_db = figures["psnr_consistency"]
        meets = "" if meets_db is None else f", consistency {meets_db:.1f} dB"
        lines.append(
            html.escape(
                f"{size['width']} × {size['height']} pixels, {figures['steps']} steps, "
                f"kernel {figures['kernel']}{meets}. "
                + (f"It started from weights that had learned from {others}." if others else _ORIGIN)
            )
        )
    pictures = "".join(map(_figure, journal.glance(row.output), _CAPTIONS))
    return f"<article><div>{'<br>'.join(lines)}</div>{pictures}</article>\n"


def _figure(jpeg: bytes, caption: str) -> str:
    data = base64.b64encode(jpeg).decode()
    image = f'<img alt="{caption}" src="data:image/jpeg;base64,{data}">'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


_CAPTIONS = ("the source", "a part, interpolated", "the same part, enlarged")
_ORIGIN = "No outside pictures were used."
_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Batch of ZSSR Studio</title>
<style>
:root {{ color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }}
main {{ max-width: 75rem; margin: 0 auto; padding: 1rem }}
article {{ display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem 0; border-top: 1px solid #8886 }}
article div {{ flex: 1 1 24rem; overflow-wrap: anywhere }}
figure {{ margin: 0 }} figcaption {{ font-size: 12px }} em {{ font-style: normal; font-weight: 600 }}
</style>
<main><h1>Batch: {told}</h1>
<p>What failed and what needs looking at comes first. Consistency tells that a result agrees with its source, not that
its details are true.</p>
"""
