"""Every method beside the published figures: ideal pictures, unknown kernels, poor quality, and real ones.

Each run is `zssr-studio compare` in a process of its own, one picture and one method at a time. Its figures join a CSV
file at once, and what is in the file already is not measured again. The judge is `../shared/bench/score.py`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests import benchmark_pictures
from tests.benchmarks.machine import describe, processor
from tests.benchmarks.quality.peers_report import table
from tests.benchmarks.quality.quality_sets import PictureSet, picture_set
from tests.benchmarks.rows import append_row, is_known, judged, known_rows, parts_among, parts_of

SETS = {
    "ideal": ("Set5/x2", "Set14/x2", "BSD100/x2"),
    "kernels": ("BSD100-kernels/x2",),
    "poor": ("BSD100-poor/x2",),
    "real": ("real/x2",),
}
TRUE_KERNEL, ESTIMATED, IDEAL = "true kernel", "estimated kernel", "bicubic"
KEY = ("set", "image", "asked", "setting", "time")
ZSSR = "zssr"
STEPS = "steps"
# Of `compare` where a method gave no result: its row says why, and the others are there.
FAILED = 1


@dataclass(frozen=True, slots=True)
class Case:
    """One picture to be enlarged by one method, with what that is told of it."""

    image: Path
    pictures: PictureSet
    asked: str
    setting: str
    time: str

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from others, in the order of `KEY`."""
        return self.pictures.name, self.image.stem.removesuffix("_LR"), self.asked, self.setting, self.time


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    shared = benchmark_pictures()
    rows = known_rows(options.csv)
    for folder in options.set or [name for kind in options.kind for name in SETS[kind]]:
        with picture_set(shared, folder, "") as pictures:
            methods = [*options.methods, *([str(options.models)] if options.models else [])]
            for image, asked in itertools.product(pictures.images(options.first), methods):
                for setting in _settings(folder, asked):
                    time = options.seconds if asked.startswith(ZSSR) else ""
                    _measure_once(rows, Case(image, pictures, asked, setting, time), shared, options.csv)
    page = f"{describe()}\n\n{table(rows, json.loads((shared / 'bench' / 'published.json').read_text()))}\n"
    print(page)
    if options.page:
        options.page.write_text(page, encoding="utf-8")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks peers", description=__doc__)
    parser.add_argument(
        "--kind", type=parts_among(SETS), default=list(SETS), help=f"of {', '.join(SETS)}; all by default"
    )
    parser.add_argument(
        "--set", type=parts_of, default=[], help="folders below ../shared/data instead, such as Set5/x4"
    )
    parser.add_argument(
        "--with", dest="methods", action="append", help="a method as `compare --with` takes it; say it for each"
    )
    parser.add_argument("--models", type=Path, help="folder of weights, all of which are taken that fit")
    parser.add_argument("--seconds", default="", help="of zssr's training, or `2000 steps`; else the preset's")
    parser.add_argument("--first", type=int, help="only the first so many images of each set")
    parser.add_argument("--csv", type=Path, default=Path("peers.csv"), help="file for the figures; what is there stays")
    parser.add_argument("--page", type=Path, help="file for the tables, such as docs/peers.md")
    options = parser.parse_args(arguments)
    options.methods = options.methods or ["bicubic", "bicubic-bp", "recurrence", "selfex"]
    return options


def _settings(folder: str, asked: str) -> tuple[str, ...]:
    """What a method is told of a set's pictures: only zssr undoes anything."""
    if not asked.startswith(ZSSR):
        return ("",)
    return {"BSD100-kernels/x2": (TRUE_KERNEL, ESTIMATED), "BSD100-poor/x2": ("cleaned",), "real/x2": ("auto",)}.get(
        folder, ("",)
    )


def _undone(case: Case) -> list[str]:
    """Return the options that say what zssr undoes."""
    if not case.asked.startswith(ZSSR):
        return []
    kernel = {
        TRUE_KERNEL: str(case.image.with_name(f"{case.image.stem}_0.mat")),
        ESTIMATED: "auto",
        "auto": "auto",
    }.get(case.setting, IDEAL)
    return ["--kernel", kernel, "--clean", "auto" if case.setting in ("cleaned", "auto") else "none"]


def _trained(time: str) -> list[str]:
    if time.endswith(STEPS):
        return ["--steps", time.removesuffix(STEPS).strip()]
    return ["--seconds", time] if time else []


def _measure_once(rows: list[dict[str, str]], case: Case, shared: Path, path: Path) -> None:
    if is_known(rows, KEY, case.key):
        return
    truth, scale = case.pictures.truth(case.image), case.pictures.scale
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "zssr_studio", "compare", str(case.image), "-o", scratch, "--json"]
        command += ["--with", case.asked, "--truth", str(truth), "--scale", str(scale)]
        command += [*_undone(case), *_trained(case.time)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode > FAILED or not done.stdout:
            raise SystemExit(f"{case.image.name}, {case.asked}: exit code {done.returncode}\n{done.stderr}")
        made = []
        for result in json.loads(done.stdout.splitlines()[-1])["results"]:
            if result["problem"]:
                print(f"{case.image.name}, {result['key']}: {result['problem']}", file=sys.stderr)
                continue
            made.append(_row(case, result, judged(Path(scratch) / Path(result["output"]).name, truth, shared, scale)))
    # All networks of a folder at once, since a case that has a row is not measured again.
    for row in made:
        rows.append(row)
        append_row(row, path)
        print("  ".join(row[name] for name in ("set", "image", "method", "setting", "psnr_db", "seconds")), flush=True)


def _row(case: Case, result: dict[str, object], scores: dict[str, float]) -> dict[str, str]:
    return dict(zip(KEY, case.key, strict=True)) | {
        "method": str(result["name"]),
        "learned_from": str(result["learned_from"]),
        "psnr_db": f"{scores['psnr']:.4f}",
        "ssim": f"{scores['ssim']:.4f}",
        "seconds": f"{result['seconds']:.1f}",
        "memory_mb": f"{int(str(result['memory_bytes'])) / 1e6:.0f}",
        "machine": processor(),
        "torch": version("torch"),
    }
