"""The size of the result as people think of it: a factor, exact pixels, or a print. Each changes the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QSizePolicy, QSpinBox, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height
from zssr_studio.engine.config import Scale
from zssr_studio.errors import BadInputError
from zssr_studio.target_size import pixels_of_print, print_of_pixels, scale_to_pixels

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

COMMON_SCALES = ("2", "3", "4", "1.5")
# What the length is counted in, and what that is called.
UNITS = {"cm": marked("cm"), "in": marked("in")}
MOST_PX, MOST_LENGTH, MOST_PPI, USUAL_PPI = 2_000_000, 100_000.0, 100_000.0, 300.0
LABEL_WIDTH_PX = 56


class SizeFields(QWidget):
    """Scale, width and height in pixels, width and height of a print, its unit and its pixels per inch.

    Width and height keep the picture's proportions; different scales for them are written as in 2x1.5.

    Signals
    -------
    chosen(Scale)
        A person wrote another size.
    ppi_chosen(float)
        A person wrote another resolution; the pixels stay, and the print is larger or smaller.
    refused(str)
        What was written is no size; empty once it is one again.
    """

    chosen = Signal(object)
    ppi_chosen = Signal(float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._source: tuple[int, int] | None = None
        self._scale = Scale(2, 2)
        self.scale, self.unit = QComboBox(), QComboBox()
        self.scale.setEditable(True)
        self.scale.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.scale.addItems(COMMON_SCALES)
        for unit, title in UNITS.items():
            self.unit.addItem(tr(title), unit)
        self.width_px, self.height_px = _whole(), _whole()
        self.print_width, self.print_height = _length(), _length()
        self.ppi = QDoubleSpinBox()
        self.ppi.setDecimals(0)
        self.ppi.setRange(1, MOST_PPI)
        self.ppi.setValue(USUAL_PPI)
        self.ppi.setSuffix(" ppi")
        self._lay_out()
        self._connect()

    def set_size(self, source: tuple[int, int] | None, scale: Scale, ppi: float) -> None:
        """Show the size of the result of a source (rows, columns); None where no picture is open."""
        self._source, self._scale = source, scale
        fields = (self.width_px, self.height_px, self.print_width, self.print_height, self.ppi)
        for widget in (*fields, self.scale):
            widget.blockSignals(True)
        if _parsed(self.scale.currentText()) != scale:
            self.scale.setCurrentText(str(scale))
        self.ppi.setValue(ppi)
        height, width = (0, 0) if source is None else scale.out_size(*source)
        self.width_px.setValue(width)
        self.height_px.setValue(height)
        unit = str(self.unit.currentData())
        self.print_width.setValue(print_of_pixels(width, unit, ppi))
        self.print_height.setValue(print_of_pixels(height, unit, ppi))
        for widget in (*fields, self.scale):
            widget.blockSignals(False)
        for widget in fields:
            widget.setEnabled(source is not None)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (tr("Scale"), (self.scale,)),
            (tr("Pixels"), (self.width_px, self.height_px)),
            (tr("Print"), (self.print_width, self.print_height)),
            ("", (self.ppi, self.unit)),
        )
        for row, (title, widgets) in enumerate(rows):
            label = QLabel(title)
            label.setMinimumWidth(LABEL_WIDTH_PX)
            label.setBuddy(widgets[0])
            grid.addWidget(label, row, 0)
            for column, widget in enumerate(widgets, 1):
                give_height(widget)
                # The largest number that fits would make the panel twice as wide.
                widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                grid.addWidget(widget, row, column, 1, 3 - len(widgets))
        for widget, name, tip in (
            (
                self.scale,
                tr("Scale"),
                tr(
                    "How many times larger the picture becomes: 2, 1.5, or vertical × horizontal as in 2x1.5, which "
                    "stretches it."
                ),
            ),
            (
                self.width_px,
                tr("Width of the result in pixels"),
                tr("How wide the picture becomes, exactly; the height follows, so that nothing is stretched."),
            ),
            (
                self.height_px,
                tr("Height of the result in pixels"),
                tr("How high the picture becomes, exactly; the width follows, so that nothing is stretched."),
            ),
            (
                self.print_width,
                tr("Width of the print"),
                tr("Width on paper; the pixels follow from the pixels per inch."),
            ),
            (
                self.print_height,
                tr("Height of the print"),
                tr("Height on paper; the pixels follow from the pixels per inch."),
            ),
            (self.ppi, tr("Pixels per inch of the print"), tr("300 suits a print held in the hand. The pixels stay.")),
            (
                self.unit,
                tr("Unit of the print"),
                tr("Centimetres or inches; changes the figures of the print only, not the picture."),
            ),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)

    def _connect(self) -> None:
        self.scale.editTextChanged.connect(self._on_scale)
        self.width_px.valueChanged.connect(self._on_width)
        self.height_px.valueChanged.connect(self._on_height)
        self.print_width.valueChanged.connect(self._on_print_width)
        self.print_height.valueChanged.connect(self._on_print_height)
        self.ppi.valueChanged.connect(self.ppi_chosen)
        self.unit.currentIndexChanged.connect(self._on_unit)
        fields: tuple[QAbstractSpinBox, ...] = (
            *(self.width_px, self.height_px, self.print_width, self.print_height),
            self.ppi,
        )
        for field in fields:
            # A number that is being typed is no size yet.
            field.setKeyboardTracking(False)

    @Slot()
    def _on_scale(self) -> None:
        """Take a scale once it is one; until then the last good one stands, and the reason is told."""
        try:
            scale = Scale.parse(self.scale.currentText())
        except ValueError as error:
            self.refused.emit(
                tr(
                    "{error}. The scale stays {scale}.",
                    error=f"{str(error)[0].upper()}{str(error)[1:]}",
                    scale=self._scale,
                )
            )
            return
        self.refused.emit("")
        self.chosen.emit(scale)

    @Slot(int)
    def _on_width(self, pixels: int) -> None:
        self._choose(None, pixels)

    @Slot(int)
    def _on_height(self, pixels: int) -> None:
        self._choose(pixels, None)

    @Slot(float)
    def _on_print_width(self, length: float) -> None:
        self._choose(None, pixels_of_print(length, str(self.unit.currentData()), self.ppi.value()))

    @Slot(float)
    def _on_print_height(self, length: float) -> None:
        self._choose(pixels_of_print(length, str(self.unit.currentData()), self.ppi.value()), None)

    @Slot()
    def _on_unit(self) -> None:
        self.set_size(self._source, self._scale, self.ppi.value())

    def _choose(self, height_px: int | None, width_px: int | None) -> None:
        if self._source is None:
            return
        try:
            scale = scale_to_pixels(self._source, height_px, width_px)
        except BadInputError as error:
            self.set_size(self._source, self._scale, self.ppi.value())
            self.refused.emit(tr("{error} The scale stays {scale}.", error=error, scale=self._scale))
            return
        self.refused.emit("")
        self.chosen.emit(scale)


def _parsed(text: str) -> Scale | None:
    try:
        return Scale.parse(text)
    except ValueError:
        return None


def _whole() -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, MOST_PX)
    box.setSpecialValueText("–")
    box.setSuffix(" px")
    return box


def _length() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setDecimals(1)
    box.setRange(0, MOST_LENGTH)
    box.setSpecialValueText("–")
    return box
