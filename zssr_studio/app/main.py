"""The composition root: makes the models, the window and the controllers, and lives until the window is closed."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.controllers.autosave import AutosaveController
    from zssr_studio.app.controllers.comparison import ComparisonController
    from zssr_studio.app.controllers.degradation import DegradationController
    from zssr_studio.app.controllers.displays import Displays
    from zssr_studio.app.controllers.document import DocumentController
    from zssr_studio.app.controllers.export import ExportController
    from zssr_studio.app.controllers.film import FilmController
    from zssr_studio.app.controllers.habits import Habits
    from zssr_studio.app.controllers.in_place import InPlaceController
    from zssr_studio.app.controllers.project import ProjectController
    from zssr_studio.app.controllers.region import RegionController
    from zssr_studio.app.controllers.results import ResultsController
    from zssr_studio.app.controllers.run import RunController
    from zssr_studio.app.controllers.runs import RunsController
    from zssr_studio.app.controllers.scene import SceneController
    from zssr_studio.app.controllers.scores import ScoresController
    from zssr_studio.app.controllers.screen import ScreenController
    from zssr_studio.app.controllers.settings import SettingsController
    from zssr_studio.app.controllers.tasks import Tasks
    from zssr_studio.app.controllers.train_on import TrainOnController
    from zssr_studio.app.controllers.training import TrainingController
    from zssr_studio.app.controllers.trial import TrialController
    from zssr_studio.app.controllers.undo import UndoController
    from zssr_studio.app.controllers.window import WindowController
    from zssr_studio.app.models.comparison import ComparisonModel
    from zssr_studio.app.models.document import DocumentModel
    from zssr_studio.app.models.queue import QueueModel
    from zssr_studio.app.models.results import ResultsModel
    from zssr_studio.app.models.run import RunModel
    from zssr_studio.app.models.settings import SettingsModel
    from zssr_studio.app.views.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Studio:
    """All parts of the window, wired."""

    document: DocumentModel
    settings: SettingsModel
    run: RunModel
    queue: QueueModel
    results: ResultsModel
    comparison: ComparisonModel
    window: MainWindow
    tasks: Tasks
    displays: Displays
    autosave: AutosaveController
    projects: ProjectController
    pictures: DocumentController
    exports: ExportController
    runs: RunController
    scene: SceneController
    screen: ScreenController
    entries: ResultsController
    scores: ScoresController
    comparing: ComparisonController
    options: SettingsController
    degradation: DegradationController
    trial: TrialController
    training: TrainingController
    film: FilmController
    table: RunsController
    train_on: TrainOnController
    region: RegionController
    in_place: InPlaceController
    undo: UndoController
    frame: WindowController
    habits: Habits


def run_window(path: Path | None) -> int:
    """Show the window, with a picture if one is given, until it is closed.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    FailureError
        If there is no display, or a library that it needs is missing.
    """
    check_display()
    if sys.platform == "win32":
        # On Windows torch's libraries do not load once Qt's are there (WinError 1114).
        import zssr_studio.pipeline  # noqa: F401
    import qasync
    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.language import kept_language, speak
    from zssr_studio.app.user_settings import user_settings

    application = QApplication(sys.argv[:1])
    application.setApplicationName("ZSSR Studio")
    speak(application, kept_language(user_settings()))
    # Closing the last window would stop the loop under the coroutines that still tidy up.
    application.setQuitOnLastWindowClosed(False)
    # Python's own handler would only run once Qt happens to call into Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with qasync.QEventLoop(application) as loop:
        loop.run_until_complete(_live(application, path))
    return 0


def check_display() -> None:
    """Find out before Qt does, which would end the process without a sentence.

    Raises
    ------
    FailureError
        If there is no display, or the library that Qt needs for X11 is missing.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise FailureError(
            "There is no display here for the window. In the terminal: zssr-studio upscale IMAGE -o OUT (see --help)."
        )
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        raise FailureError(
            "The window needs the library libxcb-cursor. Install it: sudo apt-get install libxcb-cursor0"
        ) from error


