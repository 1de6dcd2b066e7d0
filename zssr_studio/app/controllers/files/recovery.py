"""Offers to go on with what a crash or a power cut left."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.window.ask import may_discard
from zssr_studio.app.language import day_text, tr
from zssr_studio.app.project.record import read_project, summary_of
from zssr_studio.app.project.store import RECORD
from zssr_studio.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.project.project import Project
    from zssr_studio.app.project.sessions import Sessions
    from zssr_studio.app.views.files.recovery_bar import RecoveryBar


class RecoveryController(QObject):
    """Left folders to bar, and to models.

    Parameters
    ----------
    restore : callable
        Lets a project take the place of what is open, and tells whether a person agreed.
    flush : callable
        Saves the work as it stands now.
    """

    def __init__(
        self,
        sessions: Sessions,
        restore: Callable[[Project], Awaitable[bool]],
        flush: Callable[[], Awaitable[None]],
        bar: RecoveryBar,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._sessions, self._restore, self._flush = sessions, restore, flush
        self._bar, self._tasks = bar, tasks
        self._left: list[Path] = []
        self._answer: asyncio.Task[None] | None = None
        bar.go_on.connect(self.on_go_on)
        bar.discard.connect(self.on_discard)

    def offer(self) -> None:
        """Show what was left, if anything was."""
        self._left = self._sessions.left()
        self._show()

    @Slot()
    def on_go_on(self) -> None:
        """Take up what was left."""
        if not self._is_answering:
            self._answer = self._tasks.start(self._go_on())

    @Slot()
    def on_discard(self) -> None:
        """Remove what was left, after a question."""
        if not self._is_answering:
            self._answer = self._tasks.start(self._discard())

    @property
    def _is_answering(self) -> bool:
        """Whether a click was answered that is not done yet; the second one of a double click asks for nothing."""
        return self._answer is not None and not self._answer.done()

    async def _go_on(self) -> None:
        folder = self._left[0]
        project = await asyncio.to_thread(read_project, folder, tr("The work that was saved last"))
        if not await self._restore(project):
            return
        # Only once it is safe again in this studio's own folder.
        await self._flush()
        self._forget(folder)

    async def _discard(self) -> None:
        folder = self._left[0]
        text, more = tr("The work that was saved last is removed."), tr("What is in no file is lost.")
        if await may_discard(self._bar, text, more, tr("Discard")):
            self._forget(folder)

    def _forget(self, folder: Path) -> None:
        if folder in self._left:
            self._left.remove(folder)
            self._sessions.drop(folder)
            self._show()

    def _show(self) -> None:
        self._bar.show_text(_told(self._left[0]) if self._left else "")


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
