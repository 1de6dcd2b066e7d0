"""Brings a project back into the models: picture, list, settings, region, and the runs that were cut off."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zssr_studio.app.language import tr
from zssr_studio.app.qimage import Pyramid, pyramid_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.files.unsaved_work import UnsavedWorkGuard
    from zssr_studio.app.controllers.run.run import RunController
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.project.project import Project


def always() -> bool:
    """Want a project whatever comes meanwhile."""
    return True


class ProjectRestorer(QObject):
    """Project to models.

    Parameters
    ----------
    show_input : callable
        Shows the display copy of the project's picture.

    Signals
    -------
    restored()
        The models hold another project.
    """

    restored = Signal()

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        runs: RunController,
        guard: UnsavedWorkGuard,
        show_input: Callable[[Pyramid], None],
    ) -> None:
        super().__init__()
        self._document, self._settings, self._results, self._comparison = document, settings, results, comparison
        self._runs, self._guard, self._show_input = runs, guard, show_input

    async def restore(self, project: Project, is_wanted: Callable[[], bool] = always) -> bool:
        """Let a project take the place of what is open, unless a person wants to keep that, or opened another one.

        Returns
        -------
        bool
            Whether it did.
        """
        pyramid = await asyncio.to_thread(pyramid_of, project.picture)
        if not is_wanted() or not await self._guard.allows(tr("Open another picture")):
            return False
        await self._runs.discard()
        self._lay_in(project, pyramid)
        self.restored.emit()
        if project.training is not None:
            self._runs.resume(project.training)
        for job in project.waiting:
            self._runs.enqueue(job)
        return True

    def _lay_in(self, project: Project, pyramid: Pyramid) -> None:
        self._document.open(project.picture, project.source)
        self._results.restore(project.entries, project.current, project.truth, project.runs)
        self._comparison.begin(self._results.entries[0].key)
        self._show_input(pyramid)
        self._settings.set_value(project.settings)
        self._document.set_crop(project.crop)
