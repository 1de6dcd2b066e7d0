"""Carries a result to its file, as a person chooses."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QInputDialog

from zssr_studio.app.controllers.export.folder import show_in_folder
from zssr_studio.app.controllers.export.result_files import (
    WrittenResult,
    estimated,
    mark_written,
    proposed_for,
    source_type_of,
    write_result,
)
from zssr_studio.app.controllers.export.words import told_of
from zssr_studio.app.controllers.window.ask import finished, may_discard, pick_file, pick_target
from zssr_studio.app.language import tr
from zssr_studio.app.models.files.export import USUAL_SOURCE_TYPE, ExportSource
from zssr_studio.app.views.files.export_dialog import ExportDialog
from zssr_studio.app.views.files.export_words import FORMATS
from zssr_studio.app.views.window.message_bar import Offer
from zssr_studio.errors import BadInputError, StudioError
from zssr_studio.imaging.export import Format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry, Finished
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.files.export import ExportChoices, ExportModel
    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.evidence.signing import Signature
    from zssr_studio.imaging.picture import Picture


class ExportController(QObject):
    """Opens the dialog, and writes what it says.

    Parameters
    ----------
    signature : callable
        Returns with what exports are signed, or None.

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
        signature: Callable[[], Signature | None],
        action: QAction,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._model, self._settings, self._document, self._results = model, settings, document, results
        self._signature, self._messages, self._parent, self._tasks = signature, messages, parent, tasks
        self.dialog: ExportDialog | None = None
        self._entry: Entry | None = None
        self._sized: _Sized | None = None
        self._estimated = 0
        action.triggered.connect(self.on_export)

    @Slot()
    def on_export(self) -> None:
        """Ask how and where, and write the result there."""
        if self.dialog is None:
            self._tasks.start(self._export())

    async def _export(self) -> None:
        entry, source = self._results.current_run, self._document.source
        if entry is None or entry.finished is None or source is None:
            return
        self._entry = entry
        self.dialog = dialog = self._opened(entry, entry.finished, source.path)
        try:
            accepted = await finished(dialog) == QDialog.DialogCode.Accepted
            target, choices, preset = dialog.path, dialog.choices, dialog.preset_name
        finally:
            self.dialog = self._entry = self._sized = None
            dialog.deleteLater()
        if not accepted:
            return
        # What comes to be there meanwhile was not asked for.
        overwrite = _is_there(target)
        if not await self._may_write(target, source.path):
            return
        if preset:
            self._model.used(preset, source.path, choices)
        await self._write(entry, source, target, choices, overwrite=overwrite)

    def _source(self, entry: Entry, path: Path) -> ExportSource:
        value = self._settings.value
        wanted = None if value.wanted_px is None else value.wanted_px[1]
        bits, width = entry.picture.source_bits, entry.picture.width
        kind = USUAL_SOURCE_TYPE if entry.finished is None else source_type_of(entry.finished)
        return ExportSource(path, bits, width, value.print_ppi, wanted, kind)

    def _opened(self, entry: Entry, run: Finished, path: Path) -> ExportDialog:
        picture, source = entry.picture, self._source(entry, path)
        size = (picture.height, picture.width)
        dialog = ExportDialog(self._parent, tr("Export {name}", name=entry.name), picture.source_bits, size)
        dialog.set_presets(self._model.presets(source), self._model.proposed(source))
        kind = dialog.options.format or Format.PNG
        dialog.set_path(path.with_name(proposed_for(run, path, kind)))
        dialog.edited.connect(self._on_edited)
        dialog.keep_asked.connect(self._on_keep)
        dialog.forget_asked.connect(self._on_forget)
        dialog.profile_asked.connect(self._on_profile)
        dialog.place_asked.connect(self._on_place)
        self._tasks.start(self._estimate(dialog, entry))
        return dialog

    async def _may_write(self, target: Path, source: Path) -> bool:
        from zssr_studio.imaging.write import check_writable

        # Whether it may be replaced is asked below; the rest is refused before the question.
        check_writable(target, overwrite=True)
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
        self, entry: Entry, source: SourceFile, target: Path, choices: ExportChoices, *, overwrite: bool
    ) -> None:
        result, size = WrittenResult.of(entry, self._results), (entry.picture.height, entry.picture.width)
        write = partial(write_result, overwrite=overwrite, signature=self._signature())
        notes = await asyncio.to_thread(write, result, source, target, choices)
        height, width = choices.size_of(size)
        # A smaller copy, such as one for the web, does not hold the result.
        if (height, width) >= size:
            mark_written(self._results, entry.key, result.share, target)
        what = tr("{width} × {height} pixels", width=width, height=height)
        if result.bicubic is not None:
            what = tr("{size}, {share:.0%} of it the result and the rest bicubic", size=what, share=result.share)
        told = tr("Saved {name} ({what}) in {parent}.", name=target.name, what=what, parent=target.parent)
        self._messages.show_notice(
            " ".join((told, *notes)), Offer(tr("Show in folder"), lambda: show_in_folder(target))
        )

    @Slot()
    def _on_edited(self) -> None:
        if self.dialog is not None and self._entry is not None:
            self._tasks.start(self._estimate(self.dialog, self._entry))

    async def _estimate(self, dialog: ExportDialog, entry: Entry) -> None:
        """Say how large picture and file become; of several estimates on the way the last one counts."""
        self._estimated += 1
        asked = self._estimated
        told, note, problem = "", "", ""
        dialog.begin_estimate()
        try:
            choices, result = dialog.choices, WrittenResult.of(entry, self._results)
            choices.options.check_colour()
            sized = await asyncio.to_thread(_sized, result, choices, self._sized)
            found = await asyncio.to_thread(estimated, sized.picture, choices)
            if asked == self._estimated and self.dialog is dialog:
                self._sized = sized
            told, note = told_of(sized.picture, (entry.picture.height, entry.picture.width), choices, found)
        except StudioError as error:
            problem = str(error)
        if asked == self._estimated and self.dialog is dialog:
            dialog.set_size(told, note, problem)

    @Slot()
    def _on_keep(self) -> None:
        self._tasks.start(self._keep())

    @Slot()
    def _on_forget(self) -> None:
        dialog, path, entry = self.dialog, self._document.path, self._entry
        if dialog is not None and path is not None and entry is not None:
            self._model.forget(dialog.preset_name)
            source = self._source(entry, path)
            dialog.set_presets(self._model.presets(source), self._model.proposed(source))

    @Slot()
    def _on_profile(self) -> None:
        self._tasks.start(self._pick_profile())

    @Slot()
    def _on_place(self) -> None:
        self._tasks.start(self._pick_place())

    async def _keep(self) -> None:
        dialog, path, entry = self.dialog, self._document.path, self._entry
        if dialog is None or path is None or entry is None:
            return
        name: str | None = ""
        label = asked = tr("Name of the preset")
        while (name := await self._asked_name(dialog, label, name or "")) is not None and self.dialog is dialog:
            try:
                self._model.keep(name, dialog.choices)
            except BadInputError as error:
                label = f"{error}\n{asked}"
                continue
            dialog.set_presets(self._model.presets(self._source(entry, path)), name.strip())
            return

    async def _asked_name(self, dialog: ExportDialog, label: str, proposed: str) -> str | None:
        question = QInputDialog(dialog)
        question.setWindowTitle(tr("Keep these choices"))
        question.setLabelText(label)
        question.setTextValue(proposed)
        try:
            return question.textValue() if await finished(question) == QDialog.DialogCode.Accepted else None
        finally:
            question.deleteLater()

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


def _is_there(target: Path) -> bool:
    try:
        return target.exists()
    except OSError:  # a name that is too long, which is refused with a sentence
        return False


@dataclass(frozen=True, slots=True, eq=False)
class _Sized:
    """A result that was resampled once, for the estimates that follow."""

    size: tuple[int, int]
    share: float
    picture: Picture


def _sized(result: WrittenResult, choices: ExportChoices, before: _Sized | None) -> _Sized:
    size = choices.size_of((result.picture.height, result.picture.width))
    if before is not None and (before.size, before.share) == (size, result.share):
        return before
    return _Sized(size, result.share, result.sized(choices))
