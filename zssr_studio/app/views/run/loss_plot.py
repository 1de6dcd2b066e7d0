"""The curves of a run: training loss and reconstruction error, on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from zssr_studio.app.language import number_text, tr
from zssr_studio.app.models.run.history import History
from zssr_studio.app.theme import LIGHT
from zssr_studio.app.views.run.log_axis import DecadeAxis, MarkAxis, StepAxis

if TYPE_CHECKING:
    from zssr_studio.app.models.run.history import Moment
    from zssr_studio.app.theme import Colours

# A logarithmic axis has no place for zero.
LEAST = 1e-7
KEY_ZOOM = 1.25
PICTURE_FINENESS = 2


class _View(pg.ViewBox):  # type: ignore[misc]
    """A drag zooms to what it frames; the wheel zooms along the steps, and the values follow what is seen."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseMode(pg.ViewBox.RectMode)
        self.setAutoVisible(y=True)
        self.setLimits(xMin=0)

    def wheelEvent(self, event: object, axis: int | None = None) -> None:
        """Zoom along the steps only."""
        super().wheelEvent(event, axis=pg.ViewBox.XAxis if axis is None else axis)


class _Plot(pg.PlotWidget):  # type: ignore[misc]
    """A double click asks for the whole of the curves."""

    whole_asked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask, and leave the event to nobody else."""
        self.whole_asked.emit()
        event.accept()


class LossPlot(QWidget):
    """Two curves against the step, what they say under the pointer, and the marks of what changed."""

    def __init__(self, whole: QToolButton) -> None:
        super().__init__()
        self.setAccessibleName(tr("Loss curves"))
        self.setAccessibleDescription(tr("Left and Right go along the curves, plus and minus zoom, 0 shows all."))
        self.setToolTip(tr("Point at a step for its values; the wheel or a drag zooms, a double click shows all."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view = _View()
        self._mark_axis = MarkAxis()
        axes = {"left": DecadeAxis("left"), "bottom": StepAxis("bottom"), "top": self._mark_axis}
        self.plot = _Plot(background=None, viewBox=self.view, axisItems=axes)
        self.plot.setLogMode(x=False, y=True)
        self.plot.hideButtons()
        self.plot.setFocusProxy(self)
        self._loss = self.plot.plot()
        self._reconstruction = self.plot.plot(symbol="o", symbolSize=5)
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.hide()
        self.plot.addItem(self._cursor, ignoreBounds=True)
        self._marks: list[pg.InfiniteLine] = []
        self._history = History()
        self._colours = LIGHT
        self._at: float | None = None
        self._legend = QLabel()
        self._legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # After the policy, which would forget it.
        self._legend.setWordWrap(True)
        self.whole = whole
        self._lay_out()
        self.plot.scene().sigMouseMoved.connect(self._on_moved)
        self.plot.whole_asked.connect(self.show_whole)
        self.view.sigStateChanged.connect(self._on_zoomed)
        self.whole.clicked.connect(self.show_whole)

    def show_history(self, history: History) -> None:
        """Show the curves of a run as they are now."""
        if history is not self._history:
            self._history, self._at = history, None
            self.show_whole()
        for item, curve in ((self._loss, history.losses), (self._reconstruction, history.reconstructions)):
            item.setData(curve.steps, np.maximum(curve.values, LEAST))
        self._show_marks()
        self._show_moment()

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self._colours = colours
        self._loss.setPen(pg.mkPen(colours.accent_line, width=1))
        self._reconstruction.setPen(pg.mkPen(colours.second_curve, width=1))
        self._reconstruction.setSymbolBrush(colours.second_curve)
        self._reconstruction.setSymbolPen(None)
        self._cursor.setPen(pg.mkPen(colours.text, width=1))
        self.view.rbScaleBox.setPen(pg.mkPen(colours.accent_line))
        self.view.rbScaleBox.setBrush(pg.mkBrush(colours.accent_line + "33"))
        for side in ("left", "bottom", "top"):
            axis = self.plot.getAxis(side)
            axis.setPen(colours.line)
            axis.setTextPen(colours.faint)
        self.plot.setBackground(colours.window)
        self._forget_marks()
        self._show_marks()
        self._show_moment()

    @property
    def legend(self) -> str:
        """What stands above the curves: their names, and their values at the cursor."""
        return self._legend.text()

    def picture(self) -> QImage:
        """Return the curves with their legend as an image, twice as fine as the screen."""
        ratio = PICTURE_FINENESS * self.devicePixelRatioF()
        image = QImage((QSizeF(self.size()) * ratio).toSize(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._colours.window))
        self.render(image)
        return image

    @Slot()
    def show_whole(self) -> None:
        """Show all steps, and follow the curves as they grow."""
        self.view.enableAutoRange()

    def zoom(self, factor: float) -> None:
        """Zoom along the steps about the cursor, or about the middle."""
        centre = self.view.viewRect().center()
        about = centre if self._at is None else QPointF(self._at, centre.y())
        self.view.scaleBy(x=1 / factor, center=about)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(KEY_ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(1 / KEY_ZOOM)
            case Qt.Key.Key_0:
                self.show_whole()
            case _:
                super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._at = None
        self._show_moment()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(self._colours.accent_line), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 2)
        column.setSpacing(2)
        column.addWidget(self._legend)
        column.addWidget(self.plot, stretch=1)

    @Slot(object)
    def _on_moved(self, place: QPointF) -> None:
        inside = self.plot.sceneBoundingRect().contains(place)
        self._at = self.view.mapSceneToView(place).x() if inside else None
        self._show_moment()

    @Slot(object)
    def _on_zoomed(self, _view: object) -> None:
        self.whole.setVisible(not all(self.view.autoRangeEnabled()))

    def _step(self, by: int) -> None:
        steps = self._history.losses.steps
        if steps:
            now = 0 if self._at is None else int(np.abs(np.asarray(steps) - self._at).argmin()) + by
            self._at = steps[min(max(0, now), len(steps) - 1)]
            self._show_moment()

    def _show_moment(self) -> None:
        moment = None if self._at is None else self._history.at(self._at)
        self._cursor.setVisible(moment is not None)
        if moment is not None:
            self._cursor.setValue(moment.step)
        self._legend.setText(legend_text(moment, self._colours))

    def _show_marks(self) -> None:
        """Draw what is new; marks only ever come at the end."""
        marks = self._history.marks
        if len(marks) < len(self._marks) or (marks and self._marks and self._marks[0].value() != marks[0].step):
            self._forget_marks()
        for mark in marks[len(self._marks) :]:
            pen = pg.mkPen(self._colours.faint, width=1, style=Qt.PenStyle.DotLine)
            line = pg.InfiniteLine(mark.step, angle=90, pen=pen)
            self.plot.addItem(line, ignoreBounds=True)
            self._marks.append(line)
        self._mark_axis.set_marks(tuple(marks))

    def _forget_marks(self) -> None:
        for line in self._marks:
            self.plot.removeItem(line)
        self._marks = []


def legend_text(moment: Moment | None, colours: Colours) -> str:
    """Name the curves, with what they say at a moment."""
    first, second = tr("training loss (L1)"), tr("reconstruction error (RMSE)")
    where = ""
    if moment is not None:
        where = tr(
            "step {step:.0f} · {elapsed_s:.1f} s · rate {rate:.2g}",
            step=moment.step,
            elapsed_s=moment.elapsed_s,
            rate=moment.learning_rate,
        )
        first = tr("loss {loss:.4f}", loss=moment.loss)
        second = tr("reconstruction {error}", error="–" if moment.rmse is None else number_text(moment.rmse, 4))
    # The shapes are those of the curves, so that nobody needs the colours.
    named = '<span style="color:{}">{}</span> {}&nbsp;&nbsp;&nbsp;'
    return (
        (f"{where}&nbsp;&nbsp;&nbsp;" if where else "")
        + named.format(colours.accent_line, "—", first)
        + named.format(colours.second_curve, "–●–", second)
    )
