"""Lets a person tick other methods, and has them enlarge the picture one after the other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from zssr_studio.app.controllers.window.ask import finished, pick_folder
from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.methods import (
    Offer,
    files_for,
    keep_folder,
    keep_ticks,
    kept_folder,
    kept_ticks,
    rules_for,
)
from zssr_studio.app.views.compare.compare_with_dialog import CompareWithDialog
from zssr_studio.app.views.fields.scales import times_text
from zssr_studio.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.methods import OtherMethods
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.engine.config import Scale
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job
    from zssr_studio.methods.method import Method


class CompareWithController(QObject):
    """The dialog, one at a time.

    Parameters
    ----------
    kept : QSettings
        Remembers the folder, and what was ticked.
    methods : OtherMethods
    completed : callable
        Returns settings with what is being looked for in the picture, once it is found.
    compare : callable
        Lets methods do a job.

    Attributes
    ----------
    dialog : CompareWithDialog or None
        While it is open.
    is_looking : bool
        Whether a folder is being looked through.
    """

    def __init__(
        self,
        kept: QSettings,
        methods: OtherMethods,
        document: DocumentModel,
        settings: SettingsModel,
        completed: Callable[[Settings], Awaitable[Settings]],
        compare: Callable[[Job, Sequence[Method]], None],
        action: QAction,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._kept, self._methods, self._document, self._settings = kept, methods, document, settings
        self._completed, self._compare = completed, compare
        self._action, self._parent, self._tasks = action, parent, tasks
        self.dialog: CompareWithDialog | None = None
        self.is_looking = False
        self._files: tuple[Offer, ...] = ()
        self._looks = Turns()
        action.triggered.connect(self.on_open)
        document.picture_changed.connect(self._show)
        settings.changed.connect(self._show)
        self._show()

    @Slot()
    def on_open(self) -> None:
        """Ask what to compare with, and do it."""
        if self.dialog is None:
            self._tasks.start(self._open())

    @Slot()
    def _show(self) -> None:
        self._action.setEnabled(self._document.picture is not None and not self._settings.value.scale.is_copy)

    async def _open(self) -> None:
        picture, crop, settings = self._document.picture, self._document.crop, self._settings.value
        if picture is None:
            return
        dialog = self.dialog = CompareWithDialog(self._parent, _note(times_text(settings.scale)))
        dialog.folder_asked.connect(self._on_folder)
        dialog.folder_dropped.connect(self._on_no_folder)
        self._files = ()
        self._list(kept_ticks(self._kept))
        self._tasks.start(self._look(kept_folder(self._kept)))
        try:
            accepted = await finished(dialog) == QDialog.DialogCode.Accepted
            ticked, is_ensemble = dialog.ticked, dialog.ensemble.isChecked()
        finally:
            self.dialog = None
            dialog.deleteLater()
        if not accepted:
            return
        keep_ticks(self._kept, [offer.key for offer in ticked])
        # As they are now: what was looked for in the picture may have been found meanwhile.
        completed = await self._completed(self._settings.value)
        if picture is self._document.picture:
            self._compare(completed.job(picture, crop), _methods(ticked, is_ensemble=is_ensemble))

    def _list(self, ticked: frozenset[str]) -> None:
        picture = self._document.picture
        if self.dialog is not None and picture is not None:
            rules = rules_for(self._methods.built_in(), picture.part(self._document.crop), self._settings.value.scale)
            self.dialog.set_offers((*rules, *self._files), ticked)

    async def _look(self, folder: Path | None) -> None:
        """Look through a folder; of several that were asked for the last one counts."""
        look, dialog, picture = self._looks.begin(), self.dialog, self._document.picture
        if dialog is None or picture is None:
            return
        self.is_looking = True
        dialog.set_folder(folder)
        source, scale = picture.part(self._document.crop), self._settings.value.scale
        problem = ""
        found: tuple[Offer, ...] = ()
        if folder is not None:
            dialog.set_status(tr("Looking into each file…"))
            try:
                # On a thread: it loads torch, and reads each file.
                found = await asyncio.to_thread(_found_in, self._methods, folder, source, scale)
            except StudioError as error:
                problem = str(error)
        if look.is_last():
            self.is_looking = False
        if not look.is_last() or self.dialog is not dialog:
            return
        # What was listed a person may have ticked or not meanwhile; of the rest what was ticked last counts.
        listed, ticked = ({offer.key for offer in offers} for offers in (dialog.offers, dialog.ticked))
        self._files = found
        self._list(kept_ticks(self._kept) - listed | ticked)
        dialog.set_status(problem or _told(folder, found), is_problem=bool(problem))

    @Slot()
    def _on_folder(self) -> None:
        self._tasks.start(self._choose())

    @Slot()
    def _on_no_folder(self) -> None:
        keep_folder(self._kept, None)
        self._tasks.start(self._look(None))

    async def _choose(self) -> None:
        if self.dialog is None:
            return
        folder = await pick_folder(self.dialog, tr("Folder of networks"), kept_folder(self._kept))
        if folder is not None:
            keep_folder(self._kept, folder)
            await self._look(folder)


def _found_in(methods: OtherMethods, folder: Path, source: Picture, scale: Scale) -> tuple[Offer, ...]:
    return files_for(methods.methods_in(folder), source, scale)


def _methods(ticked: Sequence[Offer], *, is_ensemble: bool) -> list[Method]:
    methods = [offer.method for offer in ticked if offer.method is not None]
    if not is_ensemble:
        return methods
    return [getattr(method, "with_ensemble", method) for method in methods]


def _note(times: str) -> str:
    return tr(
        "What you tick enlarges the same picture or region {times}, one after the other, and stands beside your runs. "
        "Bicubic stands there already.",
        times=times,
    )


def _told(folder: Path | None, found: Sequence[Offer]) -> str:
    """Say what a folder held."""
    if folder is None:
        return tr("Networks that others trained are listed here once you choose a folder of their files.")
    if not found:
        return tr("There are no files of networks in it.")
    recognised = sum(one.method is not None for one in found)
    return tr("{recognised} of {count} files were recognised.", recognised=recognised, count=len(found))
