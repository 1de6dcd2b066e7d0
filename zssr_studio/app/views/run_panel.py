"""The curves of a run and one line that says where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from zssr_studio.app.views.loss_plot import LossPlot

PROGRESS_STEPS = 1000


class RunPanel(QWidget):
    """Curves, progress bar, state and figures."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = LossPlot()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, PROGRESS_STEPS)
        self._bar.setAccessibleName("Progress")
        self._state = QLabel()
        self._state.setObjectName("heading")
        self._figures = QLabel()
        self._figures.setObjectName("faint")
        # A long line must not widen the window.
        self._figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._state)
        line.addWidget(self._figures, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self._bar)
        layout.addWidget(self.plot, stretch=1)

    def set_status(self, state: str, figures: str, progress: float) -> None:
        """Say where the run stands; progress from 0 to 1."""
        self._state.setText(state)
        self._figures.setText(figures)
        self._figures.setToolTip(figures)
        self._bar.setValue(round(progress * PROGRESS_STEPS))

    @property
    def text(self) -> str:
        """State and figures, as shown."""
        return f"{self._state.text()}  {self._figures.text()}"
