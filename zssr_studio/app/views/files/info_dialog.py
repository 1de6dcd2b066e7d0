"""What a file says of itself, to read and to copy."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.views.window.dialog_size import start_size

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH_PX, HEIGHT_PX, NAME_WIDTH_PERCENT = 640, 560, 30


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and rows of a name and a text; a row without a name is a sentence."""

    title: str
    rows: list[tuple[str, str]]


class InfoDialog(QDialog):
    """A text with sections, which can be selected and copied.

    Signals
    -------
    use_asked()
        Take the settings over that the file was made with.
    reproduce_asked()
        Do the run again that the file is of.
    """

    use_asked = Signal()
    reproduce_asked = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Info on {name}", name=name))
        self.resize(start_size(self, WIDTH_PX, HEIGHT_PX))
        self.text, self.note = QTextBrowser(), QLabel()
        self.text.setObjectName("licence")
        self.text.setAccessibleName(tr("What the file says"))
        self.text.setTabChangesFocus(True)
        self.text.setOpenLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.note.setObjectName("faint")
        self.note.setWordWrap(True)
        self.note.hide()
        self.copy_button, self.use_button = QPushButton(tr("Copy all")), QPushButton(tr("Use these settings"))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.use_button.setToolTip(tr("Set scale, preset, blur, noise and the rest as this file was made with."))
        self.use_button.hide()
        self.reproduce_button = QPushButton(tr("Reproduce"))
        self.reproduce_button.setToolTip(tr("Do the run of this file again by its record, and compare the pixels."))
        self.reproduce_button.hide()
        self.reproduce_button.clicked.connect(self.reproduce_asked)
        self.copy_button.clicked.connect(self._on_copy)
        self.use_button.clicked.connect(self.use_asked)
        self.close_button.clicked.connect(self.accept)
        self._plain = ""
        self._lay_out()

    def set_sections(self, sections: Sequence[Section], *, has_settings: bool, has_record: bool = False) -> None:
        """Show what is known, and whether settings can be taken over and the run be done again."""
        self._plain = "\n\n".join("\n".join([one.title, *map(_line, one.rows)]) for one in sections)
        self.text.setHtml("".join(map(_html, sections)))
        self.use_button.setVisible(has_settings)
        self.reproduce_button.setVisible(has_record)

    def set_note(self, text: str) -> None:
        """Say what was done."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.use_button)
        buttons.addWidget(self.reproduce_button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.text)
        column.addWidget(self.note)
        column.addLayout(buttons)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._plain)
        self.set_note(tr("All of it is on the clipboard."))


def _line(row: tuple[str, str]) -> str:
    return ": ".join(text for text in row if text)


def _html(section: Section) -> str:
    rows = "".join(
        f"<tr><td width='{NAME_WIDTH_PERCENT}%'>{escape(name)}</td><td>{escape(text)}</td></tr>"
        if name
        else f"<tr><td colspan='2'>{escape(text)}</td></tr>"
        for name, text in section.rows
    )
    return f"<h4>{escape(section.title)}</h4><table width='100%' cellspacing='0' cellpadding='2'>{rows}</table>"
