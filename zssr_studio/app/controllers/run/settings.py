"""Binds the settings to their panel."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.views.run.size_fields import USUAL_PPI

if TYPE_CHECKING:
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.views.run.settings_panel import SettingsPanel


class SettingsController(QObject):
    """Panel to model and back."""

    def __init__(self, settings: SettingsModel, document: DocumentModel, panel: SettingsPanel, tasks: Tasks) -> None:
        super().__init__()
        self._settings, self._document, self._panel = settings, document, panel
        self._panel.edited.connect(self._on_edited)
        settings.changed.connect(self._on_changed)
        document.crop_changed.connect(self._on_changed)
        document.picture_changed.connect(self._on_picture)
        self._on_changed()
        tasks.start(self._list_devices())

    @Slot(object)
    def _on_edited(self, settings: Settings) -> None:
        self._settings.set_value(settings)

    @Slot()
    def _on_picture(self) -> None:
        """Drop what was wanted, and what was said, of the size of the picture before."""
        self._settings.set_value(replace(self._settings.value, wanted_px=None))
        self._panel.size_fields.forget()
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._panel.set_settings(self._settings.value)
        ppi = self._ppi()
        self._panel.set_sizes(self._document.source_size(), ppi or USUAL_PPI, is_told=ppi is not None)

    def _ppi(self) -> float | None:
        """Return the resolution of the print: chosen, or such that the source's size on paper stays; None for none."""
        value, picture = self._settings.value, self._document.picture
        if value.print_ppi is not None:
            return value.print_ppi
        told = None if picture is None else picture.pixels_per_inch
        return None if told is None else told[1] * value.scale.horizontal

    async def _list_devices(self) -> None:
        self._panel.set_devices(await asyncio.to_thread(_devices))


def _devices() -> list[tuple[str, str]]:
    # torch takes seconds to load: this runs in the background, after the window shows.
    from zssr_studio.engine.runtime.device import available_devices, device_title

    return [(name, device_title(name)) for name in available_devices()]
