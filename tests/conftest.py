"""What each test may rely on: no display is needed, and nothing outlives a test."""

from __future__ import annotations

import gc
import math
import os
import signal
import threading
from typing import TYPE_CHECKING

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# nohup and a shell's background jobs have these ignored, and each program that a test starts would take that over.
for number, handler in ((signal.SIGINT, signal.default_int_handler), (getattr(signal, "SIGHUP", None), signal.SIG_DFL)):
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, handler)

# A machine that is busy with other things takes longer to begin, and the same examples come each time.
hypothesis.settings.register_profile(
    "any machine", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.studio import Studio
    from zssr_studio.forecast import Speed


@pytest.fixture(scope="session", autouse=True)
def _modules_are_no_garbage() -> None:
    """Let no collection look through what the modules hold, torch's above all: a tenth of a second each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _settings_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test read or write what a person has set or worked on."""
    from PySide6.QtCore import QSettings

    folder = str(tmp_path_factory.mktemp("settings"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


def _measured(*_: object) -> Speed:
    from zssr_studio.forecast import Speed

    return Speed(step_s=0.01, pass_s=1e-6, rest_s=2e-7)


@pytest.fixture(autouse=True)
def _no_end_but_what_is_asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no run of a window end by itself because more promises little: how soon one does depends on the machine."""
    if "qapp" in request.fixturenames:
        from zssr_studio.engine.training import schedule

        monkeypatch.setattr(schedule, "FORECAST_AT_S", math.inf)


@pytest.fixture
def studio(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A studio in a window that is shown; how fast the machine is, it takes for measured."""
    from tests.studio.studio_loop import open_studio

    monkeypatch.setattr("zssr_studio.app.controllers.run.forecast.measured", _measured)

    with open_studio(qapp) as made:
        yield made


@pytest.fixture(autouse=True)
def _nothing_to_undo(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find whatever a window opens sharp and clean at once: to look takes seconds, but in tests marked `looks`."""
    if "qapp" not in request.fixturenames or request.node.get_closest_marker("looks") is not None:
        return
    from zssr_studio.app.controllers.degradation import look
    from zssr_studio.engine.damage import NO_DAMAGE
    from zssr_studio.engine.kernels.estimate import Estimate, Finding

    monkeypatch.setattr(look, "_find_damage", lambda _part: NO_DAMAGE)
    monkeypatch.setattr(look, "_estimate", lambda *_given: Estimate(Finding.AS_SHARP_AS_DOWNSCALED))


@pytest.fixture(autouse=True)
def _nothing_outlives(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window or a thread of Python behind."""
    threads = set(threading.enumerate())
    yield
    if "qapp" not in request.fixturenames:
        return
    from PySide6.QtWidgets import QApplication

    from tests.studio.studio_loop import pause

    pause(0)
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == []
    assert {thread for thread in threading.enumerate() if not thread.daemon} <= threads
