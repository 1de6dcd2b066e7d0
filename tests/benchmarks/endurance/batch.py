"""A box of 500 pictures, 25 of them bad, ended ten times in the middle; a journal of 100,000; what workers bring."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
from PIL import Image

from zssr_studio.batch.coordinator import Coordinator
from zssr_studio.batch.events import Finished
from zssr_studio.batch.kept.journal import Journal, journals_in
from zssr_studio.batch.kept.known_again import file_status
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.one_file.options import Options
from zssr_studio.batch.request import Request, opened
from zssr_studio.batch.workers.crew import Message
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.batch.one_file.options import Plain
    from zssr_studio.batch.request import Opened

SIDE_PX = 24
QUICK = ("--steps", "2", "--kernel", "bicubic", "--clean", "none")
# A batch that is ended lives at least so long, and at most so long, once its first picture is done.
LEAST_S, MOST_S = 0.2, 12.0
# A memory is flat if it grows by less than this while the coordinator hands out.
FLAT_BYTES = 5e6
# So many pictures of the large journal go through the coordinator.
HANDED = 2000


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks batch", description=__doc__)
    parser.add_argument("part", nargs="?", choices=("box", "journal", "workers"), help="only this part")
    parser.add_argument("--pictures", type=int, default=500)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each picture that workers are measured with")
    options = parser.parse_args(arguments)
    parts = {
        "box": lambda folder: box(folder, options.pictures, options.kills),
        "journal": lambda folder: journal(folder, options.rows),
        "workers": lambda folder: workers(folder, options.seconds),
    }
    misses = 0
    for name, part in parts.items():
        if options.part in (None, name):
            with tempfile.TemporaryDirectory(prefix="zssr-batch-") as folder:
                misses += part(Path(folder))
    return int(misses > 0)


def box(folder: Path, count: int, kills: int) -> int:
    """Do a box with bad pictures, end it by kill -9 at random moments, and go on; return the number of misses."""
    draws = random.Random(0)
    pictures, out, bad = folder / "box", folder / "out", count // 20
    make_box(pictures, count - bad, bad)
    again: set[str] = set()
    before: dict[str, int] = {}
    for number in range(kills):
        with batch_process(pictures, out) as process:
            for line in iter(process.stderr.readline, ""):
                if ": done" in line:
                    break
            time.sleep(draws.uniform(LEAST_S, MOST_S))
            process.kill()
            process.communicate()
        done = states(out, State.DONE)
        stamps = {name: (out / name).stat().st_mtime_ns for name in done}
        again |= {name for name, stamp in before.items() if stamps.get(name) != stamp}
        before = stamps
        print(f"  kill {number + 1}: {len(done)} done, {len(states(out, State.WORKING))} in hand")
    with batch_process(pictures, out) as process:
        told, _ = process.communicate()
    last = json.loads(told.splitlines()[-1])
    again |= {name for name, stamp in before.items() if (out / name).stat().st_mtime_ns != stamp}
    whole = sum(is_whole(path) for path in out.glob("*.png"))
    sentences = states(out, State.FAILED)
    parts = list(out.glob(".*.part"))
    print(
        f"{count} pictures, {bad} bad, {kills} times killed: {whole} whole results, {len(sentences)} sentences, "
        f"{len(again)} done twice that were done, {len(parts)} parts of files left, exit code {process.returncode}, "
        f"{last['seconds']:.0f} s for the last part"
    )
    wrong = (whole != count - bad, len(sentences) != bad, again, parts, process.returncode != 1)
    return sum(map(bool, wrong))


def make_box(folder: Path, good: int, bad: int) -> None:
    """Make pictures out of the sample photo, and bad ones of five kinds in turns."""
    folder.mkdir()
    with Image.open(resource_path(SAMPLE_PHOTO)) as photo:
        colours = photo.convert("RGB")
        for number in range(good):
            left, top = 7 * number % (colours.width - SIDE_PX), 3 * number % (colours.height - SIDE_PX)
            colours.crop((left, top, left + SIDE_PX, top + SIDE_PX)).save(folder / f"p{number:04}.png")
    whole = (folder / "p0000.png").read_bytes()
    size = (2**30).to_bytes(4, "little")
    bomb = b"BM" + size + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little") + size * 2 + b"\1\0\x18\0"
    for number in range(bad):
        path = folder / f"bad{number:02}.png"
        match number % 5:
            case 0:
                path.write_bytes(whole[: len(whole) // 2])
            case 1:
                path.write_text("Dear Sir")
            case 2:
                path.symlink_to(folder / "nowhere.png")
            case 3:
                path.write_bytes(bomb + bytes(24))
            case 4:
                path.mkdir()


def batch_process(pictures: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "zssr_studio", "batch", str(pictures), "-o", str(out), "--json", *QUICK, *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def states(out: Path, state: State) -> list[str]:
    with Journal(journals_in(out)[0], is_read_only=True) as journal_:
        return [row.output for row in journal_.rows(state)]


def is_whole(path: Path) -> bool:
    with Image.open(path) as image:
        image.load()
        return image.size == (2 * SIDE_PX, 2 * SIDE_PX)


def journal(folder: Path, count: int) -> int:
    """Measure how long a journal of many rows takes to be read and to be begun with; return the number of misses."""
    pictures, out = folder / "box", folder / "out"
    pictures.mkdir()
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(folder / "one.png")
    content = (folder / "one.png").read_bytes()
    for number in range(count):
        (pictures / f"p{number:06}.png").write_bytes(content)
    request = Request(words=(str(pictures),), folder=out, options=Options(steps=2))
    held = psutil.Process().memory_info().rss
    started_s = time.perf_counter()
    with opened(request, None) as batch:
        first_s = time.perf_counter() - started_s
        at_first, most, each_s = handed_out(batch, out, content)
        done_at_once(batch.journal, out, content)
    started_s, computed_s = time.perf_counter(), time.process_time()
    with opened(request, None) as batch:
        again_s, done = time.perf_counter() - started_s, batch.journal.counts()[State.DONE]
        computed_s = time.process_time() - computed_s
    started_s, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "zssr_studio", "batch", "--status", str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    process_s, after = time.perf_counter() - started_s, os.times()
    used_s = after.children_user + after.children_system - before.children_user - before.children_system
    started_s = time.perf_counter()
    with Journal(journals_in(out)[0], is_read_only=True) as opened_again:
        opened_again.counts()
    status_s = time.perf_counter() - started_s
    assert re.search(rf"done +{count:,}", told.stdout)
    print(
        f"{count:,} rows: begun anew in {first_s:.1f} s, begun again in {again_s:.1f} s, {computed_s:.1f} s of them "
        f"computing ({done:,} done); --status {process_s:.2f} s, {used_s:.2f} s computing, {status_s:.3f} s for the "
        f"journal; {1000 * each_s:.1f} ms of the coordinator for each picture; memory {held / 1e6:.0f} MB before, "
        f"{at_first / 1e6:.0f} MB as the first is done, at most {most / 1e6:.0f} MB behind {HANDED:,}"
    )
    return sum((again_s > 5, process_s > 1, most - at_first > FLAT_BYTES))


def handed_out(batch: Opened, out: Path, content: bytes) -> tuple[int, int, float]:
    """Let the coordinator do some pictures; return its memory at the first and at most, and its seconds for each."""
    coordinator = Coordinator(batch.journal, out, batch.options, Instant(out, content), overwrite=False)
    held, started_s = [], time.perf_counter()
    with closing(coordinator.events()) as events:
        for event in events:
            if isinstance(event, Finished):
                held.append(psutil.Process().memory_info().rss)
                if len(held) == HANDED:
                    break
    return held[0], max(held), (time.perf_counter() - started_s) / len(held)


def done_at_once(journal_: Journal, out: Path, content: bytes) -> None:
    """Write all other results, and into the journal that they are done, as quickly as it goes."""
    rows = []
    for row in journal_.rows(State.WAITING):
        path = out / row.output
        path.write_bytes(content)
        source, made = Path(row.image).stat(), path.stat()
        times = (source.st_size, source.st_mtime_ns, made.st_size, made.st_mtime_ns)
        rows.append((*times, row.output))
    with closing(sqlite3.connect(journals_in(out)[0])) as base, base:
        base.executemany(
            "UPDATE picture SET state = 'done', size = ?, mtime_ns = ?, output_size = ?, output_mtime_ns = ?, "
            "figures = '{}' WHERE output = ?",
            rows,
        )


class Instant:
    """A worker that is done as soon as it is asked: what the coordinator takes is left."""

    size = 1

    def __init__(self, out: Path, content: bytes) -> None:
        self._out, self._content = out, content
        self._said: list[Message] = []

    @property
    def free(self) -> int:
        return 1 - len(self._said)

    def hand(self, output: str, order: Plain) -> None:
        path = self._out / output
        path.write_bytes(self._content)
        made, source = file_status(path), file_status(Path(order["image"]))
        figures = {"look_at": [], "steps": 2, "kernel_uncertainty": 0.0, "size": {"height": 16, "width": 16}}
        figures |= {"kernel": "bicubic", "psnr_consistency": 50.0, "other_pictures": []}
        kept = {"output_size": made["size"], "output_mtime_ns": made["mtime_ns"], "output_sha256": "0" * 64}
        plain = {"kind": "done", **source, "sha256": "0" * 64, **kept, "seconds": 0.1, "figures": figures}
        self._said = [Message(output, "1", {**plain, "glance": ["", "", ""]})]

    def messages(self, _timeout_s: float) -> Sequence[Message]:
        said, self._said = self._said, []
        return said

    def pause(self) -> None: ...

    def go_on(self) -> None: ...

    def close(self) -> None: ...


def workers(folder: Path, seconds: float) -> int:
    """Measure what a batch adds to the time of its pictures, and what a second worker brings; return the misses."""
    pictures = folder / "box"
    pictures.mkdir()
    with Image.open(resource_path(SAMPLE_PHOTO)) as photo:
        for number in range(4):
            photo.convert("RGB").crop((40 * number, 0, 40 * number + 96, 96)).save(pictures / f"p{number}.png")
    steps = steps_in(pictures / "p0.png", folder / "trial.png", seconds)
    same = ("--steps", str(steps), "--kernel", "bicubic", "--clean", "none")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    started_s = time.perf_counter()
    for number in range(4):
        command = [sys.executable, "-m", "zssr_studio", "upscale", str(pictures / f"p{number}.png"), *same]
        command += ["-o", str(folder / f"alone{number}.png"), "--threads", "1"]
        subprocess.run(command, capture_output=True, check=True, env=environment)
    alone_s = time.perf_counter() - started_s
    took = {}
    for count in (1, 2):
        started_s = time.perf_counter()
        with batch_process(pictures, folder / f"out{count}", *same, "--workers", str(count)) as process:
            process.communicate()
        took[count] = time.perf_counter() - started_s
    equal = all(
        (folder / f"alone{n}.png").read_bytes() == (folder / "out1" / f"p{n}_zssr2x.png").read_bytes() for n in range(4)
    )
    print(
        f"4 pictures of {steps} steps, one thread each: one process a picture {alone_s:.1f} s, a batch of one worker "
        f"{took[1]:.1f} s ({took[1] / alone_s - 1:+.1%}), of two {took[2]:.1f} s; the same bytes: {equal}"
    )
    return sum((took[1] > 1.05 * alone_s, not equal))


def steps_in(picture: Path, trial: Path, seconds: float) -> int:
    """Tell how many steps a picture makes in some seconds with one thread."""
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(picture), "-o", str(trial), "--json"]
    command += [
        "--seconds",
        str(seconds),
        "--least-gain",
        "0",
        "--threads",
        "1",
        "--kernel",
        "bicubic",
        "--clean",
        "none",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(json.loads(done.stdout.splitlines()[-1])["steps"])
