"""The curves of a run: training loss and reconstruction error, on a logarithmic axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from zssr_studio.app.models.curve import Curve
    from zssr_studio.app.theme import Colours

# A logarithmic axis has no place for zero.
LEAST = 1e-7
LABEL_GAP_PX = 20


class DecadeAxis(pg.AxisItem):  # type: ignore[misc]
    """A logarithmic axis whose labels never touch: as many of 1, 2 and 5 of a decade as there is room for."""

    def tickValues(self, low: float, high: float, size_px: float) -> list[tuple[float, list[float]]]:
        """Choose the finest set of labels that fits (values are powers of ten)."""
        if not high > low or size_px <= 0:
            return []
        room = size_px / (high - low)
        for mantissas, gap in (((1, 2, 5), math.log10(2)), ((1, 3), math.log10(3)), ((1,), 1.0)):
            if gap * room >= LABEL_GAP_PX or len(mantissas) == 1:
                break
        decades = range(math.floor(low), math.ceil(high) + 1)
        step = max(1, math.ceil(LABEL_GAP_PX / room)) if len(mantissas) == 1 else 1
        values = [d + math.log10(m) for d in decades if d % step == 0 for m in mantissas]
        return [(1.0, [v for v in values if low <= v <= high])]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Write a value as a plain number."""
        return [f"{10**value:.1g}" for value in values]


class LossPlot(QWidget):
    """Two curves against the step."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Loss curves")
        self._plot = pg.PlotWidget(background=None, axisItems={"left": DecadeAxis("left")})
        self._plot.setLogMode(x=False, y=True)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._loss = self._plot.plot()
        self._reconstruction = self._plot.plot(symbol="o", symbolSize=5)
        self._legend = QLabel()
        self._empty = QLabel("The curves appear here once a network trains.")
        self._empty.setObjectName("faint")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._with_legend())

    def _with_legend(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._legend, alignment=Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._plot, stretch=1)
        return page

    def set_curves(self, losses: Curve, reconstructions: Curve) -> None:
        """Show both curves as they are now."""
        self._pages.setCurrentIndex(1 if losses.steps else 0)
        for item, curve in ((self._loss, losses), (self._reconstruction, reconstructions)):
            item.setData(curve.steps, np.maximum(curve.values, LEAST))

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self._loss.setPen(pg.mkPen(colours.accent_line, width=1))
        self._reconstruction.setPen(pg.mkPen(colours.second_curve, width=1))
        self._reconstruction.setSymbolBrush(colours.second_curve)
        self._reconstruction.setSymbolPen(None)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(colours.line)
            axis.setTextPen(colours.faint)
        self._plot.setBackground(colours.window)
        self._legend.setText(
            f'<span style="color:{colours.accent_line}">●</span> training loss (L1)&nbsp;&nbsp;&nbsp;'
            f'<span style="color:{colours.second_curve}">●</span> reconstruction error (RMSE)'
        )
