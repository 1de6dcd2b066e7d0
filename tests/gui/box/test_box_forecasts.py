"""How long the pictures of a box take, as the settings change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.studio.studio_loop import running_loop, wait_for
from zssr_studio.app.controllers.box.forecasts import BoxForecastController
from zssr_studio.app.controllers.window.tasks import Tasks
from zssr_studio.app.models.box.box import BoxModel
from zssr_studio.app.models.box.picture import BoxPicture, Looked
from zssr_studio.app.models.box.plan import BoxPlan
from zssr_studio.app.models.run.forecast import ForecastModel
from zssr_studio.app.models.run.settings import SettingsModel
from zssr_studio.forecast import Speed


def test_what_was_told_of_another_preset_is_taken_back_until_this_one_is_measured(qapp):
    with running_loop(qapp):
        box, settings, forecast, told = BoxModel(), SettingsModel(), ForecastModel(), list[str]()
        tasks = Tasks(told.append)
        controller = BoxForecastController(box, settings, forecast, tasks)
        forecast.set_speed(settings.value.preset, settings.value.device, Speed(0.01, 1e-6, 2e-7))
        box.open([BoxPicture(Path("a.png"), "a.png", looked=Looked(40, 60))], BoxPlan(Path("enlarged")))
        wait_for(lambda: box.get(0).forecast_s is not None)
        settings.set_value(replace(settings.value, preset="best"))
        wait_for(lambda: box.get(0).forecast_s is None)
        forecast.set_speed("best", settings.value.device, Speed(0.02, 1e-6, 2e-7))
        wait_for(lambda: box.get(0).forecast_s is not None)
        controller.end()
        wait_for(lambda: not tasks.is_busy)
        assert told == []
