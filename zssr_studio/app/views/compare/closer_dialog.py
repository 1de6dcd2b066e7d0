"""Look closer: what is trained once more to see how sure a result is, how long that takes, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_labels, plain_title
from zssr_studio.app.theme import give_height, text_scale
from zssr_studio.app.views.fields.number_boxes import DecimalBox, WholeBox
from zssr_studio.evidence.closer import Wish
from zssr_studio.evidence.members import MAX_MEMBERS
from zssr_studio.evidence.other_kernels import MOST_PERCENT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget

WIDTH_PX = 520
# What is proposed: two more networks, and the tenth by which an estimated width may well be wrong.
USUAL_MEMBERS, USUAL_PERCENT = 3, 10.0
PER_MILLE = 1000


class CloserDialog(QDialog):
    """Two questions to tick, the time that they take, a bar, and the answers.

    Signals
    -------
    edited()
        Something else is asked.
    start_asked()
    """

    edited = Signal()
    start_asked = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain_title(tr("Look closer at {name}", name=name)))
        self.members, self.kernel = (
            QCheckBox(tr("&Other seeds: networks in all")),
            QCheckBox(tr("A &blur that is off by")),
        )
        self.count, self.percent = WholeBox(), DecimalBox()
        self.start_button, self.stop_button = QPushButton(tr("&Start")), QPushButton(tr("S&top"))
        self.close_button = QPushButton(tr("&Close"))
        self._time, self._answers, self._bar = QLabel(), QLabel(), QProgressBar()
        plain_labels(self._time, self._answers)
        self._fill()
        self._lay_out()
        for box in (self.members, self.kernel):
            box.toggled.connect(self._on_edited)
        self.count.valueChanged.connect(self._on_edited)
        self.percent.valueChanged.connect(self._on_edited)
        self.start_button.clicked.connect(self.start_asked)
        self.close_button.clicked.connect(self.reject)
        self.set_share(None)

    @property
    def wish(self) -> Wish:
        """What is asked."""
        count = self.count.value() if self.members.isChecked() else 1
        return Wish(count, self.percent.value() if self.kernel.isChecked() else None)

    @property
    def answers(self) -> str:
        """What is said of the last look."""
        return self._answers.text()

    def set_time(self, text: str) -> None:
        """Say how long it takes."""
        self._time.setText(text)

    def set_answers(self, text: str) -> None:
        """Say what came of it."""
        self._answers.setText(text)
        self._answers.setVisible(bool(text))
        # A text that is broken into lines asks for no room by itself.
        self.adjustSize()

    def set_share(self, share: float | None) -> None:
        """Show how much is done, 0 to 1; None while nothing goes on."""
        is_going = share is not None
        self._bar.setVisible(is_going)
        self._bar.setValue(round(PER_MILLE * (share or 0.0)))
        for widget in (self.members, self.count, self.kernel, self.percent):
            widget.setEnabled(not is_going)
        self.stop_button.setEnabled(is_going)
        self.start_button.setEnabled(not is_going and self.wish != Wish())

    @Slot()
    def _on_edited(self) -> None:
        self.start_button.setEnabled(self.wish != Wish())
        self.edited.emit()

    def _fill(self) -> None:
        self.members.setChecked(True)
        self.count.setRange(2, MAX_MEMBERS)
        self.count.setValue(USUAL_MEMBERS)
        self.count.setAccessibleName(self.members.text().replace("&", ""))
        self.percent.setRange(1, MOST_PERCENT)
        self.percent.setDecimals(0)
        self.percent.setSuffix(" %")
        self.percent.setValue(USUAL_PERCENT)
        self.percent.setAccessibleName(self.kernel.text().replace("&", ""))
        self._bar.setRange(0, PER_MILLE)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._answers.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.start_button.setDefault(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        asked = QGridLayout()
        asked.setColumnStretch(1, 1)
        rows = (
            (
                self.members,
                self.count,
                tr("Trains each anew, as long as the run, and marks where their results differ."),
            ),
            (self.kernel, self.percent, tr("Trains on under a wider and a narrower blur, and tells what changes.")),
        )
        for row, (box, number, text) in enumerate(rows):
            give_height(number)
            asked.addWidget(box, 2 * row, 0)
            asked.addWidget(number, 2 * row, 1, Qt.AlignmentFlag.AlignLeft)
            asked.addWidget(_explaining(text), 2 * row + 1, 0, 1, 2)
        column.addLayout(asked)
        for label in (self._time, self._answers):
            label.setWordWrap(True)
            label.setMinimumWidth(round(WIDTH_PX * text_scale()))
        column.addWidget(self._time)
        column.addWidget(self._bar)
        column.addWidget(self._answers)
        column.addLayout(self._buttons())

    def _buttons(self) -> QLayout:
        row = QHBoxLayout()
        row.addStretch()
        for button in (self.start_button, self.stop_button, self.close_button):
            row.addWidget(button)
        return row


def _explaining(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("faint")
    label.setWordWrap(True)
    return label
