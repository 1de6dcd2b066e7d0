"""Boxes of tiny pictures, and batches of them in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tests import piece_of_sample
from zssr_studio.batch.coordinator import Coordinator
from zssr_studio.batch.one_file.options import Options
from zssr_studio.batch.request import Request, opened
from zssr_studio.batch.workers.machine import workers_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zssr_studio.batch.events import BatchEvent

QUICK = ("--steps", "2", "--kernel", "bicubic", "--clean", "none")
# Trained until it is ended.
ENDLESS = ("--seconds", "3600", *QUICK[2:])
QUICK_OPTIONS = Options(steps=2, kernel="bicubic", clean="none")


def box(folder: Path, count: int = 8) -> Path:
    """Make a folder of pictures of 40 x 30 pixels, none like another."""
    folder.mkdir(parents=True)
    for number in range(count):
        left, top = 20 * number, 10 * number
        piece_of_sample(folder / f"p{number}.png", (left, top, left + 40, top + 30))
    return folder


def batch_process(*arguments: object) -> subprocess.Popen[str]:
    """Start a batch in a process of its own, with one thread for each worker."""
    command = [sys.executable, "-m", "zssr_studio", "batch", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


@contextmanager
def begun(request: Request, workers: int = 1) -> Iterator[tuple[Coordinator, Iterator[BatchEvent]]]:
    """Begin a batch in this process, to be followed event by event."""
    with opened(request, None) as batch:
        crew, options = workers_for(batch.options, workers)
        with closing(crew):
            coordinator = Coordinator(
                batch.journal, request.folder, options, crew, batch.kin, overwrite=request.overwrite
            )
            with closing(coordinator.events()) as events:
                yield coordinator, events
