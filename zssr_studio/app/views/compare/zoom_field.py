"""The zoom in per cent, to be read and to be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QToolTip

from zssr_studio.app.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent

WIDEST_PERCENT = 9999
AROUND_PX = 16


class ZoomField(QLineEdit):
    """Shows the zoom while nobody types; Enter takes what was typed.

    Signals
    -------
    chosen(float)
        A person wants this zoom, 1 for 100 %.
    """

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("zoom")
        self.setAccessibleName(tr("Zoom in per cent"))
        self.setToolTip(tr("At 100 % one pixel of the finest picture shown is one of the screen; type another zoom."))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(_written(WIDEST_PERCENT / 100)) + AROUND_PX)
        self._zoom: float | None = None
        self._is_fresh = False
        self.setEnabled(False)
        self.returnPressed.connect(self._on_typed)

    def set_zoom(self, zoom: float | None) -> None:
        """Show a zoom, 1 for 100 %; None where there is no picture."""
        self._zoom = zoom
        self.setEnabled(zoom is not None)
        if not self.hasFocus() or zoom is None:
            self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_fresh = event.reason() is Qt.FocusReason.MouseFocusReason
        self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        # The click that brought the focus put the cursor somewhere; what is typed takes the place of all.
        if self._is_fresh:
            self.selectAll()
        self._is_fresh = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # What was typed and not taken is forgotten, as in an address line.
        self._show()

    @Slot()
    def _on_typed(self) -> None:
        if self._zoom is not None and self.text() == _written(self._zoom):
            # It is rounded: taken as it stands, it would move the picture.
            return
        percent, is_number = QLocale().toDouble(self.text().replace("%", "").strip())
        if is_number and percent > 0:
            self.chosen.emit(percent / 100)
            return
        text = tr("“{text}” is no zoom. Type a number of per cent, as 150.", text=self.text())
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), text, self)
        self._show()
        self.selectAll()

    def _show(self) -> None:
        self.setText("" if self._zoom is None else _written(self._zoom))


def _written(zoom: float) -> str:
    """Write a zoom as whole per cent; small ones with a decimal, so that steps are seen."""
    percent = 100 * zoom
    return f"{percent:.0f} %" if percent >= 10 else f"{QLocale().toString(percent, 'f', 1)} %"
