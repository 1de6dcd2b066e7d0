"""The size of the result as people think of it: a factor, exact pixels, or a print. Each changes the others."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from zssr_studio.app.language import marked, number_text, tr
from zssr_studio.app.theme import give_height, give_width
from zssr_studio.app.views.fields.number_boxes import DecimalBox, WholeBox
from zssr_studio.app.views.fields.scales import scale_of, scale_or_none, scale_text
from zssr_studio.app.views.fields.size_offer import SizeOffer
from zssr_studio.engine.config import Scale
from zssr_studio.errors import BadInputError
from zssr_studio.target_size import pixels_of_print, print_of_pixels, scale_to_pixels, wanted_px

COMMON_SCALES = (2, 3, 4, 1.5)
# What the length is counted in, and what that is called.
UNITS = {"cm": marked("cm"), "in": marked("in")}
MOST_PX, MOST_LENGTH, MOST_PPI, USUAL_PPI = 2_000_000, 100_000.0, 100_000.0, 300.0
LABEL_WIDTH_PX = 56
# As long as what a field holds in nearly all pictures.
USUAL_TEXT = "9999 px"


class SizeFields(QWidget):
    """Scale, width and height in pixels, width and height of a print, its unit and its pixels per inch.

    Width and height keep the picture's proportions; different scales for them are written as in 2x1.5.

    Signals
    -------
    chosen(Scale)
        A person wrote another size.
    ppi_chosen(float)
        A person wrote another resolution; the pixels stay, and the print is larger or smaller.
    nearest_chosen(Scale, tuple of int, float)
        A person agreed to the nearest scale to rows and columns that none gives, which the export resamples to, at this
        resolution.
    """

    chosen = Signal(object)
    ppi_chosen = Signal(float)
    nearest_chosen = Signal(object, object, float)

    def __init__(self) -> None:
        super().__init__()
        self._source: tuple[int, int] | None = None
        self._scale = self._kept = Scale(2, 2)
        self._wanted: tuple[int, int] | None = None
        self.scale, self.unit, self._written = QComboBox(), QComboBox(), QLineEdit()
        self.scale.setLineEdit(self._written)
        # Completed, 1 would be 1.5.
        self.scale.setCompleter(QCompleter([], self.scale))
        self.scale.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.scale.addItems([number_text(scale) for scale in COMMON_SCALES])
        for unit, title in UNITS.items():
            self.unit.addItem(tr(title), unit)
        self.width_px, self.height_px = _whole(), _whole()
        self.print_width, self.print_height = _length(), _length()
        self.ppi = DecimalBox()
        self.ppi.setDecimals(0)
        self.ppi.setRange(1, MOST_PPI)
        self.ppi.setValue(USUAL_PPI)
        self.ppi.setSuffix(" ppi")
        self.offer = SizeOffer()
        self._lay_out()
        self._name_fields()
        self._connect()

    def set_size(
        self, source: tuple[int, int] | None, scale: Scale, ppi: float, wanted: tuple[int, int] | None = None
    ) -> None:
        """Show the size of the result of a source (rows, columns); None where no picture is open.

        `wanted` are rows and columns that the export resamples to, where no scale gives them.
        """
        self._source, self._scale, self._wanted = source, scale, wanted
        fields = (self.width_px, self.height_px, self.print_width, self.print_height, self.ppi)
        for widget in (*fields, self.scale):
            widget.blockSignals(True)
        if not self._written.isModified():
            self._kept = scale
            if scale_or_none(self.scale.currentText()) != scale:
                self.scale.setCurrentText(scale_text(scale))
        self.ppi.setValue(ppi)
        height, width = (0, 0) if source is None else scale.out_size(*source)
        self.width_px.setValue(width)
        self.height_px.setValue(height)
        unit = str(self.unit.currentData())
        printed_height, printed_width = (height, width) if source is None or wanted is None else wanted
        self.print_width.setValue(print_of_pixels(printed_width, unit, ppi))
        self.print_height.setValue(print_of_pixels(printed_height, unit, ppi))
        for widget in (*fields, self.scale):
            widget.blockSignals(False)
        for widget in fields:
            widget.setEnabled(source is not None)
        self.offer.tell_resampling(None if source is None else wanted)

    @Slot()
    def forget(self) -> None:
        """Take back what was said of a size that cannot be made."""
        self.offer.forget()

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
            label.setMinimumWidth(max(LABEL_WIDTH_PX, label.sizeHint().width()))
            label.setBuddy(widgets[0])
            grid.addWidget(label, row, 0)
            for column, widget in enumerate(widgets, 1):
                give_height(widget)
                # The largest number that fits would make the panel twice as wide.
                widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                if isinstance(widget, QAbstractSpinBox):
                    give_width(widget, USUAL_TEXT)
                grid.addWidget(widget, row, column, 1, 3 - len(widgets))
        grid.addWidget(self.offer, len(rows), 0, 1, 3)

    def _name_fields(self) -> None:
        """Say what each field is, to who hears the window and to who points at it."""
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
        self._written.editingFinished.connect(self._on_scale_done)
        self.offer.taken.connect(self._on_nearest)
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
        """Take a scale as soon as it is one; while it is none, the one before it was typed stands."""
        try:
            scale = scale_of(self.scale.currentText())
        except BadInputError as error:
            self.offer.refuse(tr("{error} The scale stays {scale}.", error=error, scale=scale_text(self._kept)))
            self.chosen.emit(self._kept)
            return
        self.forget()
        if scale is not None:
            self.chosen.emit(scale)

    @Slot()
    def _on_scale_done(self) -> None:
        """Write the scale that stands in the place of what is none."""
        self._kept = self._scale
        self._written.setModified(False)
        if scale_or_none(self.scale.currentText()) != self._scale:
            blocker = QSignalBlocker(self.scale)
            self.scale.setCurrentText(scale_text(self._scale))
            blocker.unblock()

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
        self.set_size(self._source, self._scale, self.ppi.value(), self._wanted)

    @Slot(object, object)
    def _on_nearest(self, scale: Scale, wanted: tuple[int, int]) -> None:
        self.forget()
        self.nearest_chosen.emit(scale, wanted, self.ppi.value())

    def _choose(self, height_px: int | None, width_px: int | None) -> None:
        if self._source is None:
            return
        try:
            scale = scale_to_pixels(self._source, height_px, width_px)
        except BadInputError:
            wanted = wanted_px(self._source, height_px, width_px)
            self.set_size(self._source, self._scale, self.ppi.value(), self._wanted)
            self.offer.offer(self._source, self._scale, wanted)
            return
        self.forget()
        self.chosen.emit(scale)


def _whole() -> WholeBox:
    box = WholeBox()
    box.setRange(0, MOST_PX)
    box.setSpecialValueText("–")
    box.setSuffix(" px")
    return box


def _length() -> DecimalBox:
    box = DecimalBox()
    box.setDecimals(1)
    box.setRange(0, MOST_LENGTH)
    box.setSpecialValueText("–")
    return box
