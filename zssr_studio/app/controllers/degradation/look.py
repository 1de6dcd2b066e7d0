"""Looks at a picture as it opens, and finds its blur, noise and compression before anything is asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.engine.config import PRESETS

if TYPE_CHECKING:
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel


class LookController(QObject):
    """One look at each picture that is opened, beside whatever a person does."""

    def __init__(
        self, document: DocumentModel, settings: SettingsModel, kernels: DegradationModel, tasks: Tasks
    ) -> None:
        super().__init__()
        self._document, self._settings, self._kernels, self._tasks = document, settings, kernels, tasks
        self._looking: asyncio.Task[None] | None = None
        document.picture_changed.connect(self._on_picture)

    def look(self) -> None:
        """Look at the picture that was opened, unless a person has said already what was done to it."""
        if _is_open(self._settings.value):
            self._looking = self._tasks.start(self._look())

    async def completed(self, settings: Settings) -> Settings:
        """Return settings with what is found, once that is known, where they leave it open."""
        looking = self._looking
        if looking is None or looking.done() or not _is_open(settings):
            return settings
        await asyncio.wait([looking])
        now = self._settings.value
        return replace(settings, kernel=now.kernel, damage=now.damage)

    @Slot()
    def _on_picture(self) -> None:
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        picture, scale = self._document.picture, self._kernels.scale
        if picture is None:
            return
        # The fit comes with scipy, which takes a moment to load.
        from zssr_studio.engine.estimation.inspection import find_damage
        from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel

        damage = await asyncio.to_thread(find_damage, picture.pixels, picture.jpeg)
        found = await asyncio.to_thread(estimate_kernel, picture.pixels, scale, damage)
        if self._document.picture is not picture or self._kernels.scale != scale:
            return
        if _is_open(self._settings.value):
            self._kernels.take_estimate(found.kernel, damage)


def _is_open(settings: Settings) -> bool:
    """Whether nobody has said what was done to the picture; the paper's presets keep its ideal case."""
    return PRESETS[settings.preset].finds_damage and settings.kernel is None and not settings.damage
