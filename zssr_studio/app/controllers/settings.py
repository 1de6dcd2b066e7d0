"""Binds the settings to their panel, and reads kernels."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.ask import pick_file
from zssr_studio.engine.kernel import Kernel
from zssr_studio.imaging.kernel_files import KERNEL_SUFFIXES, read_kernel_file

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.controllers.tasks import Tasks
    from zssr_studio.app.models.document import DocumentModel
    from zssr_studio.app.models.settings import Settings, SettingsModel
    from zssr_studio.app.views.main_window import MainWindow


class SettingsController(QObject):
    """Panel to model and back; kernels from their files."""

    def __init__(self, settings: SettingsModel, document: DocumentModel, window: MainWindow, tasks: Tasks) -> None:
        super().__init__()
        self._settings, self._document, self._tasks = settings, document, tasks
        self._window, self._panel = window, window.settings_panel
        self._panel.edited.connect(self._on_edited)
        self._panel.kernel.open_button.clicked.connect(self._on_open_kernel)
        self._panel.kernel.remove_button.clicked.connect(self._on_remove_kernel)
        settings.changed.connect(self._on_changed)
        document.crop_changed.connect(self._on_changed)
        self._on_changed()
        tasks.start(self._list_devices())

    @Slot(object)
    def _on_edited(self, settings: Settings) -> None:
        self._settings.set_value(settings)

    @Slot()
    def _on_changed(self) -> None:
        self._panel.set_settings(self._settings.value)
        self._panel.set_sizes(self._document.source_size())

    @Slot()
    def _on_open_kernel(self) -> None:
        self._tasks.start(self._open_kernel())

    @Slot()
    def _on_remove_kernel(self) -> None:
        self._settings.set_kernel(None)

    async def _open_kernel(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in KERNEL_SUFFIXES)
        path = await pick_file(self._window, "Open a blur kernel", f"Kernels ({patterns});;All files (*)", here)
        if path is not None:
            self._settings.set_kernel(await asyncio.to_thread(_read, path))
            self._window.message_bar.dismiss()

    async def _list_devices(self) -> None:
        self._panel.set_devices(await asyncio.to_thread(_devices))


def _read(path: Path) -> Kernel:
    return Kernel.from_array(read_kernel_file(path), path.name)


def _devices() -> list[tuple[str, str]]:
    # torch takes seconds to load: this runs in the background, after the window shows.
    from zssr_studio.engine.device import available_devices, device_title

    return [(name, device_title(name)) for name in available_devices()]
