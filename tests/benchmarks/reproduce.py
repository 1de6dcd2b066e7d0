"""Runs of all kinds done again from their records, in the terminal, in Python and in the window; what records cost."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import zssr_studio as zs
from tests.reproducing import KINDS
from tests.terminal import zssr
from zssr_studio.evidence.record import Told, embedded, run_record, source_facts
from zssr_studio.evidence.record_files import read_record
from zssr_studio.evidence.recorded_job import job_of

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio

# Of a run, for its record and its hashes.
MOST_SHARE = 0.05


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks reproduce", description=__doc__)
    parser.add_argument("--kind", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--window", action="store_true", help="in a window too (QT_QPA_PLATFORM=offscreen will do)")
    options = parser.parse_args(arguments)
    equal = {"terminal": 0, "python": 0, "window": 0}
    with TemporaryDirectory() as folder:
        for name in options.kind:
            told = _tried(name, Path(folder) / name, in_window=options.window)
            for door, is_equal in told.items():
                equal[door] += is_equal
            print(f"{name:18s} " + "  ".join(f"{door} {'equal' if ok else 'DIFFERENT'}" for door, ok in told.items()))
    doors = [door for door in equal if door != "window" or options.window]
    print("; ".join(f"{door}: {equal[door]} of {len(options.kind)} equal" for door in doors))
    cost = _cost()
    return 0 if all(equal[door] == len(options.kind) for door in doors) and cost <= MOST_SHARE else 1


def _tried(name: str, folder: Path, *, in_window: bool) -> dict[str, bool]:
    kind = KINDS[name]
    folder.mkdir()
    source, out = kind.write(folder / "source"), folder / f"out{kind.suffix}"
    made = zssr("upscale", source, "-o", out, *kind.arguments)
    if made.returncode:
        raise SystemExit(made.stderr)
    again = zs.reproduce(out)
    record = read_record(out).record
    weights = None if again.outcome.weights is None else again.outcome.weights.sha256
    told = {
        "terminal": zssr("reproduce", out).returncode == 0,
        "python": again.is_equal and again.is_file_unchanged and weights == record["run"]["weights_sha256"],
    }
    return {**told, "window": _in_window(source, out)} if in_window else told


def _in_window(source: Path, out: Path) -> bool:
    from PySide6.QtWidgets import QApplication

    from tests.studio_loop import open_studio

    application = QApplication.instance() or QApplication(["reproduce"])
    assert isinstance(application, QApplication)
    with open_studio(application) as studio:
        return _reproduced_in(studio, source, out)


def _reproduced_in(studio: Studio, source: Path, out: Path) -> bool:
    from tests.studio_loop import wait_for

    studio.pictures.open(source)
    wait_for(lambda: studio.document.path == source)
    studio.reproduce.start(out)
    wait_for(lambda: bool(studio.reproduce.told))
    return "Pixels equal" in studio.reproduce.told


def _cost() -> float:
    """Time what a record takes beside a run, on the sample photo and ten seconds of training."""
    path = zs.resource_path("sample.png")
    started_s = time.perf_counter()
    result = zs.upscale(path, seconds=10)
    run_s = time.perf_counter() - started_s
    job = job_of(result.record, zs.read(path))
    started_s = time.perf_counter()
    told = Told(source=source_facts(path, result.record["source"]["sha256"]))
    from zssr_studio.job import Outcome
    from zssr_studio.record.hashes import ResultHashes

    hashes = ResultHashes(job)
    from zssr_studio.engine.events import Band, Reason

    hashes.passed_on(Band(0, result.picture.pixels, None))
    outcome = Outcome(Reason.COMPLETED, "cpu", 1, 1.0, 1.0, 40.0, result.weights)
    text = embedded(run_record(job, hashes.told(outcome), told))
    took_s = time.perf_counter() - started_s
    print(f"a record of {len(text)} bytes and its hashes: {1000 * took_s:.0f} ms of a run of {run_s:.1f} s "
          f"({took_s / run_s:.2%}); asked: at most {MOST_SHARE:.0%}")  # fmt: skip
    return took_s / run_s
