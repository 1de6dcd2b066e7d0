"""The curves of a run and one line that says where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from zssr_studio.app.views.loss_plot import LossPlot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.theme import Colours

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
        self._legend = QLabel()
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._state)
        line.addWidget(self._figures, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self._bar)
        layout.addWidget(self._legend, alignment=Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.plot, stretch=1)
        self._legend.hide()

    def set_status(self, state: str, figures: str, progress: float) -> None:
        """Say where the run stands; progress from 0 to 1."""
        self._state.setText(state)
        self._figures.setText(figures)
        self._figures.setToolTip(figures)
        self._bar.setValue(round(progress * PROGRESS_STEPS))

    def set_curves(
        self,
        steps: Sequence[int],
        losses: Sequence[float],
        reconstruction_steps: Sequence[int],
        reconstructions: Sequence[float],
    ) -> None:
        """Show both curves as they are now."""
        self._legend.setVisible(bool(steps))
        self.plot.set_curves(steps, losses, reconstruction_steps, reconstructions)

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self.plot.set_colours(colours)
        self._legend.setText(
            f'<span style="color:{colours.accent_line}">●</span> training loss (L1)&nbsp;&nbsp;&nbsp;'
            f'<span style="color:{colours.second_curve}">●</span> reconstruction error (RMSE)'
        )

    @property
    def text(self) -> str:
        """State and figures, as shown."""
        return f"{self._state.text()}  {self._figures.text()}"
