"""Sliders for the numbers of a kernel shape."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.fields.number_boxes import DecimalBox
from zssr_studio.engine.kernels.shapes import DEGREES, FAMILIES, Parameter, Shape
from zssr_studio.words.kernel_shapes import PARAMETER_TITLES

MOST_PARAMETERS = max(len(family.parameters) for family in FAMILIES.values())
BOX_WIDTH_PX = 84
# By the name of the parameter.
TIPS = {
    "width along": marked(
        "How far the blur that is undone spreads along its angle; too much leaves rings at edges, too little leaves "
        "it soft."
    ),
    "width across": marked(
        "How far the blur that is undone spreads across its angle; too much leaves rings at edges, too little leaves "
        "it soft."
    ),
    "angle": marked("Which way the blur that is undone runs; a wrong one leaves streaks."),
    "radius": marked(
        "How far out of focus the picture is taken to be; too much leaves rings at edges, too little leaves it soft."
    ),
    "length": marked(
        "How far the camera or the subject moved; too much doubles edges, too little leaves them smeared."
    ),
    "height": marked(
        "Rows of the block that became one pixel; too much leaves rings at edges, too little leaves it soft."
    ),
    "width": marked(
        "Columns of the block that became one pixel; too much leaves rings at edges, too little leaves it soft."
    ),
}


class ShapeSliders(QWidget):
    """A label, a slider and a field for each number.

    Signals
    -------
    edited(Shape)
        A person moved a slider or typed a number.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._family = ""
        self.rows = [_Row(self) for _ in range(MOST_PARAMETERS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for index, row in enumerate(self.rows):
            for column, widget in enumerate((row.label, row.slider, row.box)):
                grid.addWidget(widget, index, column)
            row.slider.valueChanged.connect(self._on_slider)
            row.box.valueChanged.connect(self._on_box)

    def set_shape(self, shape: Shape) -> None:
        """Show a shape without telling that anything was edited."""
        self._family = shape.family
        parameters = FAMILIES[shape.family].parameters
        for row in self.rows:
            row.set_visible(False)
        for row, parameter, value in zip(self.rows, parameters, shape.values, strict=False):
            row.show(parameter, value)

    @Slot()
    def _on_slider(self) -> None:
        for row in self.rows:
            row.follow_slider()
        self._tell()

    @Slot()
    def _on_box(self) -> None:
        for row in self.rows:
            row.follow_box()
        self._tell()

    def _tell(self) -> None:
        count = len(FAMILIES[self._family].parameters)
        self.edited.emit(Shape(self._family, tuple(round(row.box.value(), 2) for row in self.rows[:count])))


class _Row:
    """The widgets of one number."""

    def __init__(self, parent: QWidget) -> None:
        self.label = QLabel(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, parent)
        self.box = DecimalBox(parent)
        self.box.setMinimumWidth(BOX_WIDTH_PX)
        give_height(self.box)
        self.box.setKeyboardTracking(False)
        self.label.setBuddy(self.box)
        self._step = 1.0
        self._least = 0.0

    def show(self, parameter: Parameter, value: float) -> None:
        self._least, self._step = parameter.least, parameter.increment
        title = tr(PARAMETER_TITLES[parameter.name])
        self.label.setText(title)
        self.slider.setAccessibleName(title)
        self.box.setAccessibleName(title)
        for control in (self.label, self.slider, self.box):
            control.setToolTip(tr(TIPS[parameter.name]))
        for widget in (self.slider, self.box):
            widget.blockSignals(True)
        angle = parameter.unit == DEGREES
        # Half a turn is no turn: the last step would jump to the first.
        most = parameter.most - (parameter.increment if angle else 0)
        self.slider.setRange(0, round((most - parameter.least) / parameter.increment))
        self.slider.setValue(round((value - self._least) / self._step))
        self.box.setDecimals(0 if angle and float(value).is_integer() else 2)
        self.box.setSuffix(DEGREES if angle else " px")
        self.box.setRange(parameter.least, most)
        self.box.setSingleStep(parameter.increment)
        self.box.setWrapping(angle)
        self.box.setValue(value)
        for widget in (self.slider, self.box):
            widget.blockSignals(False)
        self.set_visible(True)

    def set_visible(self, visible: bool) -> None:
        for widget in (self.label, self.slider, self.box):
            widget.setVisible(visible)

    def follow_slider(self) -> None:
        """Take the slider's value over, unless the field says the same more exactly."""
        if self.slider.value() != round((self.box.value() - self._least) / self._step):
            self.box.blockSignals(True)
            self.box.setValue(self._least + self.slider.value() * self._step)
            self.box.blockSignals(False)

    def follow_box(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round((self.box.value() - self._least) / self._step))
        self.slider.blockSignals(False)
