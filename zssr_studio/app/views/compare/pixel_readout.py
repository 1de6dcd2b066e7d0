"""Where the pointer is, and each picture's values there, in a small plate over the picture that no click meets."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_labels

SIDE_PX, ABOVE_PX = 8, 3
NO_BREAK, GAP = "\u00a0", "   "


@dataclass(frozen=True, slots=True)
class Values:
    """A picture's values at one point, as text."""

    name: str
    text: str


class PixelReadout(QFrame):
    """Position and values under the pointer; without a position it is hidden.

    Signals
    -------
    changed()
        It needs another size, or another place.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("readout")
        self.setAccessibleName(tr("Pixel values under the pointer"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = QLabel()
        plain_labels(self._label)
        self._label.setWordWrap(True)
        font = self._label.font()
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width, so that nothing dances
        self._label.setFont(font)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE_PX, ABOVE_PX, SIDE_PX, ABOVE_PX)
        row.addWidget(self._label)
        self._parts: tuple[str, ...] = ()

    def set_values(self, place: tuple[int, int] | None, values: tuple[Values, ...]) -> None:
        """Show a position (row and column of the input) and the values of the pictures there."""
        if place is None:
            self._parts = ()
            self.setAccessibleDescription("")
        else:
            where = tr("row, column {row}, {column}", row=place[0], column=place[1])
            self._parts = (where, *(f"{one.name} {one.text}" for one in values))
            spoken = "; ".join(f"{one.name}: {one.text}" for one in values)
            self.setAccessibleDescription(
                tr("Row {row}, column {column}. {spoken}", row=place[0], column=place[1], spoken=spoken)
            )
        # A line breaks between the pictures only.
        self._label.setText(GAP.join(part.replace(" ", NO_BREAK) for part in self._parts))
        self.setVisible(bool(self._parts))
        self.changed.emit()

    @property
    def text(self) -> str:
        """All that is shown."""
        return " | ".join(self._parts)

    def size_within(self, width_px: int) -> QSize:
        """Return the size of one line, or of several where so many pixels have no room for it."""
        self._label.ensurePolished()
        line_px = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 1
        inner_px = max(1, min(line_px, width_px - 2 * SIDE_PX))
        return QSize(inner_px + 2 * SIDE_PX, self._label.heightForWidth(inner_px) + 2 * ABOVE_PX)
