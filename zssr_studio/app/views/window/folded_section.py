"""A section of a panel under a heading that folds it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from zssr_studio.app.icons import icon
from zssr_studio.app.language import tr


class FoldedSection(QWidget):
    """Folded at first; its heading opens it.

    Signals
    -------
    toggled(bool)
        It is open from now on, or folded.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, tip: str) -> None:
        super().__init__()
        self.heading = QToolButton()
        self.heading.setObjectName("fold")
        self.heading.setText(title)
        self.heading.setToolTip(tip)
        self.heading.setAccessibleName(title)
        self.heading.setCheckable(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 4, 0, 8)
        self.column.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.content)
        self.heading.toggled.connect(self._on_toggled)
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether its content is shown."""
        return self.heading.isChecked()

    def set_open(self, wanted: bool) -> None:
        """Open it, or fold it away."""
        self.heading.setChecked(wanted)

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        self._show()
        self.toggled.emit(wanted)

    def _show(self) -> None:
        self.content.setVisible(self.is_open)
        # Not Qt's own arrow, which stays as small as it is with large text.
        self.heading.setIcon(icon("controls/down" if self.is_open else "controls/right"))
        self.heading.setAccessibleDescription(tr("open") if self.is_open else tr("folded away"))