def build(application: QApplication) -> Studio:
    """Wire a studio; a loop of asyncio must be running."""
    from zssr_studio.app.controllers.autosave import AutosaveController
    from zssr_studio.app.controllers.comparison import ComparisonController
    from zssr_studio.app.controllers.degradation import DegradationController
    from zssr_studio.app.controllers.displays import Displays
    from zssr_studio.app.controllers.document import DocumentController
    from zssr_studio.app.controllers.export import ExportController
    from zssr_studio.app.controllers.film import FilmController
    from zssr_studio.app.controllers.guard import Guard
    from zssr_studio.app.controllers.habits import build as build_habits
    from zssr_studio.app.controllers.in_place import InPlaceController
    from zssr_studio.app.controllers.project import ProjectController
    from zssr_studio.app.controllers.region import RegionController
    from zssr_studio.app.controllers.results import ResultsController
    from zssr_studio.app.controllers.run import RunController
    from zssr_studio.app.controllers.runs import RunsController
    from zssr_studio.app.controllers.scene import SceneController
    from zssr_studio.app.controllers.scores import ScoresController
    from zssr_studio.app.controllers.screen import ScreenController
    from zssr_studio.app.controllers.settings import SettingsController
    from zssr_studio.app.controllers.tasks import Tasks
    from zssr_studio.app.controllers.train_on import TrainOnController
    from zssr_studio.app.controllers.training import TrainingController
    from zssr_studio.app.controllers.trial import TrialController
    from zssr_studio.app.controllers.undo import UndoController
    from zssr_studio.app.controllers.window import WindowController
    from zssr_studio.app.controllers.work import Work
    from zssr_studio.app.models.comparison import ComparisonModel
    from zssr_studio.app.models.degradation import DegradationModel
    from zssr_studio.app.models.document import DocumentModel
    from zssr_studio.app.models.export import ExportModel
    from zssr_studio.app.models.queue import QueueModel
    from zssr_studio.app.models.results import ResultsModel
    from zssr_studio.app.models.run import RunModel
    from zssr_studio.app.models.settings import SettingsModel, start_settings
    from zssr_studio.app.project.sessions import Sessions
    from zssr_studio.app.theme import Theme, apply, load_fonts
    from zssr_studio.app.user_settings import user_data, user_settings
    from zssr_studio.app.views.main_window import MainWindow
    from zssr_studio.app.views.settings_panel import SettingsPanel

    family = load_fonts()
    # Widgets measure themselves with the typeface that they are made under.
    apply(application, Theme.SYSTEM, family)
    document, settings, run = DocumentModel(), SettingsModel(start_settings(user_settings())), RunModel()
    results, comparison, queue = ResultsModel(), ComparisonModel(), QueueModel()
    window = MainWindow(SettingsPanel(settings.value))
    tasks = Tasks(window.message_bar.show_error)
    work, sessions = Work(document, settings, results, run, queue), Sessions(user_data() / "sessions")
    guard, autosave = Guard(run, queue, results, work, window), AutosaveController(work, sessions, tasks)
    displays = Displays(results, tasks)
    scene = SceneController(document, run, results, comparison, displays, window)
    runs = RunController(document, settings, run, queue, window, tasks)
    entries = ResultsController(document, run, results, comparison, displays, window, tasks)
    comparing = ComparisonController(results, comparison, window)
    kernels = DegradationModel(settings)
    training = TrainingController(document, run, results, window, tasks)
    projects = ProjectController(
        *(document, settings, results, comparison, scene, runs, guard, work, autosave, sessions, window, tasks)
    )
    undo = UndoController(document, settings, results, window)
    projects.restored.connect(undo.forget)
    pictures = DocumentController(document, results, window, scene, runs, projects, guard, tasks)
    screen = ScreenController(user_settings(), displays, window, tasks)
    habits = build_habits(user_settings(), document, pictures, screen, window, tasks)
    projects.filed.connect(habits.files.add)
    return Studio(
        document=document,
        settings=settings,
        run=run,
        queue=queue,
        results=results,
        comparison=comparison,
        window=window,
        tasks=tasks,
        displays=displays,
        autosave=autosave,
        projects=projects,
        pictures=pictures,
        exports=ExportController(ExportModel(user_settings()), settings, document, results, window, tasks),
        runs=runs,
        scene=scene,
        screen=screen,
        entries=entries,
        scores=ScoresController(results, tasks),
        comparing=comparing,
        options=SettingsController(settings, document, window, tasks),
        degradation=DegradationController(kernels, settings, document, window, tasks),
        trial=TrialController(kernels, settings, document, run, window, tasks),
        training=training,
        film=FilmController(run, results, comparison, training, scene, window),
        table=RunsController(document, settings, run, queue, results, window),
        train_on=TrainOnController(document, results, runs, window, tasks),
        region=RegionController(document, window),
        in_place=InPlaceController(document, settings, run, results, comparison, scene, window, tasks),
        undo=undo,
        frame=WindowController(document, run, results, window, runs, guard, tasks, family, user_settings()),
        habits=habits,
    )


async def _live(application: QApplication, path: Path | None) -> None:
    studio = build(application)
    # A small screen, or one whose units are large, has no room for the usual size.
    studio.window.resize(studio.window.size().boundedTo(studio.window.screen().availableSize()))
    studio.window.show()
    studio.projects.offer()
    if path is not None:
        studio.pictures.open(path)
    await studio.frame.closed.wait()
    studio.in_place.drop()
    await studio.tasks.finish()
    studio.autosave.end()
