"""`python -m tests.screenshots.which_kernel DIR` makes the pictures of docs/which-kernel.md and prints figures."""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import matplotlib as mpl
import numpy as np
from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.studio.studio_loop import look_over, open_fresh_studio, pause, unfold, wait_for
from zssr_studio.app.models.degradation.degradation import title_of
from zssr_studio.app.models.degradation.trial import region_of
from zssr_studio.app.theme import Theme
from zssr_studio.app.views.degradation.damage_panel import DamagePanel
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.kernels.shapes import Shape, bicubic_kernel
from zssr_studio.engine.runtime.device import CPU
from zssr_studio.imaging.picture import Crop
from zssr_studio.imaging.read import read_picture
from zssr_studio.pipeline import to_array, to_tensor
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio

mpl.use("Agg")
from matplotlib import pyplot as plt

SCALE = (2.0, 2.0)
TRUE_BLUR = "gaussian:1.4,0.8,30"
SHOWN = ("gaussian:1.2", TRUE_BLUR, "disc:1.6", "motion:5,20", "box:2")
# The eye, which has fine hair and hard edges, in the picture that was made small by half.
REGION = Crop(26, 48, 110, 110)
BORDER_PX = 4


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out_dir", type=Path)
    options = parser.parse_args(arguments)
    options.out_dir.mkdir(parents=True, exist_ok=True)
    _draw_shapes(options.out_dir / "kernel-shapes.png")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder, open_fresh_studio(application) as studio:
        studio.theme.set_theme(Theme.LIGHT)
        _try(studio, _blurred_sample(Path(folder) / "sample.png"), options.out_dir)
    return 0


def _draw_shapes(path: Path) -> None:
    kernels = [bicubic_kernel(SCALE), *(Shape.parse(text).kernel(SCALE) for text in SHOWN)]
    titles = [title_of(None), *(title_of(Shape.parse(text)) for text in SHOWN)]
    figure, axes = plt.subplots(1, len(kernels), figsize=(12, 2.4), layout="constrained")
    for axis, kernel, title in zip(axes, kernels, titles, strict=True):
        rows, columns = kernel.taps.shape
        axis.imshow(kernel.taps.clip(0), cmap="gray", vmin=0, extent=(-columns / 2, columns / 2, rows / 2, -rows / 2))
        axis.set(title=title, xlim=(-5, 5), ylim=(5, -5), xticks=[-4, -2, 0, 2, 4], yticks=[-4, -2, 0, 2, 4])
        axis.set_facecolor("black")
        axis.title.set_fontsize(8)
        axis.tick_params(labelsize=7)
    axes[0].set_ylabel("pixels of the result", fontsize=7)
    figure.savefig(path, dpi=100)
    print(path)


def _blurred_sample(path: Path) -> Path:
    """The sample photo, made half as large under a known blur."""
    photo = read_picture(resource_path(SAMPLE_PHOTO))
    degradation = Degradation(SCALE, Shape.parse(TRUE_BLUR).kernel(SCALE))
    small = to_array(degradation.downscale(to_tensor(photo.pixels, CPU)).clamp(0, 1))
    Image.fromarray(np.rint(small * 255).astype(np.uint8)).save(path)
    return path


def _try(studio: Studio, path: Path, folder: Path) -> None:
    studio.pictures.open(path)
    wait_for(lambda: studio.document.picture is not None)
    look_over(studio)
    studio.document.set_crop(REGION)
    studio.settings.set_kernel(Shape.parse(TRUE_BLUR))
    panel = studio.window.settings_panel
    unfold(studio, "expert")
    panel.ensureWidgetVisible(panel.findChild(DamagePanel))
    pause(200)
    studio.window.grab().save(str(folder / "degradation-light.png"))
    trial = studio.trial
    trial.on_open()
    wait_for(lambda: trial.dialog is not None and trial.dialog.isVisible())
    trial.dialog.start_button.click()
    wait_for(lambda: trial.model.is_running)
    wait_for(lambda: not trial.model.is_running)
    pause(200)
    trial.dialog.grab().save(str(folder / "trial-light.png"))
    truth = read_picture(resource_path(SAMPLE_PHOTO)).cropped(_enlarged(region_of(0, 0, REGION)))
    for tile in trial.model.tiles:
        print(f"{tile.candidate.title}: {_psnr_db(tile.pixels, truth.pixels):.2f} dB")
    trial.dialog.reject()
    wait_for(lambda: trial.dialog is None)


def _enlarged(crop: Crop) -> Crop:
    return Crop(*(2 * value for value in (crop.top, crop.left, crop.height, crop.width)))


def _psnr_db(result: np.ndarray, truth: np.ndarray) -> float:
    inner = (slice(BORDER_PX, -BORDER_PX),) * 2
    return -10 * math.log10(float(np.mean((result[inner] - truth[inner]) ** 2)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
