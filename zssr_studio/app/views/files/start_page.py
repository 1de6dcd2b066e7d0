"""The first screen: what to do, and a photo to try it with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zssr_studio.app.icons import icon
from zssr_studio.app.language import tr
from zssr_studio.app.views.files.before_after import BeforeAfter
from zssr_studio.app.views.files.recent_list import RecentList
from zssr_studio.app.views.window.dialog_size import scrolling


class StartPage(QWidget):
    """Offers to open a picture, the sample, or what was opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open_button = QPushButton(tr("Open a picture…"))
        self.open_button.setObjectName("primary")
        # Beside text on the accent.
        self.open_button.setIcon(icon("open", QPalette.ColorRole.HighlightedText))
        self.sample_button = QPushButton(tr("Try the sample photo"))
        self.sample_button.setIcon(icon("picture"))
        self.picture, self.recent = BeforeAfter(), RecentList()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(_label(tr("Enlarge one picture by learning from it alone"), "title"))
        layout.addWidget(
            _label(tr("A small network trains on your picture while you watch. No outside pictures are used."), "faint")
        )
        # Of the height that is left the picture takes most, and gives it back first.
        layout.addWidget(self.picture, stretch=100)
        layout.addLayout(buttons)
        layout.addWidget(
            _label(
                tr("or drop pictures here, or a folder: PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG or RAW"),
                "faint",
            )
        )
        layout.addWidget(self.recent)
        layout.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(page, tr("First steps")))


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
