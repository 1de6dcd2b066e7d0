"""Dead networks are found and started again; the worth of more training is foreseen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from skimage import data

from tests.unit.test_pipeline import finished, photo
from zssr_studio.engine import config
from zssr_studio.engine.config import FAST
from zssr_studio.engine.events import Death, Notice, NoticeKind, Step
from zssr_studio.engine.training.schedule import GainForecast
from zssr_studio.engine.training.watchdog import WINDOW, SoundWeights, Watchdog
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job

ALIVE = [torch.ones(2)]
SILENT = [torch.zeros(2), None]


def watchdog(ratios: list[float]) -> Watchdog:
    watched = Watchdog()
    for ratio in ratios:
        watched.take(0.1 * ratio, 0.1)
    return watched


def test_a_network_that_learns_is_alive():
    assert watchdog([1.1 - 0.02 * n for n in range(20)]).death(0.1, ALIVE) is None


def test_a_picture_of_which_nothing_can_be_learned_is_no_death():
    assert watchdog([1.0] * 40).death(0.1, ALIVE) is None


def test_a_loss_that_is_no_number_is_a_death_at_once():
    assert watchdog([]).death(math.nan, ALIVE) is Death.NOT_FINITE
    assert watchdog([0.5] * 3).death(math.inf, ALIVE) is Death.NOT_FINITE


def test_a_loss_that_is_back_at_interpolation_is_a_death():
    assert watchdog([0.9] * WINDOW + [1.0] * (WINDOW - 1)).death(0.1, ALIVE) is None
    assert watchdog([0.9] * WINDOW + [1.0] * WINDOW).death(0.1, ALIVE) is Death.LOST


def test_a_loss_that_stays_far_above_interpolation_is_a_death():
    assert watchdog([9.0] * WINDOW).death(0.9, ALIVE) is None
    assert watchdog([9.0] * 2 * WINDOW).death(0.9, ALIVE) is Death.DIVERGED


def test_inner_weights_without_gradient_are_a_death():
    assert watchdog([1.0] * WINDOW).death(0.1, SILENT) is Death.SILENT
    assert watchdog([0.9] * WINDOW).death(0.1, SILENT) is None


def test_a_flat_picture_is_not_judged():
    watched = Watchdog()
    for _ in range(3 * WINDOW):
        watched.take(0.0, 0.0)
    assert watched.death(0.0, SILENT) is None


@pytest.mark.parametrize("rate", [30.0, 1e4])
def test_a_rate_that_kills_is_survived(monkeypatch, rate):
    wild = replace(FAST, learning_rate=rate * FAST.learning_rate, muon_rate=rate * FAST.muon_rate)
    monkeypatch.setitem(config.PRESETS, "fast", wild)
    picture = Picture(data.astronaut()[:96, 150:246].astype(np.float32) / 255)
    events, result = finished(Job(picture, steps=600, device="cpu"))
    assert any(isinstance(e, Notice) and e.kind is NoticeKind.RESTARTED for e in events)
    assert np.isfinite(result.picture.pixels).all()
    assert np.abs(result.picture.pixels - result.bicubic.pixels).mean() < 0.02


def foreseen(rise_db_per_doubling: float, least_gain_db: float) -> float | None:
    forecast = GainForecast(least_gain_db)
    for tenth in range(2, 60):
        elapsed_s = tenth / 10
        error = 0.05 * 10 ** (-rise_db_per_doubling * math.log2(elapsed_s) / 20)
        enough_s = forecast.take(elapsed_s, error)
        if enough_s is not None:
            assert 3 <= elapsed_s < 3.2
            return enough_s
    return None


def test_what_rises_no_more_ends_at_once_and_what_rises_goes_on():
    # The later stages still have their turn.
    assert foreseen(0.0, 0.05) == pytest.approx(4.3, abs=0.2)
    assert foreseen(-0.3, 0.05) == pytest.approx(4.3, abs=0.2)
    rising = foreseen(0.8, 0.05)
    assert rising > 60
    assert foreseen(0.8, 0.4) < rising
    assert foreseen(0.0, 0.0) is None


def test_foresight_shortens_a_run_and_says_so():
    # No doubling brings 10 dB, so that training ends where that is first asked.
    events, _ = finished(Job(photo(), seconds=600, least_gain_db=10, device="cpu"))
    assert any(isinstance(e, Notice) and e.kind is NoticeKind.ENDS_EARLY for e in events)
    last = [e for e in events if isinstance(e, Step)][-1]
    assert last.elapsed_s < 600


def test_steps_are_done_whatever_is_foreseen():
    events, _ = finished(Job(photo(), steps=30, least_gain_db=10, device="cpu"))
    assert max(e.step for e in events if isinstance(e, Step)) == 30


def test_after_a_death_training_goes_on_from_the_last_sound_weights():
    network, sound = torch.nn.Linear(1, 1), SoundWeights()
    for error, value in ((0.5, 1.0), (0.4, 2.0), (0.41, 3.0), (0.9, 4.0), (math.nan, 5.0)):
        torch.nn.init.constant_(network.weight, value)
        sound.take(error, network)
    assert float(sound.weights["weight"]) == 3.0
