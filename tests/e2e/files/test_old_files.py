"""What an earlier version wrote is read by this one: a project with a training in it, and weights.

`november.zssr` was saved in November 2026 while a run trained and another waited,
whose kernel is uncertain.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests import golden
from tests.studio.studio_loop import open_studio, wait_for
from zssr_studio.engine.weights import Weights
from zssr_studio.imaging.picture import Crop
from zssr_studio.imaging.weight_files import read_weight_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FOLDER = Path(golden.__file__).parent


def test_a_project_of_november_goes_on(qapp: QApplication, tmp_path: Path) -> None:
    project = shutil.copy(FOLDER / "november.zssr", tmp_path)
    with open_studio(qapp) as studio:
        studio.pictures.open(Path(project))
        wait_for(lambda: studio.run.step is not None)
        # The training goes on from its last checkpoint, and what waited still waits.
        assert studio.run.step.step > 100
        assert studio.run.job.crop == Crop(2, 3, 30, 28)
        assert studio.run.job.kernel.name == "disc:2"
        (waiting,) = studio.queue.waiting
        assert _uncertainty(waiting.job.kernel) == 0.25
        assert waiting.job.damage.jpeg.quality == 60
        run = studio.results.current_run
        assert run.finished.job.seed == 3
        assert run.finished.job.kernel.name == "estimated gaussian:1.6,1.1,30"
        assert _uncertainty(run.finished.job.kernel) == 0.25
        assert run.picture.pixels.shape == (80, 96, 3)
        assert len(run.finished.history.losses.values) == 20
        assert run.finished.outcome.weights.preset == "fast"
        assert studio.settings.value.seed == 5
        wait_for(lambda: not studio.tasks.is_busy)


def _uncertainty(kernel: object) -> float:
    return kernel.uncertainty


def test_weights_of_november_fit() -> None:
    path = FOLDER / "november.safetensors"
    weights = Weights.from_file(path.name, *read_weight_file(path))
    weights.check_fits("fast", "2", 3)
    assert [picture.name for picture in weights.pictures] == ["sample.png"]
    assert all(np.isfinite(array).all() for array in weights.arrays.values())
