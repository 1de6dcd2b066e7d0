"""Try several: results of several kernels on one region, side by side; a click takes one over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, percent_text, tr
from zssr_studio.app.models.degradation.trial import LEAST_CANDIDATES, MOST_CANDIDATES, TileState
from zssr_studio.app.plain_text import plain_labels, plain_tip
from zssr_studio.app.qimage import eight_bits, image_of
from zssr_studio.app.views.degradation.kernel_view import kernel_image
from zssr_studio.app.views.degradation.trial_tile import Part, TilePicture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.degradation.trial import Candidate, Tile
    from zssr_studio.engine.kernels.kernel import Kernel

START_SIZE = QSize(1040, 680)
ICON_PX, LEAST_LIST_PX, TITLE_CHARACTERS = 40, 240, 30
WORDS = {
    TileState.WAITING: marked("Waiting"),
    TileState.TRAINING: marked("Training"),
    TileState.DROPPED: marked("Not tried"),
}


class TrialDialog(QDialog):
    """The candidates at the left, the results at the right.

    Signals
    -------
    try_asked(list of int)
        Train with these candidates, counted from 0.
    stop_asked()
    taken(int)
        Use the kernel of that tile, counted from 0.
    """

    try_asked = Signal(object)
    stop_asked = Signal()
    taken = Signal(int)

    def __init__(
        self, parent: QWidget, candidates: Sequence[tuple[Candidate, Kernel]], note: str, profile: bytes | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Try several kernels"))
        self.resize(START_SIZE)
        self.boxes = [self._box(candidate, kernel) for candidate, kernel in candidates]
        self.tiles = [_TileBox(self, number, profile) for number in range(MOST_CANDIDATES)]
        self.start_button, self.stop_button = QPushButton(tr("Try")), QPushButton(tr("Stop"))
        self.start_button.setObjectName("primary")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        self._status = _faint("")
        self._lay_out(_faint(note))
        self.start_button.clicked.connect(self._on_start)
        self.stop_button.clicked.connect(self.stop_asked)
        self.set_tiles([])
        self.set_running(False, 0)
        self._on_checked()

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show as many tiles as there are, two in a row."""
        for number, box in enumerate(self.tiles):
            box.setVisible(number < len(tiles))
        self._hint.setVisible(not tiles)
        for number, tile in enumerate(tiles):
            self.set_tile(number, tile)
            self.tiles[number].picture.set_part(Part())

    def set_tile(self, number: int, tile: Tile) -> None:
        """Show how far a candidate is."""
        self.tiles[number].set_tile(tile)

    def set_running(self, running: bool, progress: float) -> None:
        """Show whether a trial goes on, and how far it is."""
        self.progress.setValue(round(1000 * progress))
        self.progress.setVisible(running)
        self.stop_button.setVisible(running)
        self.start_button.setVisible(not running)
        for box in self.boxes:
            box.setEnabled(not running)

    def set_status(self, text: str) -> None:
        """Say something below the candidates."""
        self._status.setText(text)

    def _box(self, candidate: Candidate, kernel: Kernel) -> QCheckBox:
        text = candidate.title
        box = QCheckBox(text if len(text) <= TITLE_CHARACTERS else f"{text[: TITLE_CHARACTERS - 1]}…")
        box.setToolTip(plain_tip(text))
        pixmap = QPixmap.fromImage(kernel_image(kernel)).scaled(
            ICON_PX, ICON_PX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
        )
        box.setIcon(QIcon(pixmap))
        box.setIconSize(QSize(ICON_PX, ICON_PX))
        box.toggled.connect(self._on_checked)
        return box

    def _lay_out(self, note: QLabel) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        heading = QLabel(tr("Kernels to try"))
        heading.setObjectName("heading")
        left.addWidget(heading)
        left.addWidget(note)
        for number, box in enumerate(self.boxes):
            box.blockSignals(True)
            box.setChecked(number < MOST_CANDIDATES)
            box.blockSignals(False)
            left.addWidget(box)
        for widget in (self._status, self.progress, self.start_button, self.stop_button):
            left.addWidget(widget)
        left.addStretch()
        side = QWidget()
        left.setContentsMargins(0, 0, 0, 0)
        side.setLayout(left)
        side.setFixedWidth(max(LEAST_LIST_PX, *(box.sizeHint().width() for box in self.boxes)))
        grid = QGridLayout()
        grid.setSpacing(12)
        self._hint = _faint(tr("The results appear here, side by side.\nDrag to move all, turn the wheel to zoom."))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self._hint, 0, 0, 2, 2)
        for number, tile in enumerate(self.tiles):
            tile.picture.part_changed.connect(self._on_part)
            grid.addWidget(tile, number // 2, number % 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(side)
        row.addLayout(grid, stretch=1)

    def _chosen(self) -> list[int]:
        return [number for number, box in enumerate(self.boxes) if box.isChecked()]

    @Slot()
    def _on_checked(self) -> None:
        count = len(self._chosen())
        good = LEAST_CANDIDATES <= count <= MOST_CANDIDATES
        self.start_button.setEnabled(good)
        self.set_status(
            ""
            if good
            else tr(
                "Choose {least} to {most} kernels.",
                least=LEAST_CANDIDATES,
                most=MOST_CANDIDATES,
            )
        )

    @Slot()
    def _on_start(self) -> None:
        self.try_asked.emit(self._chosen())

    @Slot(object)
    def _on_part(self, part: Part) -> None:
        for tile in self.tiles:
            tile.picture.set_part(part)


class _TileBox(QWidget):
    """A result, its name, and the button that takes its kernel over."""

    def __init__(self, dialog: TrialDialog, number: int, profile: bytes | None) -> None:
        super().__init__()
        self._profile = profile
        self.picture = TilePicture()
        self.title, self.take_button = QLabel(), QPushButton(tr("Use this"))
        plain_labels(self.title)
        self.title.setObjectName("heading")
        self.take_button.clicked.connect(lambda: dialog.taken.emit(number))
        below = QHBoxLayout()
        below.addWidget(self.title, stretch=1)
        below.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picture, stretch=1)
        column.addLayout(below)

    def set_tile(self, tile: Tile) -> None:
        title = tile.candidate.title
        self.title.setText(title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…")
        self.title.setToolTip(plain_tip(title))
        self.picture.setAccessibleName(tr("Result with {title}", title=title))
        self.take_button.setAccessibleName(tr("Use {title}", title=title))
        self.take_button.setEnabled(tile.state is TileState.DONE)
        words = "" if tile.state is TileState.DONE else tr(WORDS[tile.state])
        if tile.state is TileState.TRAINING:
            words = f"{words} · {percent_text(tile.progress)}"
        self.picture.set_image(None if tile.pixels is None else image_of(eight_bits(tile.pixels), self._profile), words)


def _faint(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("faint")
    label.setWordWrap(True)
    return label
