"""Saves the work by itself, soon after each change and with each checkpoint of a training."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.app.project.record import write_project
from zssr_studio.app.project.store import Store, pack
from zssr_studio.errors import StudioError

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.controllers.files.work import Work
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.project.sessions import Sessions

# A drag makes many changes; a crash right after the last one should still find it.
SAVE_AFTER_MS = 300


class AutosaveController(QObject):
    """Work to the session's folder, one time after the other."""

    def __init__(self, work: Work, sessions: Sessions, tasks: Tasks) -> None:
        super().__init__()
        self._work, self._sessions, self._tasks = work, sessions, tasks
        self._store: Store | None = None
        self._lock = asyncio.Lock()
        self._saved_revision = -1
        self._is_told = False
        self._is_left = False
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer)
        work.changed.connect(self._on_change)

    @property
    def folder(self) -> Path | None:
        """Where the work is saved; None before the first picture."""
        return None if self._store is None else self._store.folder

    async def flush(self) -> None:
        """Save now, if there is anything new.

        Raises
        ------
        StudioError
            If the disk is full or fails.
        """
        async with self._lock:
            revision, project = self._work.revision, self._work.now()
            if project is None or revision == self._saved_revision or self._is_left:
                return
            if self._store is None:
                self._store = Store(self._sessions.begin())
            await asyncio.to_thread(write_project, project, self._store)
            self._saved_revision = revision

    async def pack(self, target: Path) -> None:
        """Write all of the work as one file.

        Raises
        ------
        StudioError
            If that is not possible.
        """
        await self.flush()
        async with self._lock:
            if self._store is None:
                return
            await asyncio.to_thread(pack, self._store.folder, target)
            self._work.keep(self._saved_revision)

    async def leave(self) -> None:
        """Save once more, for a later start to go on with: nobody is there to be asked what is to be kept.

        Raises
        ------
        StudioError
            If the disk is full or fails.
        """
        try:
            await self.flush()
        finally:
            # That runs are ended now is no change of the work.
            self._is_left = True

    def end(self) -> None:
        """Remove what was saved, as the person left of their own will; what a crash left before stays."""
        self._timer.stop()
        if self._store is not None and not (self._is_left and not self._work.is_kept):
            self._sessions.drop(self._store.folder)
        self._store = None
        self._sessions.release()

    @Slot()
    def _on_change(self) -> None:
        if not self._timer.isActive() and not self._is_left:
            self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        # While one is being written the next waits, with whatever has changed until then.
        if self._lock.locked():
            self._timer.start()
        else:
            self._tasks.start(self._save())

    async def _save(self) -> None:
        """Save; that it goes wrong is told once, and not every few seconds until it goes well again."""
        try:
            await self.flush()
        except StudioError:
            # The sentences differ: each names another file.
            if self._is_told:
                return
            self._is_told = True
            raise
        self._is_told = False
