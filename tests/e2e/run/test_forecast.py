"""What is told of a run before it: its time, its memory, and what to do where that is not there."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import psutil
import pytest

from tests import piece_of_sample
from tests.conftest import _measured
from tests.studio.studio_loop import click_tool, wait_for
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.runtime.memory import LEAST_BYTES
from zssr_studio.forecast import forecast, measure

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def opened(studio: Studio, tmp_path: Path) -> Studio:
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.settings.set_value(Settings(Scale(2, 2), device="cpu"))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    return studio


def line(studio: Studio) -> str:
    return studio.window.start_footer.forecast


def test_time_and_memory_are_told_and_follow_the_settings(opened: Studio) -> None:
    wait_for(lambda: re.fullmatch(r"about 40 s · \d+\.\d GB", line(opened)) is not None)
    opened.settings.set_value(Settings(Scale(2, 2), "best", device="cpu"))
    wait_for(lambda: line(opened).startswith("about 4 min"))
    opened.settings.set_value(Settings(Scale(2, 2), "paper", device="cpu"))
    wait_for(lambda: line(opened).startswith("up to "))
    opened.settings.set_value(Settings(Scale(1, 1)))
    wait_for(lambda: line(opened) == "")


def test_what_does_not_fit_into_memory_says_what_to_do(opened: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for(lambda: "GB" in line(opened))
    job = Settings(Scale(8, 8), device="cpu").job(opened.document.picture, None)
    large, small = (forecast(one, _measured()).least_bytes for one in (job, replace(job, scale=Scale(4, 4))))
    assert large > small > LEAST_BYTES
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=(large + small) / 2))
    opened.settings.set_value(Settings(Scale(8, 8), device="cpu"))
    wait_for(lambda: line(opened).startswith("Needs"))
    assert line(opened).endswith("GB: choose 4× or a region.")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=small / 100))
    opened.settings.set_value(Settings(Scale(4, 4), device="cpu"))
    wait_for(lambda: line(opened).endswith("GB: choose a region."))


def test_what_a_container_leaves_counts_as_the_memory(opened: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for(lambda: "GB" in line(opened))
    job = Settings(Scale(8, 8), device="cpu").job(opened.document.picture, None)
    needed = forecast(job, _measured()).least_bytes
    monkeypatch.setattr("zssr_studio.host.machine.free_in_bounds_bytes", lambda: needed - 1.0)
    opened.settings.set_value(Settings(Scale(8, 8), device="cpu"))
    wait_for(lambda: line(opened).startswith("Needs"))


def test_what_does_not_fit_onto_the_disk_says_what_to_do(opened: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    opened.settings.set_value(Settings(Scale(3, 3), device="cpu"))
    wait_for(lambda: "on the disk" in line(opened))


def test_nothing_is_measured_beside_a_run(opened: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for(lambda: "GB" in line(opened))
    asked = []
    monkeypatch.setattr("zssr_studio.app.controllers.run.forecast.measured", lambda *told: asked.append(told))
    opened.settings.set_value(Settings(Scale(2, 2), seconds=60.0, device="cpu"))
    click_tool(opened, "start")
    wait_for(lambda: opened.run.is_running)
    opened.settings.set_value(Settings(Scale(2, 2), "best", device="cpu"))
    opened.forecasts._on_measure()
    assert asked == []


def test_this_machine_is_measured_and_that_can_be_cancelled() -> None:
    speed = measure("fast", "cpu", lambda: False)
    assert speed.step_s > 0
    assert speed.pass_s > 0
    assert speed.rest_s > 0
    assert measure("fast", "cpu", lambda: True) is None
