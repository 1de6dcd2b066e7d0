"""A share from none to all: a slider under its name, with the figure beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from zssr_studio.app.language import tr


class ShareSlider(QWidget):
    """Shows a share, and tells the one that a person wants.

    Parameters
    ----------
    name, tip : str
        What it is a share of, and what it does.

    Signals
    -------
    chosen(float)
        From 0 to 1.
    """

    chosen = Signal(float)

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.slider, self._told = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(tip)
        self._told.setObjectName("faint")
        label = QLabel(name)
        label.setBuddy(self.slider)
        label.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self._told, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.slider.valueChanged.connect(self._on_value)

    def set_share(self, share: float, *, shown: bool) -> None:
        """Show a share without telling that a person chose it."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(100 * share))
        self.slider.blockSignals(False)
        self._told.setText(tr("{share:.0f} %", share=100 * share))
        self.setVisible(shown)

    @Slot(int)
    def _on_value(self, percent: int) -> None:
        self.chosen.emit(percent / 100)
