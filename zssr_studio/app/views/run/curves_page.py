"""The place of the curves: a sentence until there are any, and the plot from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QShowEvent

    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.theme import Colours
    from zssr_studio.app.views.run.loss_plot import LossPlot

# Of curves that are saved while they are hidden: as the details show them at 1440 x 900.
HIDDEN_SIZE = QSize(900, 180)
EMPTY = marked("The curves appear here once a network trains.")


class CurvesPage(QStackedWidget):
    """Makes the plot when it is first needed: its library takes a sixth of a second to load, and more to set up."""

    def __init__(self) -> None:
        super().__init__()
        self._plot: LossPlot | None = None
        self._history: History | None = None
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
        """Show the curves of a run as they are now; while nobody sees them they are not drawn."""
        self._history = history
        if self.isVisible():
            self._draw()

    def picture(self) -> QImage:
        """Return the curves as they are seen, or as they would be in a window of the usual size."""
        return self.plot.picture() if self.isVisible() else self._unseen_picture()

    def _unseen_picture(self) -> QImage:
        """Draw the curves in a plot of their own: the layout of what is hidden leaves this one no room."""
        from zssr_studio.app.views.run.loss_plot import LossPlot

        holder = QWidget()
        plot = LossPlot(QToolButton(holder))
        plot.setParent(holder)
        plot.set_colours(self._colours)
        plot.resize(HIDDEN_SIZE)
        if self._history is not None:
            plot.show_history(self._history)
        picture = plot.picture()
        holder.deleteLater()
        return picture

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        history = self._history
        has_curves = history is not None and bool(history.losses.steps)
        if history is not None and (has_curves or self._plot is not None):
            self.plot.show_history(history)
        self.setCurrentIndex(1 if has_curves else 0)

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self._colours = colours
        if self._plot is not None:
            self._plot.set_colours(colours)
