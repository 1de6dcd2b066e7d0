"""A studio in a process of its own, which opens a picture, trains, and waits to be killed: `PICTURE SECONDS`."""

from __future__ import annotations

import math
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.studio.studio_loop import open_studio, pause, wait_for
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.training import schedule
from zssr_studio.imaging.picture import Crop

CROP = Crop(8, 4, 64, 72)
SEED = 7


def main(picture: Path, seconds: float) -> None:
    # No run ends by itself before it is killed.
    schedule.FORECAST_AT_S = math.inf
    application = QApplication([])
    with open_studio(application) as studio:
        studio.pictures.open(picture)
        wait_for(lambda: studio.document.path == picture)
        # A result first, so that there is something besides the training.
        studio.settings.set_value(Settings(Scale(2, 2), steps=8, seed=SEED, device="cpu"))
        studio.window.actions_by_name["start"].trigger()
        wait_for(lambda: studio.results.current is not None)
        studio.document.set_crop(CROP)
        studio.settings.set_value(Settings(Scale(2, 2), seconds=seconds, seed=SEED, device="cpu"))
        studio.window.actions_by_name["start"].trigger()
        studio.settings.set_value(Settings(Scale(3, 3), steps=6, seed=SEED, device="cpu"))
        wait_for(lambda: studio.run.is_running)
        studio.window.actions_by_name["start"].trigger()
        while True:
            pause(100)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
