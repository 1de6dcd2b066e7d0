"""The strip under the picture: where a run stands, its loss as a small line, and how to halt it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from zssr_studio.app.actions import Actions

LEAST_HEIGHT_PX = 28
# What the text keeps before line and bar have room, with text of the least size; chosen for the figures of a training.
LEAST_TEXT_PX = 264
PROGRESS_STEPS, PROGRESS_WIDTH_PX = 1000, 120
CURVE_WIDTH_PX, CURVE_HEIGHT_PX, CURVE_LINE_PX = 96, 18, 1.5
# A logarithmic axis has no place for zero.
LEAST_LOSS = 1e-7


class StatusStrip(QFrame):
    """State, progress, loss, pause, stop; a click anywhere on it opens the details above it, and closes them."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAccessibleName(tr("State of the run"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._details = actions["details"]
        self._text, self._bar, self._curve = ElidedLabel(), QProgressBar(), LossLine()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, PROGRESS_STEPS)
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.setFixedWidth(PROGRESS_WIDTH_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self._bar)
        row.addWidget(self._curve)
        self.offer = _button(actions["train_on"])
        row.addWidget(self.offer)
        self.offer.hide()
        self._buttons = [_button(actions[name]) for name in ("pause", "stop", "details")]
        for button in self._buttons:
            row.addWidget(button)
        self._fraction: float | None = None
        self.set_fraction(None)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, LEAST_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, LEAST_HEIGHT_PX))

    @property
    def text(self) -> str:
        """What is said of the run."""
        return self._text.text()

    def set_text(self, text: str) -> None:
        """Say in one line where the run stands."""
        self._text.setText(text)
        self.setAccessibleDescription(text)
        self._fit()

    def set_fraction(self, fraction: float | None) -> None:
        """Show how much of the run is done, 0 to 1; None where there is nothing to wait for."""
        self._fraction = fraction
        self._bar.setValue(round((fraction or 0.0) * PROGRESS_STEPS))
        self._fit()

    def set_curve(self, values: Sequence[float]) -> None:
        """Show losses, the newest last; less than two are no line."""
        self._curve.set_values(values)
        self._fit()

    def set_offer(self, offered: bool) -> None:
        """Offer to train on the run that is over, or not."""
        self.offer.setVisible(offered)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave line and bar out where the text would have no room beside them; the details show them too.

        What is said of a run that is over is wanted whole; while one goes on its end may be cut off.
        """
        shown = [*self._buttons, *([] if self.offer.isHidden() else [self.offer])]
        text_px = LEAST_TEXT_PX * text_scale() if self._fraction is not None else self._text.sizeHint().width()
        room_px = self.width() - self._between_px(len(shown)) - sum(one.sizeHint().width() for one in shown) - text_px
        has_bar = self._fraction is not None and room_px > PROGRESS_WIDTH_PX
        self._bar.setVisible(has_bar)
        self._curve.setVisible(self._curve.is_line and room_px > CURVE_WIDTH_PX + has_bar * PROGRESS_WIDTH_PX)

    def _between_px(self, buttons: int) -> int:
        """Return what margins and gaps take, with bar and line shown."""
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        return margins.left() + margins.right() + (buttons + 2) * layout.spacing()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._details.trigger()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Taken, so that the release comes here too.
        event.accept()


class LossLine(QWidget):
    """A curve without axes, from its highest to its lowest value, on a logarithmic axis."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loss")
        self.setToolTip(tr("The loss of the training: it falls while the network learns."))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._heights: list[float] = []
        self.set_values(())

    def sizeHint(self) -> QSize:
        return QSize(CURVE_WIDTH_PX, CURVE_HEIGHT_PX)

    def set_values(self, values: Sequence[float]) -> None:
        """Draw these."""
        logs = [math.log(max(one, LEAST_LOSS)) for one in values]
        low, high = (min(logs), max(logs)) if logs else (0.0, 0.0)
        self._heights = [(one - low) / (high - low) if high > low else 0.5 for one in logs]
        self.update()

    @property
    def is_line(self) -> bool:
        """Whether there is anything to draw."""
        return len(self._heights) > 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The style sheet gives it the colour of the curves.
        painter.setPen(QPen(self.palette().windowText().color(), CURVE_LINE_PX))
        right, bottom = self.width() - CURVE_LINE_PX, self.height() - CURVE_LINE_PX
        last = max(1, len(self._heights) - 1)
        points = [QPointF(index / last * right, (1 - one) * bottom + 0.5) for index, one in enumerate(self._heights)]
        painter.drawPolyline(points)
        painter.end()


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName("bare")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    return button
