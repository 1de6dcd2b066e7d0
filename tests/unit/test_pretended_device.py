"""A step of training neither waits for a graphics card nor sends it anything: one copy serves twenty steps."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.pretended_training import CASES, EVENTS_OF_A_STAGE, STEPS_OF_A_STAGE, Told
from zssr_studio.engine.config import PRESETS

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.pretended_training"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.mark.parametrize(("preset", "way"), CASES)
def test_a_step_neither_copies_nor_waits(told, preset, way):
    case = Told(**told["cases"][f"{preset}, {way}"])
    assert case.device == "pretended:0"
    stages = len(case.events) // EVENTS_OF_A_STAGE
    assert 1 <= stages <= len(PRESETS[preset].stages)
    assert case.steps == case.last_step == stages * STEPS_OF_A_STAGE
    # What is the same in all steps is sent with the first of a stage.
    assert set(case.uneasy_steps) <= set(range(0, case.steps, STEPS_OF_A_STAGE))
    for index, (to_device, _, waits) in enumerate(case.events):
        if index % EVENTS_OF_A_STAGE:
            assert to_device <= 1
        # The loss, and with the hundredth step both losses that the watchdog compares.
        assert waits <= 3


def test_what_mixes_devices_is_refused(told):
    assert "mixes a tensor" in told["mixed"]


def test_copies_and_waits_are_seen(told):
    assert told["seen"] == [2, 0, ["_local_scalar_dense"]]
