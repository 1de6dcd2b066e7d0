"""Runs of all kinds done again from their records, in the terminal, in Python and in the window; what records cost."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np

import zssr_studio as zs
from tests import benchmark_pictures
from tests.runs import returned
from tests.samples.reproducing import KINDS
from tests.terminal import zssr
from zssr_studio import pipeline
from zssr_studio.engine import timeline
from zssr_studio.engine.events import Band, Reason
from zssr_studio.engine.psnr_ssim import psnr_ssim
from zssr_studio.evidence.record import Told, embedded, run_record, source_facts
from zssr_studio.evidence.record_files import read_record
from zssr_studio.evidence.recorded_job import job_of
from zssr_studio.job import Job, Outcome
from zssr_studio.record.hashes import ResultHashes

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio
    from zssr_studio.engine.timeline import Timeline

# Of a run, for its record and its hashes.
MOST_SHARE = 0.05
# As good as at each step.
FINE_LEVELS = 100_000


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks reproduce", description=__doc__)
    parser.add_argument("--kind", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--window", action="store_true", help="in a window too (QT_QPA_PLATFORM=offscreen will do)")
    parser.add_argument("--levels", type=float, help="compare the levels of so many seconds instead, on Set5 x2")
    options = parser.parse_args(arguments)
    if options.levels is not None:
        _compare_levels(options.levels)
        return 0
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

    from tests.studio.studio_loop import open_studio

    application = QApplication.instance() or QApplication(["reproduce"])
    assert isinstance(application, QApplication)
    with open_studio(application) as studio:
        return _reproduced_in(studio, source, out)


def _reproduced_in(studio: Studio, source: Path, out: Path) -> bool:
    from tests.studio.studio_loop import wait_for

    studio.pictures.open(source)
    wait_for(lambda: studio.document.path == source)
    studio.reproduce.start(out)
    wait_for(lambda: bool(studio.reproduce.told))
    return "Pixels equal" in studio.reproduce.told


def _cost() -> float:
    """Time what a record and its hashes take beside a run, on the sample photo and ten seconds of training."""
    path = zs.resource_path("sample.png")
    started_s = time.perf_counter()
    result = zs.upscale(path, seconds=10)
    run_s = time.perf_counter() - started_s
    job = job_of(result.record, zs.read(path))
    started_s = time.perf_counter()
    told, hashes = Told(source=source_facts(path, result.record["source"]["sha256"])), ResultHashes(job)
    hashes.passed_on(Band(0, result.picture.pixels, None))
    outcome = hashes.told(Outcome(Reason.COMPLETED, "cpu", 1, 1.0, 1.0, 40.0, result.weights))
    text = embedded(run_record(job, outcome, told))
    took_s = time.perf_counter() - started_s
    whole = len(embedded(result.record))
    print(f"a record of {whole} bytes: it and its hashes take {1000 * took_s:.0f} ms of a run of {run_s:.1f} s "
          f"({took_s / run_s:.2%}); asked: at most {MOST_SHARE:.0%}")  # fmt: skip
    assert text
    return took_s / run_s


def _compare_levels(seconds: float) -> None:
    """Compare levels with a rate that falls at each step, after the same steps: PSNR of the pictures of Set5, x2."""
    gains = []
    for file in sorted((benchmark_pictures() / "data" / "Set5" / "x2").glob("*_LR.png")):
        truth = zs.read(file.with_name(file.name.replace("_LR", "_HR"))).pixels
        job = Job(zs.read(file), seconds=seconds, least_gain_db=0.0, device="cpu")
        with mock.patch.object(timeline, "LEVELS", FINE_LEVELS):
            fine = returned(pipeline.upscale(job, previews=False))[1]
        coarse = returned(pipeline.upscale(replace(job, timeline=_coarse(fine.outcome.timeline)), previews=False))[1]
        assert coarse.outcome.steps == fine.outcome.steps
        falling, levels = (psnr_ssim(one.picture.pixels, truth, 2).psnr_db for one in (fine, coarse))
        gains.append(levels - falling)
        print(f"{file.name:16s} {fine.outcome.steps} steps: {falling:.3f} dB by the clock, {levels:.3f} dB by levels")
    print(f"levels against a rate that falls at each step: {np.mean(gains):+.4f} dB on the mean")


def _coarse(fine: Timeline) -> Timeline:
    """Turn the levels of a timeline into as many as a run has."""
    stages = []
    for times in fine.stages:
        # A stage's levels are its share of the run's.
        step = FINE_LEVELS // timeline.LEVELS
        stages.append(replace(times, borders=times.borders[step - 1 :: step]))
    return replace(fine, stages=tuple(stages))
