"""The composition root: makes the models, the window and the controllers, and wires them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.app.controllers.compare.comparison import ComparisonController
from zssr_studio.app.controllers.compare.display_copies import Displays
from zssr_studio.app.controllers.compare.results import ResultsController
from zssr_studio.app.controllers.compare.scene import SceneController
from zssr_studio.app.controllers.compare.scores import ScoresController
from zssr_studio.app.controllers.degradation.degradation import DegradationController
from zssr_studio.app.controllers.degradation.region import RegionController
from zssr_studio.app.controllers.degradation.trial import TrialController
from zssr_studio.app.controllers.files.autosave import AutosaveController
from zssr_studio.app.controllers.files.document import DocumentController
from zssr_studio.app.controllers.files.export import ExportController
from zssr_studio.app.controllers.files.guard import Guard
from zssr_studio.app.controllers.files.project import ProjectController
from zssr_studio.app.controllers.files.work import Work
from zssr_studio.app.controllers.run.film import FilmController
from zssr_studio.app.controllers.run.run import RunController
from zssr_studio.app.controllers.run.run_panel import TrainingController
from zssr_studio.app.controllers.run.runs_table import RunsController
from zssr_studio.app.controllers.run.settings import SettingsController
from zssr_studio.app.controllers.run.train_on import TrainOnController
from zssr_studio.app.controllers.run.try_in_place import InPlaceController
from zssr_studio.app.controllers.window.display_profile import ScreenController
from zssr_studio.app.controllers.window.habits import Habits
from zssr_studio.app.controllers.window.habits import build as build_habits
from zssr_studio.app.controllers.window.tasks import Tasks
from zssr_studio.app.controllers.window.undo import UndoController
from zssr_studio.app.controllers.window.window import WindowController
from zssr_studio.app.models.compare.comparison import ComparisonModel
from zssr_studio.app.models.compare.results import ResultsModel
from zssr_studio.app.models.degradation.degradation import DegradationModel
from zssr_studio.app.models.files.document import DocumentModel
from zssr_studio.app.models.files.export import ExportModel
from zssr_studio.app.models.run.queue import QueueModel
from zssr_studio.app.models.run.run import RunModel
from zssr_studio.app.models.run.settings import SettingsModel, start_settings
from zssr_studio.app.project.sessions import Sessions
from zssr_studio.app.theme import Theme, apply, load_fonts
from zssr_studio.app.user_settings import user_data, user_settings
from zssr_studio.app.views.run.settings_panel import SettingsPanel
from zssr_studio.app.views.window.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


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


def build(application: QApplication) -> Studio:
    """Wire a studio; a loop of asyncio must be running."""
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
