"""Compare with: other methods, ticked, and a folder of networks that others trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.plain_text import plain_labels, plain_tip
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.widgets.elided_label import ElidedLabel
from zssr_studio.app.views.window.dialog_size import start_size
from zssr_studio.words.methods import LEARNED_FROM_TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from zssr_studio.app.models.compare.methods import Offer

WIDTH_PX, HEIGHT_PX = 960, 560
# What a box and the margins take beside a name, and the most of the list that names take.
BOX_PX, NAMES_SHARE = 48, 0.4
# The last one is the longest.
COLUMNS = (marked("Method"), marked("Scale"), marked("Parameters"), marked("What it knows"))
KNOWS = 3
THOUSAND, MILLION = 1_000, 1_000_000


class CompareWithDialog(QDialog):
    """A list to tick in, and where networks are looked for.

    Signals
    -------
    folder_asked()
        Another folder is to be chosen.
    folder_dropped()
        No folder is to be looked through any more.
    """

    folder_asked = Signal()
    folder_dropped = Signal()

    def __init__(self, parent: QWidget, note: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare with"))
        self.resize(start_size(self, WIDTH_PX, HEIGHT_PX))
        self._offers: tuple[Offer, ...] = ()
        self.list = QTreeWidget()
        self.ensemble = QCheckBox(tr("Networks with a self-ensemble of 8: somewhat better, eight times as long"))
        self.folder_button, self.none_button = QPushButton(tr("Choose…")), QPushButton(tr("No folder"))
        self.start_button, self.cancel_button = QPushButton(tr("Compare")), QPushButton(tr("Cancel"))
        self._note, self._folder, self._status = QLabel(note), ElidedLabel(), QLabel()
        self._fill()
        self._lay_out()
        self.list.itemChanged.connect(self._show_ticks)
        self.folder_button.clicked.connect(self.folder_asked)
        self.none_button.clicked.connect(self.folder_dropped)
        self.start_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self._show_ticks()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is listed."""
        return self._offers

    @property
    def ticked(self) -> tuple[Offer, ...]:
        """What is to be compared with, in the order of the list."""
        items = (self.list.topLevelItem(index) for index in range(self.list.topLevelItemCount()))
        pairs = zip(self._offers, items, strict=True)
        return tuple(offer for offer, item in pairs if item and item.checkState(0) is Qt.CheckState.Checked)

    def set_offers(self, offers: Sequence[Offer], ticked: Collection[str]) -> None:
        """List these; those whose keys are given are ticked, where they can be."""
        self._offers = tuple(offers)
        with QSignalBlocker(self.list):
            self.list.clear()
            for offer in offers:
                item = _item(offer, is_ticked=offer.key in ticked)
                self.list.addTopLevelItem(item)
                if offer.problem:
                    self._explain(item, offer.problem)
        self._fit_names()
        self._show_ticks()

    def _fit_names(self) -> None:
        """Give names what they need with their boxes, but leave room for the rest."""
        items = (self.list.topLevelItem(index) for index in range(self.list.topLevelItemCount()))
        longest_px = max((self.fontMetrics().horizontalAdvance(item.text(0)) for item in items if item), default=0)
        self.list.setColumnWidth(0, min(longest_px + round(BOX_PX * text_scale()), round(NAMES_SHARE * self.width())))

    def _explain(self, item: QTreeWidgetItem, problem: str) -> None:
        """Say why a line cannot be ticked, below it, as wide as the list is."""
        reason = QTreeWidgetItem(item, [problem])
        reason.setToolTip(0, plain_tip(problem))
        reason.setFirstColumnSpanned(True)
        item.setExpanded(True)

    def set_folder(self, folder: Path | None) -> None:
        """Show where networks are looked for."""
        self._folder.setText(tr("none") if folder is None else str(folder))
        self._folder.setToolTip(plain_tip(self._folder.text()))
        self.none_button.setEnabled(folder is not None)

    def set_status(self, text: str, *, is_problem: bool = False) -> None:
        """Say how far looking through the folder is, or why it failed."""
        self._status.setObjectName("problem" if is_problem else "faint")
        # The style sheet looks at the name again.
        self._status.style().polish(self._status)
        self._status.setText(text)

    def _fill(self) -> None:
        self.list.setObjectName("methods")
        self.list.setAccessibleName(tr("Methods to compare with"))
        self.list.setHeaderLabels([tr(column) for column in COLUMNS])
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.folder_button.setToolTip(tr("Choose a folder of networks that others trained; each file is looked into."))
        self.folder_button.setAccessibleName(tr("Choose the folder of networks"))
        self.none_button.setToolTip(tr("Look through no folder any more."))
        self.start_button.setObjectName("primary")
        self.start_button.setDefault(True)
        for label in (self._note, self._folder, self._status):
            plain_labels(label)
        for label in (self._note, self._status):
            label.setObjectName("faint")
            label.setWordWrap(True)
        # A long path must not widen the dialog.
        self._folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _lay_out(self) -> None:
        folder, buttons = QHBoxLayout(), QHBoxLayout()
        for row in (folder, buttons):
            row.setSpacing(8)
        title = QLabel(tr("Folder of networks"))
        title.setBuddy(self.folder_button)
        folder.addWidget(title)
        folder.addWidget(self._folder, stretch=1)
        folder.addWidget(self.folder_button)
        folder.addWidget(self.none_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._note)
        column.addWidget(self.list, stretch=1)
        column.addLayout(folder)
        column.addWidget(self._status)
        column.addWidget(self.ensemble)
        column.addLayout(buttons)

    @Slot()
    def _show_ticks(self) -> None:
        ticked = self.ticked
        self.start_button.setEnabled(bool(ticked))
        self.ensemble.setEnabled(any(offer.path is not None for offer in ticked))


def _item(offer: Offer, *, is_ticked: bool) -> QTreeWidgetItem:
    """Make a line, with a box where it can be ticked."""
    learned_from = offer.learned_from
    item = QTreeWidgetItem(
        [
            tr(offer.title),
            ("–" if offer.method is None else tr("any")) if offer.scale is None else f"{offer.scale}",
            "–" if offer.parameters is None else count_text(offer.parameters),
            "–" if learned_from is None else tr(LEARNED_FROM_TEXTS[learned_from]),
        ]
    )
    where = "" if offer.path is None else f"\n{offer.path}"
    item.setToolTip(0, plain_tip(f"{item.text(0)}{where}"))
    item.setToolTip(KNOWS, plain_tip(item.text(KNOWS)))
    if not offer.problem:
        item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
    return item


def count_text(count: int) -> str:
    """Write how many numbers a network learned."""
    if count >= MILLION:
        return tr("{count:.1f} million", count=count / MILLION)
    return tr("{count:.0f} thousand", count=count / THOUSAND) if count >= 10 * THOUSAND else f"{count}"
