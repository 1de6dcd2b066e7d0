"""The composition root: makes the models, the window and the controllers, and wires them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.controllers.box.room import BoxRoom
from zssr_studio.app.controllers.canvas.scene import SceneController
from zssr_studio.app.controllers.canvas.zoom import ZoomController
from zssr_studio.app.controllers.compare.added_files import AddedFilesController
from zssr_studio.app.controllers.compare.compare_with import CompareWithController
from zssr_studio.app.controllers.compare.comparison import ComparisonController
from zssr_studio.app.controllers.compare.display_copies import Displays
from zssr_studio.app.controllers.compare.entries import EntriesController, SelectionController
from zssr_studio.app.controllers.compare.map_layers import MapLayers
from zssr_studio.app.controllers.compare.memory_limit import MemoryLimitController
from zssr_studio.app.controllers.compare.requests import RequestsController
from zssr_studio.app.controllers.compare.results import ResultsController
from zssr_studio.app.controllers.compare.scores import ScoresController
from zssr_studio.app.controllers.compare.thumbnails import Thumbnails
from zssr_studio.app.controllers.degradation.degradation import DegradationController
from zssr_studio.app.controllers.degradation.look import LookController
from zssr_studio.app.controllers.degradation.region import RegionController
from zssr_studio.app.controllers.degradation.sample import SampleController
from zssr_studio.app.controllers.degradation.seen import SeenController
from zssr_studio.app.controllers.degradation.trial import TrialController
from zssr_studio.app.controllers.evidence.closer import CloserController
from zssr_studio.app.controllers.evidence.reproduce import ReproduceController
from zssr_studio.app.controllers.export.export import ExportController
from zssr_studio.app.controllers.export.report import ReportController
from zssr_studio.app.controllers.files.autosave import AutosaveController
from zssr_studio.app.controllers.files.info import InfoController
from zssr_studio.app.controllers.files.open_picture import OpenPictureController
from zssr_studio.app.controllers.files.paste import PasteController
from zssr_studio.app.controllers.files.project import ProjectController
from zssr_studio.app.controllers.files.recent import RecentController
from zssr_studio.app.controllers.files.recovery import RecoveryController
from zssr_studio.app.controllers.files.restore import ProjectRestorer
from zssr_studio.app.controllers.files.unsaved_work import UnsavedWorkGuard
from zssr_studio.app.controllers.files.work import Work
from zssr_studio.app.controllers.run.film import FilmController
from zssr_studio.app.controllers.run.forecast import ForecastController
from zssr_studio.app.controllers.run.run import RunController
from zssr_studio.app.controllers.run.run_panel import RunPanelController
from zssr_studio.app.controllers.run.runs_table import RunsTableController
from zssr_studio.app.controllers.run.settings import SettingsController
from zssr_studio.app.controllers.run.train_on import TrainOnController
from zssr_studio.app.controllers.run.try_in_place import TryInPlaceController
from zssr_studio.app.controllers.window.about import AboutController
from zssr_studio.app.controllers.window.command_palette import CommandsController, known_shortcuts
from zssr_studio.app.controllers.window.display_profile import DisplayProfileController
from zssr_studio.app.controllers.window.folds import FoldsController
from zssr_studio.app.controllers.window.layout import LayoutController
from zssr_studio.app.controllers.window.preferences import PreferencesController
from zssr_studio.app.controllers.window.tasks import Tasks
from zssr_studio.app.controllers.window.theme import ThemeController
from zssr_studio.app.controllers.window.undo import UndoController
from zssr_studio.app.controllers.window.window import WindowController
from zssr_studio.app.models.compare.comparison import ComparisonModel
from zssr_studio.app.models.compare.results import ResultsModel
from zssr_studio.app.models.degradation.degradation import DegradationModel
from zssr_studio.app.models.files.document import DocumentModel
from zssr_studio.app.models.files.export import ExportModel
from zssr_studio.app.models.files.recent import RecentModel
from zssr_studio.app.models.files.signature import kept_signature
from zssr_studio.app.models.run.forecast import ForecastModel
from zssr_studio.app.models.run.queue import QueueModel
from zssr_studio.app.models.run.run import RunModel
from zssr_studio.app.models.run.settings import SettingsModel, start_settings
from zssr_studio.app.project.sessions import Sessions
from zssr_studio.app.user_settings import user_data
from zssr_studio.app.views.fields.manners import FieldManners
from zssr_studio.app.views.run.settings_panel import SettingsPanel
from zssr_studio.app.views.window.command_palette import CommandPalette
from zssr_studio.app.views.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from zssr_studio.app.models.box.order import Batches
    from zssr_studio.app.models.compare.methods import OtherMethods
    from zssr_studio.evidence.signing import Signature


class Studio:
    """All parts of the window, wired.

    Controllers are made in an order that counts where several follow one signal: each signal reaches them in it.

    Parameters
    ----------
    font_family : str
        The typeface, which the theme needs.
    kept : QSettings
        What a person chose and the program remembers.
    methods : OtherMethods
        To compare with.
    batches : callable
        Returns what boxes of pictures are enlarged with.
    """

    def __init__(
        self,
        font_family: str,
        kept: QSettings,
        methods: OtherMethods,
        batches: Callable[[], Batches],
    ) -> None:
        self._kept, self._methods, self._batches = kept, methods, batches
        self.document, self.settings, self.run = DocumentModel(), SettingsModel(start_settings(kept)), RunModel()
        self.results, self.comparison, self.queue = ResultsModel(), ComparisonModel(), QueueModel()
        self._kernels = DegradationModel(self.settings, self.document)
        self.forecast = ForecastModel()
        self.recent_files, self.shortcuts = RecentModel(kept), known_shortcuts(kept)
        self.window = window = MainWindow(SettingsPanel(self.settings.value))
        self._actions, self._messages = window.actions_by_name, window.message_bar
        self.theme = ThemeController(kept, font_family, self._actions, window.canvas, window.run_panel.curves)
        # First of all that follows the actions: what is being typed counts for what they do.
        FieldManners(window, self._actions.values())
        self.tasks = Tasks(self._messages.show_error)
        self.look = LookController(self.document, self._kernels, self._unrecorded, self.tasks)
        self._keep_work()
        self._compare()
        self._train()
        self._open_files()
        self._offer_conveniences()
        self._set_up_runs()
        self._follow_runs()
        self.frame = WindowController(
            self.document, self.settings, self.run, self.results, window, self.runs.discard, self._guard,
            self.autosave.leave, self.tasks,
        )  # fmt: skip
        for end in (self._guard.end, self.runs.end, self.box.leave):
            self.frame.leaving.connect(end)

    def _keep_work(self) -> None:
        """Lose nothing: what changes is saved by itself, and nothing is dropped without a question."""
        self._work = Work(self.document, self.settings, self.results, self.run, self.queue)
        self._sessions = Sessions(user_data() / "sessions")
        self._guard = UnsavedWorkGuard(
            self.document, self.run, self.queue, self.results, self._work, lambda: self.projects.save(),
            lambda: self.box.lost, self._signature, self.window,
        )  # fmt: skip
        self.autosave = AutosaveController(self._work, self._sessions, self.tasks)

    def _compare(self) -> None:
        """Make the list of results, and what it is looked at with."""
        document, run, results, comparison = self.document, self.run, self.results, self.comparison
        window, actions, tasks = self.window, self._actions, self.tasks
        self.displays = Displays(results, tasks)
        self.maps = MapLayers(results, comparison, window.picture_page.legend, actions, tasks)
        self.scene = SceneController(
            document, run, results, comparison, self.displays, self.maps, window.canvas, actions
        )
        self.entries = EntriesController(document, run, results, comparison)
        self.selection = SelectionController(results, comparison, self.displays, lambda: self.scene.is_occupied)
        self.thumbnails = Thumbnails(results, run, self.displays, window.canvas)
        self.result_list = ResultsController(
            results, comparison, run, self.displays, self.thumbnails, window.results_panel, actions
        )
        self.requests = RequestsController(
            results, comparison, window.results_panel, window.canvas, actions, self._messages.show_notice, tasks
        )
        self.added_files = AddedFilesController(document, results, comparison, actions["add"], window, tasks)
        self.memory_limit = MemoryLimitController(results, self._messages)
        self.comparing = ComparisonController(results, comparison, window.picture_page, actions)
        self.scores = ScoresController(results, tasks)
        self.zoom = ZoomController(window.canvas, window.zoom_field, actions)
        # After the scene, whose finest picture says what 100 % is.
        for signal in (comparison.changed, results.changed, self.displays.ready):
            signal.connect(self.zoom.show)
        window.files_added.connect(self.added_files.on_dropped)

    def _train(self) -> None:
        """Make what trains, and what is told of it."""
        self.runs = RunController(
            self.document, self.settings, self.run, self.queue, self.look.completed, self._methods.as_run,
            self._messages, self._actions, self.tasks,
        )  # fmt: skip
        self.training = RunPanelController(
            self.document, self.run, self.results, self.forecast, self.window.run_panel, self.window.status_strip,
            self._actions["save_curves"], self._messages, self.tasks,
        )  # fmt: skip
        self.forecasts = ForecastController(
            self.document, self.settings, self.run, self.forecast, self.window.start_footer, user_data(), self.tasks
        )
        self.window.closing.connect(self.forecasts.end)

    def _open_files(self) -> None:
        """Make what opens pictures, projects and what a crash left."""
        document, window, messages, tasks = self.document, self.window, self._messages, self.tasks
        restorer = ProjectRestorer(
            document, self.settings, self.results, self.comparison, self.runs, self._guard, self.scene.show_input
        )
        self.projects = ProjectController(
            document, restorer.restore, self._work, self.autosave.flush, self.autosave.pack,
            self._actions["save_project"], messages, window, tasks,
        )  # fmt: skip
        self.recovery = RecoveryController(
            self._sessions, restorer.restore, self.autosave.flush, window.recovery_bar, tasks
        )
        self.undo = UndoController(document, self.settings, self.results, self._actions)
        self.pictures = pictures = OpenPictureController(
            document, self._guard, self.runs.discard, self.scene.show_input, self.projects.open, messages, window, tasks
        )
        restorer.restored.connect(self._kernels.settle)
        restorer.restored.connect(self.undo.forget)
        restorer.restored.connect(self.selection.await_current)
        self.projects.filed.connect(self.recent_files.add)
        self.box = box = BoxRoom(
            self._kept, document, self.settings, self.results, self.comparison, self.forecast, self._batches,
            self._signature, pictures.open_and_wait, pictures.ask, window.box_views, messages, self._actions, window,
            tasks,
        )  # fmt: skip
        self.added_files.open_asked.connect(box.open)
        window.files_dropped.connect(box.open)
        window.box_files_added.connect(box.add)
        pictures.chosen.connect(box.open)
        self._actions["open"].triggered.connect(pictures.on_open)
        for chosen in (window.recent_menu.chosen, window.start_page.recent.chosen):
            chosen.connect(pictures.open)
        window.start_page.open_button.clicked.connect(pictures.on_open)
        window.start_page.sample_button.clicked.connect(pictures.on_sample)

    def _signature(self) -> Signature | None:
        return kept_signature(self._kept)

    def _unrecorded(self, change: Callable[[], None]) -> None:
        self.undo.unrecorded(change)

    def _offer_conveniences(self) -> None:
        """Make what any program has: shortcuts, commands by name, last files, paste, preferences, layout, about."""
        window, actions, messages, tasks = self.window, self._actions, self._messages, self.tasks
        self.screen = DisplayProfileController(self._kept, self.displays.remake, actions, messages, window, tasks)
        self.commands = CommandsController(self.shortcuts, CommandPalette(window), window.commands, actions)
        self.recent = RecentController(
            self.recent_files, self.document, window.recent_menu, window.start_page.recent, actions["clear_recent"],
            tasks,
        )  # fmt: skip
        self.paste = PasteController(self.box.open, self.pictures.ask, actions["paste"], messages, tasks)
        self.preferences = PreferencesController(
            self._kept, self.shortcuts, self.recent_files, self.screen, window.commands, actions, window, tasks
        )
        self.layout = LayoutController(self._kept, window)
        self.folds = FoldsController(self._kept, window.settings_panel.sections)
        self.info = InfoController(
            self.document, self.settings, self.results, self.comparison, actions["info"], window, tasks
        )
        self.about = AboutController(actions["about"], window, tasks)

    def _set_up_runs(self) -> None:
        """Make what the next run is told with, and tried with before."""
        document, settings, run, tasks = self.document, self.settings, self.run, self.tasks
        window, panel, kernels = self.window, self.window.settings_panel, self._kernels
        panel.add_actions(self._actions)
        self.options = SettingsController(settings, document, panel, tasks)
        # What that takes back for another picture is none of a person's changes.
        document.picture_changed.connect(self.undo.forget)
        self.seen = SeenController(document, settings, kernels, panel.seen)
        self.degradation = DegradationController(
            kernels, settings, document, self.look, panel.degradation, panel.damage, self._messages, window, tasks
        )
        self.trial = TrialController(kernels, settings, document, run, panel.degradation.try_button, window, tasks)
        self.region = RegionController(document, panel.region)
        self.in_place = TryInPlaceController(
            document, settings, run, self.comparison, self.look.looked, self.scene.show_frame, self._messages,
            self._actions, tasks,
        )  # fmt: skip
        self.sample = SampleController(document, settings, kernels, run, self._is_trying, panel.seen, tasks)

    def _is_trying(self) -> bool:
        return self.in_place.is_busy or self.trial.model.is_running

    def _follow_runs(self) -> None:
        """Make what is done with runs that are there: film, table, training on, export."""
        document, settings, run, results = self.document, self.settings, self.run, self.results
        window, panel, actions = self.window, self.window.run_panel, self._actions
        self.film = FilmController(run, results, self.comparison, self.training, panel.film, self.scene.show_frame)
        self.table = RunsTableController(
            document, settings, run, self.queue, results, panel, actions, self.requests.show
        )
        self.requests.settings_asked.connect(self.table.use)
        self.train_on = TrainOnController(document, results, self.runs.enqueue, actions["train_on"], window, self.tasks)
        self.reproduce = ReproduceController(
            document, results, self.comparison, run, self.runs.enqueue, actions["reproduce"], self._messages, self.tasks
        )
        self.closer = CloserController(results, actions["look_closer"], window, self.tasks)
        self.info.reproduce_asked.connect(self.reproduce.start)
        self.compare_with = CompareWithController(
            self._kept, self._methods, document, settings, self.look.completed, self.runs.compare,
            actions["compare_with"], window, self.tasks,
        )  # fmt: skip
        self.exports = ExportController(
            ExportModel(self._kept), settings, document, results, self._signature,
            actions["export"], self._messages, window, self.tasks,
        )  # fmt: skip
        self.reports = ReportController(document, results, actions["report"], self._messages, window, self.tasks)
