"""Questions to a person: dialogs that block neither the window nor a run."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from zssr_studio.app.language import tr
from zssr_studio.app.views.fields.manners import FieldManners

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QPushButton, QWidget


async def finished(dialog: QDialog) -> int:
    """Show a dialog and wait for its code; over a window that was left meanwhile nobody is there to answer."""
    if _is_left(dialog.parentWidget()):
        return QDialog.DialogCode.Rejected
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    FieldManners(dialog)
    dialog.finished.connect(lambda code: None if answer.done() else answer.set_result(code))
    dialog.open()
    return await answer


def _is_left(widget: QWidget | None) -> bool:
    while widget is not None:
        window = widget.window()
        if getattr(window, "is_left", False):
            return True
        widget = window.parentWidget()
    return False


async def pick_file(parent: QWidget, title: str, patterns: str, folder: Path | None) -> Path | None:
    """Ask for a file to open; None when the person thinks better of it."""
    dialog = QFileDialog(parent, title, "" if folder is None else str(folder), patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _chosen(dialog)


async def pick_files(parent: QWidget, title: str, patterns: str, folder: Path | None) -> list[Path]:
    """Ask for files to open; none when the person thinks better of it."""
    dialog = QFileDialog(parent, title, "" if folder is None else str(folder), patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return await _all_chosen(dialog)


async def pick_folder(parent: QWidget, title: str, folder: Path | None) -> Path | None:
    """Ask for a folder; None when the person thinks better of it."""
    dialog = QFileDialog(parent, title, "" if folder is None else str(folder))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return await _chosen(dialog)


async def pick_target(
    parent: QWidget, title: str, proposed: Path, filters: dict[str, str], *, asks: bool = True
) -> Path | None:
    """Ask where to write.

    Parameters
    ----------
    proposed : Path
        The name that stands in the dialog.
    filters : dict
        The suffix of each format by what a person calls it; choosing another one changes the name's suffix.
    asks : bool
        Whether the dialog itself asks before an existing file is replaced.
    """
    dialog = QFileDialog(parent, title, str(proposed.parent), ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not asks)
    dialog.setDefaultSuffix(proposed.suffix[1:])
    dialog.selectFile(proposed.name)

    def on_filter(name: str) -> None:
        suffix = filters[name]
        dialog.setDefaultSuffix(suffix[1:])
        chosen = Path(dialog.selectedFiles()[0])
        # What stands behind a point is no suffix in `Report of 3.5.`
        stem = chosen.stem if chosen.suffix in filters.values() else chosen.name
        dialog.selectFile(f"{stem}{suffix}")

    dialog.filterSelected.connect(on_filter)
    return await _chosen(dialog)


async def _chosen(dialog: QFileDialog) -> Path | None:
    return next(iter(await _all_chosen(dialog)), None)


async def _all_chosen(dialog: QFileDialog) -> list[Path]:
    try:
        agreed = await finished(dialog) == QDialog.DialogCode.Accepted
        return [Path(name) for name in dialog.selectedFiles()] if agreed else []
    finally:
        dialog.deleteLater()


async def ask_text(parent: QWidget, title: str, label: str, proposed: str, accept: str) -> str | None:
    """Ask for a line of text; None when the person thinks better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(proposed)
    dialog.setOkButtonText(accept)
    try:
        return dialog.textValue() if await finished(dialog) == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


async def choose(parent: QWidget, text: str, more: str, ways: Mapping[str, str], discard: str) -> str | None:
    """Ask which way to go on; staying is the default.

    Parameters
    ----------
    ways : mapping
        The text of the button of each way but the last.
    discard : str
        The text of the last way, by which something is lost.

    Returns
    -------
    str or None
        The name of the way, `discard`, or None for staying.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, "ZSSR Studio", text, parent=parent)
    box.setInformativeText(more)
    buttons = {name: box.addButton(title, QMessageBox.ButtonRole.AcceptRole) for name, title in ways.items()}
    buttons["discard"] = box.addButton(discard, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    try:
        await finished(box)
        clicked = box.clickedButton()
        return next((name for name, button in buttons.items() if button is clicked), None)
    finally:
        box.deleteLater()


async def tell(parent: QWidget, text: str, more: str) -> None:
    """Tell something that has to be read before what follows is done."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "ZSSR Studio", text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    try:
        await finished(box)
    finally:
        box.deleteLater()


async def may_discard(parent: QWidget, text: str, more: str, discard: str) -> bool:
    """Ask whether something may be lost; keeping it is the default."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "ZSSR Studio", text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    agreed: QPushButton = box.addButton(discard, QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    try:
        await finished(box)
        return box.clickedButton() is agreed
    finally:
        box.deleteLater()
