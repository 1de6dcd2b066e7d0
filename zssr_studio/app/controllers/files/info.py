"""Shows what a file says of itself, and takes the settings over that it was made with."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.files.info_words import sections_of
from zssr_studio.app.controllers.window.ask import finished
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.models.files.made_with import made_with
from zssr_studio.app.views.files.info_dialog import InfoDialog
from zssr_studio.evidence.credentials import credentials_of
from zssr_studio.imaging.read import read_info

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.files.made_with import MadeWith
    from zssr_studio.app.models.run.settings import SettingsModel


class InfoController(QObject):
    """One dialog at a time, on the file that is selected in the list, or else on the open picture's.

    Attributes
    ----------
    dialog : InfoDialog or None
        While it is open.

    Signals
    -------
    reproduce_asked(Path)
        The run of this file shall be done again.
    """

    reproduce_asked = Signal(object)

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        action: QAction,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings = document, settings
        self._results, self._comparison = results, comparison
        self._action, self._parent, self._tasks = action, parent, tasks
        self.dialog: InfoDialog | None = None
        self._made: MadeWith | None = None
        self._is_reading = False
        action.triggered.connect(self.on_info)
        document.picture_changed.connect(self._show)
        self._show()

    @Slot()
    def on_info(self) -> None:
        """Show what the file says."""
        if self.dialog is None and not self._is_reading:
            self._is_reading = True
            self._tasks.start(self._info())

    @Slot()
    def _show(self) -> None:
        self._action.setEnabled(self._document.picture is not None)

    def _file(self) -> tuple[Path, int] | None:
        selected = self._comparison.value.selected
        entry = None if selected is None else self._results.get(selected)
        # The input may be any page of its file.
        if entry is not None and entry.path is not None and entry.kind is not Kind.INPUT:
            return entry.path, 1
        return None if self._document.path is None else (self._document.path, self._document.page)

    async def _info(self) -> None:
        try:
            file = self._file()
            if file is None:
                return
            told, made = await asyncio.to_thread(_read, *file)
        finally:
            self._is_reading = False
        self._made = made
        self.dialog = dialog = InfoDialog(self._parent, file[0].name)
        has_settings = made is not None and made.settings is not None
        has_record = made is not None and made.has_record
        dialog.set_sections(sections_of(told, made), has_settings=has_settings, has_record=has_record)
        dialog.use_asked.connect(self._on_use)
        dialog.reproduce_asked.connect(partial(self._on_reproduce, file[0]))
        try:
            await finished(dialog)
        finally:
            self.dialog = self._made = None
            dialog.deleteLater()

    @Slot()
    def _on_use(self) -> None:
        if self._made is not None:
            self._tasks.start(self._use(self._made))

    def _on_reproduce(self, path: Path) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.reproduce_asked.emit(path)

    async def _use(self, made: MadeWith) -> None:
        """Set all settings anew, and the region where it is one of the picture that is open."""
        source, picture = self._document.source, self._document.picture
        if made.settings is None or source is None or picture is None:
            return
        print_ppi = self._settings.value.print_ppi
        self._settings.set_value(replace(made.settings, print_ppi=print_ppi))
        crop = made.crop
        note = tr("The settings are those of this file.")
        if crop is not None and crop.fits(picture.height, picture.width):
            if source.sha256 == made.source_sha256:
                self._document.set_crop(crop)
                note = tr("The settings and the region are those of this file.")
            else:
                note = tr("The settings are those of this file; its region was drawn on another picture.")
        if self.dialog is not None:
            self.dialog.set_note(note)


def _read(path: Path, page: int) -> tuple[dict[str, Any], MadeWith | None]:
    # What reads XML takes a moment to load, and the window shows before that.
    from zssr_studio.imaging.describe import described

    told = {**described(path, page), "credentials": credentials_of(path)}
    return told, made_with(read_info(path, page).metadata.xmp)
