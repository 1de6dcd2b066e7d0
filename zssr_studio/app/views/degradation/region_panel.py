"""The region by exact numbers, and the shape that it keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.region import ASPECTS
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.canvas.crop_edit import resized
from zssr_studio.app.views.fields.number_boxes import WholeBox
from zssr_studio.app.views.widgets.small_button import small_button
from zssr_studio.imaging.picture import Crop

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions

NUMBERS = ("top", "left", "height", "width")
NAMES = {"top": marked("Top"), "left": marked("Left"), "height": marked("Height"), "width": marked("Width")}
TIPS = {
    "top": marked("Rows of the picture above the region; what lies there is not enlarged."),
    "left": marked("Columns of the picture to the left of the region; what lies there is not enlarged."),
    "height": marked("Rows of the picture that are enlarged; the network learns from these alone."),
    "width": marked("Columns of the picture that are enlarged; the network learns from these alone."),
}
LABEL_WIDTH_PX = 40


class RegionPanel(QWidget):
    """Four numbers and a shape.

    Signals
    -------
    edited(Crop)
        A person gave other numbers.
    aspect_edited(str)
        A person chose or wrote another shape.
    """

    edited = Signal(object)
    aspect_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._crop, self._size = Crop(0, 0, 1, 1), (1, 1)
        self._aspect: float | None = None
        self.numbers = {name: WholeBox() for name in NUMBERS}
        self.aspect, written = QComboBox(), QLineEdit()
        self.aspect.setLineEdit(written)
        self.aspect.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.aspect.addItems([tr(aspect) for aspect in ASPECTS])
        self.aspect.setToolTip(
            tr("The shape that the enlarged part keeps while you draw or type: width:height, as in 5:4.")
        )
        self.buttons = QHBoxLayout()
        self._problem = QLabel()
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._lay_out()
        for name, box in self.numbers.items():
            box.setToolTip(tr(TIPS[name]))
            box.setAccessibleName(tr("Region, {name}", name=tr(NAMES[name])))
            box.setKeyboardTracking(False)
            give_height(box)
            box.valueChanged.connect(self._on_number)
        self.aspect.textActivated.connect(self.aspect_edited)
        written.editingFinished.connect(self._on_written)
        self.set_region(None, None, None)

    def add_actions(self, actions: Actions) -> None:
        """Put the buttons that belong to a region below its numbers; the title above says what is removed."""
        actions["remove_crop"].setIconText(tr("Remove"))
        for name in ("try_here", "remove_crop"):
            self.buttons.addWidget(small_button(actions[name]))
        self.buttons.addStretch()

    def set_region(self, crop: Crop | None, size: tuple[int, int] | None, aspect: float | None) -> None:
        """Show a region of a picture of this size (rows, columns); without one, the whole picture."""
        self.setEnabled(size is not None)
        height, width = self._size = size or (1, 1)
        crop = self._crop = crop or Crop(0, 0, height, width)
        self._aspect = aspect
        most = {"top": height - 1, "left": width - 1, "height": height, "width": width}
        for name, box in self.numbers.items():
            box.blockSignals(True)
            box.setRange(0 if name in ("top", "left") else 1, most[name])
            box.setValue(getattr(crop, name))
            box.blockSignals(False)

    def set_problem(self, text: str) -> None:
        """Say why a shape is none; an empty text says that all is well."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    @Slot()
    def _on_number(self) -> None:
        wanted = replace(self._crop, **{name: box.value() for name, box in self.numbers.items()})
        self.edited.emit(resized(self._crop, wanted, *self._size, self._aspect))

    @Slot()
    def _on_written(self) -> None:
        self.aspect_edited.emit(self.aspect.currentText())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        # Four columns, which widen the panel no more than leaves the picture its share of the window.
        grid.setHorizontalSpacing(5)
        grid.setVerticalSpacing(8)
        for index, name in enumerate(NUMBERS):
            label = QLabel(tr(NAMES[name]))
            label.setBuddy(self.numbers[name])
            label.setMinimumWidth(max(LABEL_WIDTH_PX, label.sizeHint().width()))
            grid.addWidget(label, index // 2, index % 2 * 2)
            grid.addWidget(self.numbers[name], index // 2, index % 2 * 2 + 1)
        shape = QLabel(tr("Shape"))
        shape.setBuddy(self.aspect)
        give_height(self.aspect)
        grid.addWidget(shape, 2, 0)
        grid.addWidget(self.aspect, 2, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addLayout(self.buttons)
