"""The tables of the peers benchmark: means of what was measured, beside what others published."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, str]
OTHER_TABLES = {
    "BSD100-kernels/x2": "non_ideal_kernels_BSD100_x2",
    "BSD100-poor/x2": "poor_quality_BSD100_x2",
}


def table(rows: list[Row], published: dict[str, Any]) -> str:
    """Return Markdown: for each set its methods, how many images the mean is of, and where a figure is from.

    Parameters
    ----------
    rows : list of dict
        Of the CSV file.
    published : dict
        `../shared/bench/published.json`.
    """
    return "\n\n".join(
        "\n".join([f"## {name}", "", *_head(), *_measured(rows, name), *_published(published, name)])
        for name in dict.fromkeys(row["set"] for row in rows)
    )


def _head() -> tuple[str, str]:
    return (
        "| method | learned from | PSNR, dB | SSIM | images | seconds a picture | figure |",
        "|---|---|---|---|---|---|---|",
    )


def _measured(rows: list[Row], name: str) -> Iterator[str]:
    kinds: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row["set"] == name:
            kinds.setdefault((row["method"], row["setting"], row["time"], row["learned_from"]), []).append(row)
    for (method, setting, time, learned_from), part in kinds.items():
        said = ", ".join(word for word in (method, setting, time) if word)
        psnr_db, ssim, seconds = (
            statistics.fmean(float(row[column]) for row in part) for column in ("psnr_db", "ssim", "seconds")
        )
        yield f"| {said} | {learned_from} | {psnr_db:.2f} | {ssim:.4f} | {len(part)} | {seconds:.0f} | measured |"


def _published(published: dict[str, Any], name: str) -> Iterator[str]:
    """Rows of others, which are means of whole sets and of other machines."""
    folder, _, scale = name.partition("/x")
    if name in OTHER_TABLES:
        found = published[OTHER_TABLES[name]]
        figures = {method: value for method, value in found.items() if method != "source"}
        sources = dict.fromkeys(figures, found["source"])
    else:
        ideal = {method: entry for method, entry in published["ideal"].items() if scale in entry.get(folder, {})}
        figures = {method: entry[folder][scale] for method, entry in ideal.items()}
        sources = {method: entry["source"] for method, entry in ideal.items()}
    for method, (psnr_db, ssim) in figures.items():
        yield f"| {method} | | {psnr_db:.2f} | {ssim:.4f} | all | | {origin_of(sources[method], name)} |"


def origin_of(source: str, name: str) -> str:
    """Tell whether a figure was read in its paper, or is quoted from memory.

    Examples
    --------
    >>> origin_of("Set5 and Set14 x2 read, the rest recalled", "Set5/x2")
    'published'
    >>> origin_of("Set5 and Set14 x2 read, the rest recalled", "BSD100/x2")
    'recalled'
    """
    if "the rest recalled" in source:
        return "published" if name in ("Set5/x2", "Set14/x2") else "recalled"
    return "recalled" if "recalled" in source else "published"
