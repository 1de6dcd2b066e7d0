"""Carries a result to its file, as a person chooses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QInputDialog

from zssr_studio.app.controllers.window.ask import finished, may_discard, pick_file, pick_target
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.blend import blended
from zssr_studio.app.views.files.export_dialog import ExportDialog
from zssr_studio.app.views.files.export_fields import FORMATS
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import ExportOptions, Format, format_of, proposed_name
from zssr_studio.imaging.metadata.blocks import derivation_of
from zssr_studio.imaging.write import estimate_bytes, write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.results import Entry, ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.files.export import ExportModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.imaging.picture import Picture

MEGABYTE = 1e6


class ExportController(QObject):
    """Opens the dialog, and writes what it says.

    Attributes
    ----------
    dialog : ExportDialog or None
        While it is open.
    """

    def __init__(
        self,
        model: ExportModel,
        settings: SettingsModel,
        document: DocumentModel,
        results: ResultsModel,
        action: QAction,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._model, self._settings, self._document, self._results = model, settings, document, results
        self._messages, self._parent, self._tasks = messages, parent, tasks
        self.dialog: ExportDialog | None = None
        self._entry: Entry | None = None
        self._estimated = 0
        action.triggered.connect(self.on_export)

    @Slot()
    def on_export(self) -> None:
        """Ask how and where, and write the result there."""
        if self.dialog is None:
            self._tasks.start(self._export())

    async def _export(self) -> None:
        entry, source = self._results.current_run, self._document.path
        if entry is None or entry.finished is None or source is None:
            return
        self._entry = entry
        self.dialog = dialog = self._opened(entry, source)
        try:
            accepted = await finished(dialog) == QDialog.DialogCode.Accepted
            target, options, preset = dialog.path, dialog.options, dialog.preset_name
        finally:
            self.dialog = self._entry = None
            dialog.deleteLater()
        # What came to be there meanwhile was not asked for.
        overwrite = accepted and target.exists()
        if not accepted or not await self._may_write(target, source):
            return
        if preset:
            self._model.used(preset)
        await self._write(entry, source, target, options, overwrite=overwrite)

    def _opened(self, entry: Entry, source: Path) -> ExportDialog:
        assert entry.finished is not None
        dialog = ExportDialog(self._parent, tr("Export {name}", name=entry.name), entry.picture.source_bits)
        presets = self._model.presets(source, self._settings.value.print_ppi)
        dialog.set_presets(presets, self._model.last())
        kind = dialog.options.format or Format.PNG
        dialog.set_path(source.with_name(proposed_name(source, str(entry.finished.job.scale), kind)))
        dialog.edited.connect(self._on_edited)
        dialog.keep_asked.connect(self._on_keep)
        dialog.forget_asked.connect(self._on_forget)
        dialog.profile_asked.connect(self._on_profile)
        dialog.place_asked.connect(self._on_place)
        self._tasks.start(self._estimate(dialog, entry))
        return dialog

    async def _may_write(self, target: Path, source: Path) -> bool:
        format_of(target)
        if target.exists() and source.exists() and target.samefile(source):
            raise BadInputError(
                tr("{name} is the source, which is never overwritten. Export under another name.", name=target.name)
            )
        if not target.exists():
            return True
        text = tr("{name} is in {parent} already.", name=target.name, parent=target.parent)
        return await may_discard(
            self._parent, text, tr("The file that is there is lost when it is replaced."), tr("Replace")
        )

    async def _write(
        self, entry: Entry, source: Path, target: Path, options: ExportOptions, *, overwrite: bool
    ) -> None:
        assert entry.finished is not None
        under, share = self._results.under(entry), entry.finished.blend
        settings = entry.finished.job.settings_line + ("" if under is None else f"; blend {share:.2f} with bicubic")
        bicubic = None if under is None else under.picture
        notes = await asyncio.to_thread(
            _written, entry.picture, bicubic, share, source, target, options, settings, overwrite=overwrite
        )
        now = self._results.get(entry.key)
        if now is not None and now.finished is not None and now.finished.blend == share:
            self._results.mark_exported(entry.key, target)
        size = tr("{width} × {height} pixels", width=entry.picture.width, height=entry.picture.height)
        what = (
            size
            if under is None
            else tr("{size}, {share:.0%} of it the result and the rest bicubic", size=size, share=share)
        )
        told = " ".join(
            (tr("Saved {name} ({what}) in {parent}.", name=target.name, what=what, parent=target.parent), *notes)
        )
        self._messages.show_notice(told)

    @Slot()
    def _on_edited(self) -> None:
        if self.dialog is not None and self._entry is not None:
            self._tasks.start(self._estimate(self.dialog, self._entry))

    async def _estimate(self, dialog: ExportDialog, entry: Entry) -> None:
        """Say how large the file becomes; of several estimates on the way the last one counts."""
        self._estimated += 1
        asked = self._estimated
        try:
            options = dialog.options
            options.check_colour()
            kind = options.format or Format.PNG
            found = await asyncio.to_thread(estimate_bytes, entry.picture, kind, options)
            told, problem = tr("About {size}.", size=_size_text(found)), ""
        except BadInputError as error:
            told, problem = "", str(error)
        if asked == self._estimated and self.dialog is dialog:
            dialog.set_size(told, problem)

    @Slot()
    def _on_keep(self) -> None:
        self._tasks.start(self._keep())

    @Slot()
    def _on_forget(self) -> None:
        dialog, source = self.dialog, self._document.path
        if dialog is not None and source is not None:
            self._model.forget(dialog.preset_name)
            dialog.set_presets(self._model.presets(source, self._settings.value.print_ppi), self._model.last())

    @Slot()
    def _on_profile(self) -> None:
        self._tasks.start(self._pick_profile())

    @Slot()
    def _on_place(self) -> None:
        self._tasks.start(self._pick_place())

    async def _keep(self) -> None:
        dialog, source = self.dialog, self._document.path
        if dialog is None or source is None:
            return
        question = QInputDialog(dialog)
        question.setWindowTitle(tr("Keep these choices"))
        question.setLabelText(tr("Name of the preset"))
        try:
            agreed = await finished(question) == QDialog.DialogCode.Accepted
            name = question.textValue()
        finally:
            question.deleteLater()
        if not agreed or self.dialog is not dialog:
            return
        try:
            self._model.keep(name, dialog.options)
        except BadInputError as error:
            dialog.set_size("", str(error))
            return
        dialog.set_presets(self._model.presets(source, self._settings.value.print_ppi), name.strip())

    async def _pick_profile(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        path = await pick_file(
            self._parent, tr("Open a colour profile"), tr("Profiles (*.icc *.icm);;All files (*)"), None
        )
        if self.dialog is not dialog:
            return
        if path is None:
            dialog.fields.without_profile()
        else:
            dialog.fields.add_profile(path)
        dialog.edited.emit()

    async def _pick_place(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        kind = dialog.options.format or Format.PNG
        filters = {f"{FORMATS[kind]} (*{kind.suffixes[0]})": kind.suffixes[0]}
        target = await pick_target(dialog, tr("Where to"), dialog.path, filters, asks=False)
        if target is not None and self.dialog is dialog:
            dialog.set_path(target)


def _written(
    result: Picture,
    bicubic: Picture | None,
    share: float,
    source: Path,
    target: Path,
    options: ExportOptions,
    settings: str,
    *,
    overwrite: bool,
) -> tuple[str, ...]:
    picture = result if bicubic is None else blended(result, bicubic, share)
    derivation = derivation_of(source, settings, options.digital_source_type)
    return write_picture(
        picture, target, overwrite=overwrite, options=replace(options, format=format_of(target)), derivation=derivation
    )


def _size_text(size_bytes: int) -> str:
    return f"{size_bytes / MEGABYTE:.1f} MB" if size_bytes >= MEGABYTE / 10 else f"{size_bytes / 1000:.0f} kB"
