"""The film of a run: small pictures of its output on the way, to go back through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.qimage import image_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.run.film import Frame

# As large as the panel has room for below these; what lies around the picture and its caption, in the style sheet.
THUMBNAIL, LEAST_HEIGHT_PX, AROUND_PX = QSize(104, 78), 36, 24
EMPTY = marked("Pictures of the output on the way appear here once a network trains.")
HINT = marked("Choose one to see it in its place.")


class FilmStrip(QWidget):
    """A row of frames.

    Signals
    -------
    chosen(Frame or None)
        A person wants to see this frame, or what there is now.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._frames: list[Frame] = []
        self.list = _Row()
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.list.escaped.connect(self.clear)
        self.back = QToolButton()
        self.back.setObjectName("small")
        self.back.setText(tr("Back to now"))
        self.back.setToolTip(tr("Show what there is now again (Escape)."))
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(self.clear)
        self._lay_out()
        self.set_frames((), None)

    @property
    def current(self) -> Frame | None:
        """The frame that was chosen."""
        rows = self.list.selectedIndexes()
        return self._frames[rows[0].row()] if rows else None

    def set_frames(self, frames: Sequence[Frame], chosen: int | None, profile: bytes | None = None) -> None:
        """Show these frames, of which one may be chosen, without telling that a person chose it."""
        self._pages.setCurrentIndex(1 if frames else 0)
        self.list.blockSignals(True)
        kept = 0
        while kept < min(len(frames), len(self._frames)) and frames[kept] is self._frames[kept]:
            kept += 1
        while self.list.count() > kept:
            self.list.takeItem(self.list.count() - 1)
        follows = chosen is None and len(frames) > kept
        self._frames = list(frames)
        for frame in self._frames[kept:]:
            self.list.addItem(_item(frame, profile))
        if chosen is None:
            self.list.clearSelection()
        else:
            self.list.setCurrentRow(chosen)
        self.list.blockSignals(False)
        if follows:
            self.list.scrollToItem(self.list.item(self.list.count() - 1))
        self.back.setEnabled(chosen is not None)

    @Slot()
    def clear(self) -> None:
        """Choose none."""
        self.list.clearSelection()

    @Slot()
    def _on_selected(self) -> None:
        self.back.setEnabled(self.current is not None)
        self.chosen.emit(self.current)

    def _lay_out(self) -> None:
        empty, hint = QLabel(tr(EMPTY)), QLabel(tr(HINT))
        for label in (empty, hint):
            label.setObjectName("faint")
        # A long line is wrapped instead of widening the window.
        hint.setWordWrap(True)
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(hint, stretch=1)
        row.addWidget(self.back)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.list, stretch=1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty)
        self._pages.addWidget(page)


class _Row(QListWidget):
    """One row of thumbnails with captions."""

    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("film")
        self.setAccessibleName(tr("Film of the run"))
        self.setAccessibleDescription(tr("Left and Right go through the pictures, Escape goes back to now."))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(THUMBNAIL)
        self.setSpacing(4)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the captions, and for the scroll bar even while there is none, so that nothing jumps."""
        super().resizeEvent(event)
        room_px = self.height() - self.horizontalScrollBar().sizeHint().height() - self.fontMetrics().height()
        height_px = min(THUMBNAIL.height(), max(LEAST_HEIGHT_PX, room_px - AROUND_PX))
        self.setIconSize(THUMBNAIL * (height_px / THUMBNAIL.height()))

    def event(self, event: QEvent) -> bool:
        """Take Escape before a message over the picture does, while there is a frame to leave."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.selectedIndexes():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


def _item(frame: Frame, profile: bytes | None) -> QListWidgetItem:
    image = image_of(frame.pixels, profile).scaled(
        THUMBNAIL * 2, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    icon = QIcon(QPixmap.fromImage(image))
    icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)
    item = QListWidgetItem(icon, tr("start") if frame.step == 0 else tr("{seconds:.1f} s", seconds=frame.elapsed_s))
    item.setToolTip(plain_tip(frame.name))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, frame.name)
    return item
