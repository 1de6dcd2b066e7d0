"""Saves and opens project files."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.window.ask import pick_target
from zssr_studio.app.language import tr
from zssr_studio.app.project.record import read_project
from zssr_studio.app.project.store import SUFFIX, unpack
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.files.work import Work
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.project.project import Project
    from zssr_studio.app.views.window.message_bar import MessageBar


class ProjectController(QObject):
    """Files to models and back.

    Parameters
    ----------
    restore : callable
        Lets a project take the place of what is open, if it is wanted still, and tells whether it did.
    flush : callable
        Saves the work as it stands now.
    pack : callable
        Writes all of the work as one file.

    Signals
    -------
    filed(Path)
        A project file was opened or written.
    """

    filed = Signal(object)

    def __init__(
        self,
        document: DocumentModel,
        restore: Callable[[Project, Callable[[], bool]], Awaitable[bool]],
        work: Work,
        flush: Callable[[], Awaitable[None]],
        pack: Callable[[Path], Awaitable[None]],
        save_action: QAction,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._restore, self._work = document, restore, work
        self._flush, self._pack = flush, pack
        self._save_action, self._messages, self._parent, self._tasks = save_action, messages, parent, tasks
        save_action.triggered.connect(self.on_save)
        document.picture_changed.connect(self._show)
        self._show()

    async def open(self, path: Path, is_wanted: Callable[[], bool]) -> None:
        """Open a project file; once it is read, whether it is wanted still is asked.

        Raises
        ------
        StudioError
            With a sentence, if it is none or damaged.
        """
        scratch, is_needed = Path(mkdtemp(prefix="zssr-project-")), False
        try:
            project = await asyncio.to_thread(_unpacked, path, scratch / "project")
            if await self._restore(project, is_wanted):
                # Nothing has changed since it was read.
                self._work.keep(self._work.revision)
                self.filed.emit(path)
                # The picture may lie nowhere else any more, so it stays here until it is saved there.
                is_needed = True
                await self._flush()
                is_needed = False
        finally:
            if not is_needed:
                await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)

    @Slot()
    def on_save(self) -> None:
        """Ask for a place and write all of the work there."""
        self._tasks.start(self.save())

    async def save(self) -> bool:
        """Ask for a place and write all of the work there; tell whether it is written.

        Raises
        ------
        StudioError
            If it cannot be written there.
        """
        source, picture = self._document.path, self._document.picture
        if source is None:
            return False
        proposed = source.with_name(f"{source.stem}{SUFFIX}")
        target = await pick_target(
            self._parent, tr("Save the project"), proposed, {tr("Project (*{suffix})", suffix=SUFFIX): SUFFIX}
        )
        if target is None:
            return False
        if target.suffix.lower() != SUFFIX:
            raise BadInputError(
                tr("{name} is no name for a project. End it in {suffix}.", name=target.name, suffix=SUFFIX)
            )
        if picture is not self._document.picture:
            raise BadInputError(tr("{name} was not saved: another picture was opened meanwhile.", name=target.name))
        await self._pack(target)
        self.filed.emit(target)
        self._messages.show_notice(tr("Saved {name} in {parent}.", name=target.name, parent=target.parent))
        return True

    @Slot()
    def _show(self) -> None:
        self._save_action.setEnabled(self._document.picture is not None)


def _unpacked(path: Path, folder: Path) -> Project:
    unpack(path, folder)
    return read_project(folder, path.name)
