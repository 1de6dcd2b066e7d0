"""What this program is, and under which licences it and what it is made of stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.views.window.dialog_size import scrolling, start_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.host.licences import Licence

WIDTH_PX, HEIGHT_PX, LIST_WIDTH_PX = 960, 560, 216
PAPER = (
    "A. Shocher, N. Cohen and M. Irani: “Zero-Shot” Super-Resolution using Deep Internal Learning. IEEE Conference "
    "on Computer Vision and Pattern Recognition (CVPR), 2018."
)
METHOD = marked(
    "Enlarges one picture by training a small network on that picture alone: what the network knows "
    "of edges and textures it learned from smaller and larger copies of your own picture. No "
    "outside pictures are used."
)
PRIVACY = marked("No network use, no telemetry: nothing leaves this machine.")


class AboutDialog(QDialog):
    """Two tabs."""

    def __init__(self, parent: QWidget, version: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About ZSSR Studio"))
        self.resize(start_size(self, WIDTH_PX, HEIGHT_PX))
        self._licences: list[Licence] = []
        self.tabs, self.names, self.text = QTabWidget(), QListWidget(), QPlainTextEdit()
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.names.currentRowChanged.connect(self._on_row)
        self.tabs.addTab(_about(version), tr("About"))
        self.tabs.addTab(self._licence_page(), tr("Licences"))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.tabs)
        column.addLayout(buttons)

    def set_licences(self, licences: Sequence[Licence]) -> None:
        """List licences, each with its text."""
        self._licences = list(licences)
        self.names.clear()
        self.names.addItems([f"{one.name} {one.version}".strip() for one in licences])
        self.names.setCurrentRow(0)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._licences):
            one = self._licences[row]
            head = f"{one.name} {one.version}".strip()
            self.text.setPlainText(f"{head}\n{one.licence}\n\n{one.text}".rstrip())

    def _licence_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 16, 0, 0)
        row.setSpacing(16)
        self.names.setObjectName("licences")
        self.text.setObjectName("licence")
        self.names.setFixedWidth(LIST_WIDTH_PX)
        self.names.setAccessibleName(tr("What the studio is made of"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Licence"))
        row.addWidget(self.names)
        row.addWidget(self.text, stretch=1)
        return page


def _about(version: str) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 24, 8, 8)
    column.setSpacing(16)
    texts = (
        (f"ZSSR Studio {version}", "title"),
        (tr(METHOD), ""),
        (tr("The method is that of the paper:\n{paper}", paper=PAPER), ""),
        (tr(PRIVACY), ""),
        (
            tr(
                "MIT licence. The typeface is Inter, under the SIL Open Font License; most icons are Lucide's, under "
                "the ISC licence; the sample photo is CC0."
            ),
            "faint",
        ),
    )
    for text, name in texts:
        label = QLabel(text)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
    column.addStretch()
    area = scrolling(page, tr("About ZSSR Studio"))
    # There is no field in it that could scroll it by keyboard.
    area.setObjectName("text")
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setFrameShape(QFrame.Shape.StyledPanel)
    return area
