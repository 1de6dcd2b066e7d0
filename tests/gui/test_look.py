"""A picture is looked at as it opens: what is wrong with it is known, and undone, before anything is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage import data

from tests import piece_of_sample
from tests.studio_loop import wait_for
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import NO_DAMAGE, ColouredNoise
from zssr_studio.engine.kernels.shapes import Shape

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def grainy(tmp_path: Path) -> Path:
    """A soft photo with grain, as scans are."""
    soft = gaussian_filter(data.astronaut().astype(np.float64) / 255, (1.2, 1.2, 0))[::2, ::2]
    grain = gaussian_filter(np.random.default_rng(3).normal(size=soft.shape), (0.7, 0.7, 0))
    path = tmp_path / "grainy.png"
    Image.fromarray(np.rint(255 * (soft + 0.04 * grain / grain.std()).clip(0, 1)).astype(np.uint8)).save(path)
    return path


def opened(studio: Studio, path: Path) -> None:
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)


def looked(studio: Studio) -> None:
    wait_for(lambda: not studio.tasks.is_busy)


def test_what_is_found_is_set_and_belongs_to_its_picture(studio: Studio, grainy: Path, tmp_path: Path) -> None:
    opened(studio, grainy)
    looked(studio)
    found = studio.settings.value
    assert isinstance(found.damage.noise, ColouredNoise)
    assert "grain of about" in studio.window.settings_panel.damage.told.text()
    opened(studio, piece_of_sample(tmp_path / "sharp.png", (60, 60, 300, 240)))
    looked(studio)
    assert studio.settings.value.damage == NO_DAMAGE
    assert studio.settings.value.kernel is not found.kernel or found.kernel is None


def test_enlarge_waits_for_what_is_being_found(studio: Studio, grainy: Path) -> None:
    studio.settings.set_value(Settings(Scale(2, 2), steps=2, device="cpu"))
    opened(studio, grainy)
    # At once, while it is still looked at.
    studio.window.actions_by_name["start"].trigger()
    wait_for(lambda: studio.results.current_run is not None and studio.results.current_run.finished is not None)
    assert isinstance(studio.results.current_run.finished.job.damage.noise, ColouredNoise)
    looked(studio)


def test_what_a_person_says_stands(studio: Studio, grainy: Path) -> None:
    opened(studio, grainy)
    disc = Shape("disc", (2.0,))
    studio.settings.set_kernel(disc)
    looked(studio)
    assert studio.settings.value.kernel == disc
    assert studio.settings.value.damage == NO_DAMAGE


def test_the_papers_presets_keep_its_ideal_case(studio: Studio, grainy: Path) -> None:
    studio.settings.set_value(replace(studio.settings.value, preset="paper"))
    opened(studio, grainy)
    looked(studio)
    assert studio.settings.value.kernel is None
    assert studio.settings.value.damage == NO_DAMAGE
