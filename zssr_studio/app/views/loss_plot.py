"""The curves of a run: training loss and reconstruction error, on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.theme import Colours

MAX_POINTS = 1200
# A logarithmic axis has no place for zero.
LEAST = 1e-7


class LossPlot(QWidget):
    """Two curves against the step."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Loss curves")
        self._plot = pg.PlotWidget(background=None)
        self._plot.setLogMode(x=False, y=True)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setLabel("bottom", "step")
        self._legend = self._plot.addLegend(offset=(-8, 8))
        self._loss = self._plot.plot(name="training loss (L1)")
        self._reconstruction = self._plot.plot(name="reconstruction (RMSE)", symbol="o", symbolSize=5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    def set_curves(
        self,
        steps: Sequence[int],
        losses: Sequence[float],
        reconstruction_steps: Sequence[int],
        reconstructions: Sequence[float],
    ) -> None:
        """Show both curves as they are now."""
        self._loss.setData(*thinned(steps, losses))
        self._reconstruction.setData(*thinned(reconstruction_steps, reconstructions))

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self._loss.setPen(pg.mkPen(colours.accent_line, width=1))
        self._reconstruction.setPen(pg.mkPen(colours.second_curve, width=1))
        self._reconstruction.setSymbolBrush(colours.second_curve)
        self._reconstruction.setSymbolPen(None)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(colours.line)
            axis.setTextPen(colours.text)
        self._plot.setBackground(colours.window)
        self._legend.setLabelTextColor(colours.text)


def thinned(steps: Sequence[int], values: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Average neighbours until at most `MAX_POINTS` are left: painting stays fast, and noise stays readable."""
    x, y = np.asarray(steps, dtype=float), np.maximum(np.asarray(values, dtype=float), LEAST)
    group = -(-len(x) // MAX_POINTS)
    if group <= 1:
        return x, y
    kept = len(x) // group * group
    return x[:kept].reshape(-1, group).mean(axis=1), y[:kept].reshape(-1, group).mean(axis=1)
