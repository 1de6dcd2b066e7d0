"""The figures of a run beside its curves: a name and a value on each line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QScrollArea, QWidget

from zssr_studio.app.language import tr

WIDEST_S, WIDEST_SPEED = 9999.0, 88.88
# With large text all lines may need more room than the screen has; so many are always seen.
LEAST_LINES = 5


class RunFigures(QScrollArea):
    """Names at the left, values at the right; each value stays in its place while it changes. It scrolls if it must."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Figures of the run"))
        self.setObjectName("page")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        lines = QWidget()
        self.setWidget(lines)
        self._form = QFormLayout(lines)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(4)
        self._values: dict[str, QLabel] = {}

    @property
    def values(self) -> dict[str, str]:
        """What is shown."""
        return {name: label.text() for name, label in self._values.items()}

    def set_values(self, values: dict[str, str]) -> None:
        """Show values by their names, which may be other ones than before."""
        if list(values) != list(self._values):
            while self._form.rowCount():
                self._form.removeRow(0)
            self._values = {name: self._add(name) for name in values}
        for name, value in values.items():
            self._values[name].setText(value)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._form.sizeHint()

    def minimumSizeHint(self) -> QSize:
        whole, line_px = self._form.sizeHint(), self.fontMetrics().height() + self._form.verticalSpacing()
        bar_px = self.verticalScrollBar().sizeHint().width() if whole.height() > LEAST_LINES * line_px else 0
        return QSize(whole.width() + bar_px, min(whole.height(), LEAST_LINES * line_px))

    def _add(self, name: str) -> QLabel:
        title, value = QLabel(name), QLabel()
        title.setObjectName("faint")
        value.setAccessibleName(name)
        widest = (tr("about {left_s:.0f} s", left_s=WIDEST_S), tr("{speed:.3g} steps/s", speed=WIDEST_SPEED))
        value.setMinimumWidth(max(value.fontMetrics().horizontalAdvance(text) for text in widest))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._form.addRow(title, value)
        return value
