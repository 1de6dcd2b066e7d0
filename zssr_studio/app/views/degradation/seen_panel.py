"""What I see: what was found in the picture, each with a switch, and how much of it is cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.icons import icon
from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.found import FindingKind
from zssr_studio.app.views.degradation.sample_pair import SamplePair
from zssr_studio.app.views.degradation.switch import Switch
from zssr_studio.app.views.fields.share_slider import ShareSlider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

ROW_GAP_PX = 6
SWITCH_TIPS = {
    FindingKind.KERNEL: marked("On: the result is made as sharp as the picture was before. Off: it stays as it is."),
    FindingKind.NOISE: marked("On: the network learns to clean it. Off: it becomes larger with the picture."),
    FindingKind.JPEG: marked("On: blocks and rings are cleaned. Off: they become larger with the picture."),
}


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One thing that was found, or that a person gave in its place.

    Parameters
    ----------
    text, sureness, sentence : str
        In a few words; how sure it is, in one or two; all that is known of it, in sentences.
    on : bool
        Whether the next run undoes it.
    """

    kind: FindingKind
    text: str
    sureness: str
    sentence: str
    on: bool


class SeenPanel(QWidget):
    """Rows with switches and samples, a note, a slider, and a sample of all together.

    Signals
    -------
    switched(FindingKind, bool)
        A person wants something undone, or left.
    unfolded()
        A person opened a row to see what undoing it does, or folded it away.
    cleaned(float)
        How much of the noise and the compression is to go, from 0 to 1.
    """

    switched = Signal(object, bool)
    unfolded = Signal()
    cleaned = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.rows = {kind: _Row(kind) for kind in FindingKind}
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.amount = ShareSlider(
            tr("How much is cleaned"),
            tr("How much of noise and JPEG blocks goes, from none to all: the grain of an old photograph may stay."),
        )
        self.sample = SamplePair(tr("as it is"), tr("undone", "what was found"))
        self._lay_out()
        for kind, row in self.rows.items():
            row.switch.toggled.connect(lambda on, kind=kind: self.switched.emit(kind, on))
            row.fold.toggled.connect(self.unfolded)
        self.amount.chosen.connect(self.cleaned)
        self.set_rows([], "")
        self.amount.hide()

    def set_rows(self, rows: Sequence[SeenRow], note: str) -> None:
        """Show what was found, and say what there is to say besides."""
        told = {row.kind: row for row in rows}
        for kind, widget in self.rows.items():
            widget.setVisible(kind in told)
            if kind in told:
                widget.set_row(told[kind])
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (*self.rows.values(), self.note, self.amount, self.sample):
            column.addWidget(widget)


class _Row(QWidget):
    """A finding, how sure it is, and its switch, which a click anywhere beside it switches; unfolded, its sample."""

    def __init__(self, kind: FindingKind) -> None:
        super().__init__()
        self.text, self.sureness, self.switch = QLabel(), QLabel(), Switch()
        self.fold, self.sample = QToolButton(), SamplePair(tr("not undone"), tr("undone", "what was found"))
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sureness.setObjectName("faint")
        self.switch.setToolTip(tr(SWITCH_TIPS[kind]))
        self.fold.setObjectName("rowfold")
        self.fold.setCheckable(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.setToolTip(tr("Shows on a small part what undoing this alone does, or hides it."))
        self.fold.toggled.connect(self._show_fold)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(ROW_GAP_PX)
        row.addWidget(self.fold)
        row.addWidget(self.text, stretch=1)
        row.addWidget(self.sureness)
        row.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.sample)
        self._show_fold()

    def set_row(self, row: SeenRow) -> None:
        # A figure and its sign stay on one line.
        self.text.setText(row.text.replace(" %", "\u00a0%"))
        self.sureness.setText(row.sureness)
        self.sureness.setVisible(bool(row.sureness))
        for label in (self.text, self.sureness):
            label.setToolTip(row.sentence)
        self.fold.setAccessibleName(tr("Sample: {finding}", finding=row.text))
        self.switch.setAccessibleName(f"{row.text}, {row.sureness}" if row.sureness else row.text)
        self.switch.setAccessibleDescription(row.sentence)
        self.switch.blockSignals(True)
        self.switch.setChecked(row.on)
        self.switch.blockSignals(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._head.geometry().contains(event.position().toPoint()):
            self.switch.click()

    @Slot()
    def _show_fold(self) -> None:
        is_open = self.fold.isChecked()
        self.fold.setIcon(icon("controls/down" if is_open else "controls/right"))
        self.fold.setAccessibleDescription(tr("open") if is_open else tr("folded away"))
