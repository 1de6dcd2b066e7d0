"""A small share of `python -m tests.benchmarks fuzz`: mutated files are read or refused with a sentence."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.samples.fuzzing import run_kind, seeds
from tests.studio.studio_loop import PATIENCE_S

FILES = 12


@pytest.mark.alone
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory and time are set as on Linux")
def test_mutated_files_of_every_kind_are_read_or_refused(tmp_path):
    bad, read = [], 0
    # Each kind is read in a process of its own, so that the cores share them.
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        tallies = list(cores.map(lambda kind: run_kind(kind, FILES, hang_s=PATIENCE_S), seeds(tmp_path)))
    for tally in tallies:
        assert sum(tally.outcomes.values()) == FILES
        bad += tally.bad
        read += tally.outcomes["read"]
    assert bad == []
    assert read > 0
