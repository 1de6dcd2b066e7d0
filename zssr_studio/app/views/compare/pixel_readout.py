"""The strip below the picture: where the pointer is, and each picture's values there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.compare.comparison import MAX_CHOSEN

LEAST_HEIGHT_PX, PLACE = 48, marked("point at the picture")


@dataclass(frozen=True, slots=True)
class Values:
    """A picture's values at one point, as text."""

    name: str
    text: str


class PixelReadout(QFrame):
    """Position and values under the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setMinimumHeight(LEAST_HEIGHT_PX)
        self.setAccessibleName(tr("Pixel values under the pointer"))
        self._place = _Cell()
        self._cells = [_Cell() for _ in range(MAX_CHOSEN)]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._place, stretch=1)
        for cell in self._cells:
            row.addWidget(cell, stretch=1)
        self.set_values(None, ())

    def set_values(self, place: tuple[int, int] | None, values: tuple[Values, ...]) -> None:
        """Show a position (row and column of the input) and the values of up to four pictures there."""
        if place is None:
            self._place.set_texts(tr("Pixel values"), tr(PLACE))
        else:
            self._place.set_texts(tr("row, column"), f"{place[0]}, {place[1]}")
        for index, cell in enumerate(self._cells):
            shown = values[index] if index < len(values) else Values("", "")
            cell.set_texts(shown.name, shown.text)
            # What is not needed leaves its room to the others.
            cell.setVisible(index < len(values))
        spoken = "; ".join(f"{one.name}: {one.text}" for one in values)
        self.setAccessibleDescription(
            ""
            if place is None
            else tr("Row {row}, column {column}. {spoken}", row=place[0], column=place[1], spoken=spoken)
        )

    @property
    def text(self) -> str:
        """All that is shown."""
        return " | ".join(cell.text for cell in (self._place, *self._cells) if cell.text)


class _Cell(QWidget):
    """A name, and figures below it."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._figures = QLabel(), QLabel()
        self._name.setObjectName("faint")
        font = self._figures.font()
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width, so that nothing dances
        self._figures.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch()
        for label in (self._name, self._figures):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            # After the policy, which would forget it: values of 16 bits go on in a second line.
            label.setWordWrap(label is self._figures)
            column.addWidget(label)
        column.addStretch()

    def set_texts(self, name: str, figures: str) -> None:
        for label, text in ((self._name, name), (self._figures, figures)):
            label.setText(text)
            # Four pictures in a narrow window have no room for all of it.
            label.setToolTip(text)

    @property
    def text(self) -> str:
        return f"{self._name.text()} {self._figures.text()}".strip()
