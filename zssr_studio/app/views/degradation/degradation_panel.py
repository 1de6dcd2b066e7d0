"""How the picture is assumed to have been made small: its blur kernel, drawn, in figures and in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.plain_text import plain_labels
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.degradation.kernel_view import KernelView, describe
from zssr_studio.app.views.degradation.shape_sliders import ShapeSliders
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.words.kernel_shapes import FAMILY_MEANINGS

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.kernels.kernel_files import KernelFile

IDEAL_MEANING = marked(
    "The picture was made small by an ordinary program. Right for most pictures that look sharp at 100 %."
)
ESTIMATED_MEANING = marked(
    "Found from this picture, so not exact: training takes in all kernels that are as near as it is sure."
)
GIVEN_MEANING = marked("Placed by its centre of mass; the frame is one pixel of the picture.")
HOVER_HINT = marked("Point at the kernel, or use the arrow keys on it, to read a value.")
SHORTEST_ITEM = 8


class DegradationPanel(QWidget):
    """The kernel of the next run; its buttons are connected by the controller.

    Signals
    -------
    chosen(Kernel, Shape or None)
        A person chose a kernel or moved a slider.
    number_chosen(int)
        A person chose another kernel of the file, counted from 1.
    """

    chosen = Signal(object)
    number_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._kernel: Kernel | None = None
        self._choices: list[tuple[str, KernelChoice]] = []
        self.kind, self.number = _combo(tr("Blur")), _combo(tr("Kernel of the file"))
        self.kind.setToolTip(
            tr(
                "The blur to undo. The right one makes the picture clearly sharper; one that is too wide leaves "
                "rings at edges."
            )
        )
        self.number.setToolTip(
            tr("Which blur of the file is undone: the one that leaves the picture sharp and without rings is right.")
        )
        self.sliders, self.view = ShapeSliders(), KernelView()
        self.facts, self.value, self.meaning = QLabel(), QLabel(tr(HOVER_HINT)), QLabel()
        self.estimate_button = QPushButton(tr("Estimate"))
        plain_labels(self.facts, self.meaning)
        self.estimate_button.setToolTip(
            tr("Find from this picture alone which blur, noise and JPEG blocks to undo; takes about a second.")
        )
        self.open_button = QPushButton(tr("Open…"))
        self.open_button.setAccessibleName(tr("Open kernel…"))
        self.open_button.setToolTip(
            tr("Undo a blur that you measured: a .mat, .npy, .npz or .csv file, or a picture of the kernel.")
        )
        self.try_button = QPushButton(tr("Try several…"))
        self.try_button.setToolTip(
            tr("Train a few seconds with each of several kernels on the region, and see which makes it sharpest.")
        )
        self.facts.setWordWrap(True)
        for label in (self.value, self.meaning):
            label.setObjectName("faint")
            label.setWordWrap(True)
        self._lay_out()
        self.kind.activated.connect(self._on_kind)
        self.number.activated.connect(self._on_number)
        self.sliders.edited.connect(self.chosen)
        self.view.pointed.connect(self._on_pointed)

    def set_choices(self, choices: list[tuple[str, KernelChoice]], current: KernelChoice) -> None:
        """Offer kernels, each with its title, and mark the one that is set."""
        # A list that is open is not taken away under the pointer for nothing.
        if choices != self._choices:
            self._choices = choices
            self.kind.clear()
            for title, choice in choices:
                self.kind.addItem(title, choice)
        index = next(i for i, (_, choice) in enumerate(choices) if _is_same(choice, current))
        self.kind.setCurrentIndex(index)
        shape = current if isinstance(current, Shape) else None
        self.sliders.setVisible(shape is not None)
        if shape is not None:
            self.sliders.set_shape(shape)
        self.meaning.setText(_meaning(current))

    def set_estimating(self, step: str | None) -> None:
        """Show which step of the estimate is being done, and let it be cancelled; None once it is over."""
        self.estimate_button.setText(tr("Estimate") if step is None else tr("Cancel"))
        if step is not None:
            self.meaning.setText(step)

    def set_kernel(self, kernel: Kernel, scale: tuple[float, float]) -> None:
        """Draw a kernel as it is placed for a scale."""
        self._kernel = kernel
        self.view.set_kernel(kernel, scale)
        self.facts.setText(describe(kernel))

    def set_file(self, file: KernelFile | None, number: int | None) -> None:
        """Offer the kernels of a file; only one that holds several needs a choice."""
        self.number.clear()
        shown = file is not None and number is not None and len(file.entries) > 1
        self.number.setVisible(shown)
        if file is not None and number is not None:
            self.number.addItems([f"{n}: {entry.title}" for n, entry in enumerate(file.entries, 1)])
            self.number.setCurrentIndex(number - 1)

    def _lay_out(self) -> None:
        figures = QVBoxLayout()
        figures.setSpacing(4)
        figures.addWidget(self.facts)
        figures.addWidget(self.value)
        figures.addStretch()
        drawn = QHBoxLayout()
        drawn.setSpacing(12)
        drawn.addWidget(self.view)
        drawn.addLayout(figures, stretch=1)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.estimate_button, 0, 0)
        buttons.addWidget(self.open_button, 0, 1)
        # In one row with the others it would widen the panel, and take its room from the picture.
        buttons.addWidget(self.try_button, 1, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.kind, self.number, self.meaning, self.sliders):
            column.addWidget(widget)
        column.addLayout(drawn)
        column.addLayout(buttons)

    @Slot(int)
    def _on_kind(self, index: int) -> None:
        self.chosen.emit(self.kind.itemData(index))

    @Slot(int)
    def _on_number(self, index: int) -> None:
        self.number_chosen.emit(index + 1)

    @Slot(object)
    def _on_pointed(self, tap: tuple[int, int] | None) -> None:
        if tap is None or self._kernel is None:
            self.value.setText(tr(HOVER_HINT))
            return
        row, column = tap
        self.value.setText(
            tr(
                "Row {row}, column {column}:\n{value:.4f}",
                row=row + 1,
                column=column + 1,
                value=self._kernel.taps[row, column],
            )
        )


def _meaning(choice: KernelChoice) -> str:
    if choice is None:
        return tr(IDEAL_MEANING)
    if isinstance(choice, Shape):
        return tr(FAMILY_MEANINGS[choice.family])
    return tr(ESTIMATED_MEANING if choice.uncertainty else GIVEN_MEANING)


def _is_same(one: KernelChoice, other: KernelChoice) -> bool:
    return one is other or (isinstance(one, Shape) and one == other)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    give_height(combo)
    # A long file name is cut short instead of widening the panel.
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(SHORTEST_ITEM)
    return combo
