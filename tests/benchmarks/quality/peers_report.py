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
        "\n".join(
            [f"## {name}", "", *_head(), *_measured(rows, name), *_published(published, name), *_leads(rows, name)]
        )
        for name in dict.fromkeys(row["set"] for row in rows)
    )


def _head() -> tuple[str, str]:
    return (
        "| method | learned from | PSNR, dB | SSIM | images | seconds a picture | figure |",
        "|---|---|---|---|---|---|---|",
    )


def _kinds(rows: list[Row], name: str) -> dict[tuple[str, str], list[Row]]:
    """Return the rows of a set by what a table calls them, and which pictures they learned from."""
    kinds: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["set"] == name:
            said = ", ".join(word for word in (row["method"], row["setting"], row["time"]) if word)
            kinds.setdefault((said, row["learned_from"]), []).append(row)
    return kinds


def _measured(rows: list[Row], name: str) -> Iterator[str]:
    for (said, learned_from), part in _kinds(rows, name).items():
        psnr_db, ssim, seconds = (
            statistics.fmean(float(row[column]) for row in part) for column in ("psnr_db", "ssim", "seconds")
        )
        yield f"| {said} | {learned_from} | {psnr_db:.2f} | {ssim:.4f} | {len(part)} | {seconds:.0f} | measured |"


def _leads(rows: list[Row], name: str) -> Iterator[str]:
    """Say picture by picture how ZSSR stands to the network that is the best on the same pictures."""
    psnr_db = {kind: {row["image"]: float(row["psnr_db"]) for row in part} for kind, part in _kinds(rows, name).items()}
    for (said, _), own in psnr_db.items():
        others = {
            other: found
            for (other, learned_from), found in psnr_db.items()
            if learned_from.startswith("outside") and own.keys() <= found.keys()
        }
        if not said.startswith("ZSSR") or not others:
            continue
        best = max(others, key=lambda other: sum(others[other][image] for image in own))
        leads = [own[image] - others[best][image] for image in own]
        ahead = sum(lead > 0 for lead in leads)
        yield ""
        yield (
            f"{said}: better than {best}, the best of the networks on these pictures, on {ahead} of {len(leads)}; from "
            f"{min(leads):+.2f} to {max(leads):+.2f} dB, {statistics.fmean(leads):+.2f} on the mean."
        )


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
