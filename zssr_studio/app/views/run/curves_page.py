"""The place of the curves: a sentence until there are any, and the plot from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import LIGHT

if TYPE_CHECKING:
    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.theme import Colours
    from zssr_studio.app.views.run.loss_plot import LossPlot

EMPTY = marked("The curves appear here once a network trains.")


class CurvesPage(QStackedWidget):
    """Makes the plot when it is first needed: its library takes a sixth of a second to load, and more to set up."""

    def __init__(self) -> None:
        super().__init__()
        self._plot: LossPlot | None = None
        self._colours = LIGHT
        self.whole = QToolButton()
        self.whole.setObjectName("small")
        self.whole.setText(tr("Show all"))
        self.whole.setToolTip(tr("Show the whole of the curves again (0, or a double click on them)."))
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.whole.hide()
        empty = QLabel(tr(EMPTY))
        empty.setObjectName("faint")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        self.addWidget(empty)

    @property
    def plot(self) -> LossPlot:
        """The plot, which is made now if nothing was drawn yet."""
        if self._plot is None:
            from zssr_studio.app.views.run.loss_plot import LossPlot

            self._plot = LossPlot(self.whole)
            self._plot.set_colours(self._colours)
            self.addWidget(self._plot)
        return self._plot

    def show_history(self, history: History) -> None:
        """Show the curves of a run as they are now."""
        has_curves = bool(history.losses.steps)
        if has_curves or self._plot is not None:
            self.plot.show_history(history)
        self.setCurrentIndex(1 if has_curves else 0)

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self._colours = colours
        if self._plot is not None:
            self._plot.set_colours(colours)
