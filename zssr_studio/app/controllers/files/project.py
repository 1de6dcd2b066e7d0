"""Saves and opens projects, and offers to go on with what a crash or a power cut left."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.window.ask import may_discard, pick_target
from zssr_studio.app.language import day_text, tr
from zssr_studio.app.models.compare.comparison import Comparison
from zssr_studio.app.project.record import read_project, summary_of
from zssr_studio.app.project.store import RECORD, SUFFIX, unpack
from zssr_studio.app.qimage import Pyramid, pyramid_of
from zssr_studio.errors import BadInputError, StudioError

if TYPE_CHECKING:
    from zssr_studio.app.controllers.compare.scene import SceneController
    from zssr_studio.app.controllers.files.autosave import AutosaveController
    from zssr_studio.app.controllers.files.guard import Guard
    from zssr_studio.app.controllers.files.work import Work
    from zssr_studio.app.controllers.run.run import RunController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.project.project import Project
    from zssr_studio.app.project.sessions import Sessions
    from zssr_studio.app.views.window.main_window import MainWindow


class ProjectController(QObject):
    """Files and left folders to models.

    Signals
    -------
    restored()
        The models hold another project.
    filed(Path)
        A project file was opened or written.
    """

    restored = Signal()
    filed = Signal(object)

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        scene: SceneController,
        runs: RunController,
        guard: Guard,
        work: Work,
        autosave: AutosaveController,
        sessions: Sessions,
        window: MainWindow,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._results, self._comparison = document, settings, results, comparison
        self._scene, self._runs, self._guard, self._work = scene, runs, guard, work
        self._autosave, self._sessions, self._window, self._tasks = autosave, sessions, window, tasks
        self._left: list[Path] = []
        self._save_action = window.actions_by_name["save_project"]
        self._save_action.triggered.connect(self.on_save)
        document.picture_changed.connect(self._show)
        window.recovery_bar.go_on.connect(self.on_go_on)
        window.recovery_bar.discard.connect(self.on_discard)
        self._show()

    def offer(self) -> None:
        """Show what was left, if anything was."""
        self._left = self._sessions.left()
        self._show_left()

    async def open(self, path: Path) -> None:
        """Open a project file.

        Raises
        ------
        StudioError
            With a sentence, if it is none or damaged.
        """
        scratch = Path(mkdtemp(prefix="zssr-project-"))
        try:
            project = await asyncio.to_thread(_unpacked, path, scratch / "project")
        finally:
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)
        if await self._restore(project):
            # Nothing has changed since it was read.
            self._work.keep(self._work.revision)
            self.filed.emit(path)

    @Slot()
    def on_save(self) -> None:
        """Ask for a place and write all of the work there."""
        self._tasks.start(self._save())

    @Slot()
    def on_go_on(self) -> None:
        """Take up what was left."""
        self._tasks.start(self._go_on())

    @Slot()
    def on_discard(self) -> None:
        """Remove what was left, after a question."""
        self._tasks.start(self._discard())

    async def _save(self) -> None:
        source = self._document.path
        if source is None:
            return
        proposed = source.with_name(f"{source.stem}{SUFFIX}")
        target = await pick_target(
            self._window, tr("Save the project"), proposed, {tr("Project (*{suffix})", suffix=SUFFIX): SUFFIX}
        )
        if target is None:
            return
        if target.suffix.lower() != SUFFIX:
            raise BadInputError(
                tr("{name} is no name for a project. End it in {suffix}.", name=target.name, suffix=SUFFIX)
            )
        await self._autosave.pack(target)
        self.filed.emit(target)
        self._window.message_bar.show_notice(tr("Saved {name} in {parent}.", name=target.name, parent=target.parent))

    async def _go_on(self) -> None:
        folder = self._left[0]
        project = await asyncio.to_thread(read_project, folder, tr("The work that was saved last"))
        if not await self._restore(project):
            return
        # Only once it is safe again in this studio's own folder.
        await self._autosave.flush()
        self._forget(folder)

    async def _discard(self) -> None:
        folder = self._left[0]
        text, more = tr("The work that was saved last is removed."), tr("What is in no file is lost.")
        if await may_discard(self._window, text, more, tr("Discard")):
            self._forget(folder)

    async def _restore(self, project: Project) -> bool:
        pyramid = await asyncio.to_thread(pyramid_of, project.picture)
        if not await self._guard.allows(tr("Open another picture")):
            return False
        await self._runs.discard()
        self._window.message_bar.dismiss()
        self._lay_in(project, pyramid)
        self.restored.emit()
        if project.training is not None:
            self._runs.resume(project.training)
        for job in project.waiting:
            self._runs.enqueue(job)
        return True

    def _lay_in(self, project: Project, pyramid: Pyramid) -> None:
        self._document.open(project.picture, project.path, project.page)
        self._results.restore(project.entries, project.current, project.truth, project.runs)
        self._comparison.set_value(Comparison(selected=project.entries[0].key))
        self._scene.show_input(pyramid)
        self._settings.set_value(project.settings)
        self._document.set_crop(project.crop)

    def _forget(self, folder: Path) -> None:
        if folder in self._left:
            self._left.remove(folder)
            self._sessions.drop(folder)
            self._show_left()

    @Slot()
    def _show(self) -> None:
        self._save_action.setEnabled(self._document.picture is not None)

    def _show_left(self) -> None:
        self._window.recovery_bar.show_text(_told(self._left[0]) if self._left else "")


def _unpacked(path: Path, folder: Path) -> Project:
    unpack(path, folder)
    return read_project(folder, path.name)


def _told(folder: Path) -> str:
    """Say what was left, and from when."""
    saved = datetime.fromtimestamp((folder / RECORD).stat().st_mtime).astimezone()
    what = tr("The work that was saved last")
    with suppress(StudioError):
        path, runs, trained_s = summary_of(folder)
        parts = [path.name]
        if runs:
            parts.append(tr("1 result") if runs == 1 else tr("{runs} results", runs=runs))
        if trained_s is not None:
            parts.append(
                tr("a training, cut off after {trained_s:.0f} s", trained_s=trained_s)
                if trained_s
                else tr("a training, just begun")
            )
        what = ", ".join(parts)
    return tr(
        "The studio ended without being closed. Saved on {day} at {saved:%H:%M:%S}: {what}.",
        day=day_text(saved),
        saved=saved,
        what=what,
    )
