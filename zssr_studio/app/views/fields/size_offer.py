"""What is said of a size that no scale gives, and what is offered instead."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.views.fields.scales import scale_text
from zssr_studio.engine.config import LARGEST_FACTOR, Scale
from zssr_studio.target_size import nearest_scale


class SizeOffer(QWidget):
    """A sentence about a size, and a button that takes the nearest one that can be made.

    Signals
    -------
    taken(Scale, tuple of int)
        A person agreed to the nearest scale, and to rows and columns that the export resamples to.
    """

    taken = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.resampling, self.problem, self.button = _note("faint"), _note("problem"), QPushButton()
        self._offered: tuple[Scale, tuple[int, int]] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.resampling, self.problem, self.button):
            column.addWidget(widget)
        self.button.setToolTip(
            tr("Take the nearest size that can be made; the export resamples it to the one you want.")
        )
        self.button.hide()
        self.button.clicked.connect(self._on_button)

    def tell_resampling(self, wanted: tuple[int, int] | None) -> None:
        """Say to which rows and columns the export resamples; None for nothing."""
        if wanted is not None:
            text = tr("Export for print resamples it to {wanted} pixels, which adds no detail.", wanted=_text(wanted))
            self.resampling.setText(text)
        self.resampling.setVisible(wanted is not None)

    def refuse(self, text: str) -> None:
        """Say why something is no size."""
        self.forget()
        self.problem.setText(text)
        self.problem.show()

    def offer(self, source: tuple[int, int], scale: Scale, wanted: tuple[int, int]) -> None:
        """Say what can be made instead of wanted rows and columns, and offer it; until then the scale stays."""
        nearest = nearest_scale(source, wanted)
        sizes = {"wanted": _text(wanted), "source": _text(source), "made": _text(nearest.out_size(*source))}
        if nearest.vertical > 1:
            text = tr(
                "{wanted} pixels are more than {most} times {source}. {made} can be made, and the rest resampled in "
                "the export.",
                most=LARGEST_FACTOR,
                **sizes,
            )
            title = tr("Make {made}", **sizes)
        else:
            text = tr(
                "{wanted} pixels are fewer than the {source} of the picture. It can be copied, and made smaller in the "
                "export.",
                **sizes,
            )
            title = tr("Copy it")
        stays = tr("The scale stays {scale}.", scale=scale_text(scale))
        self.refuse(f"{text} {stays}")
        self._offered = nearest, wanted
        self.button.setText(title)
        self.button.show()

    def forget(self) -> None:
        """Take back what was said and offered."""
        self._offered = None
        self.problem.hide()
        self.button.hide()

    @Slot()
    def _on_button(self) -> None:
        if self._offered is not None:
            self.taken.emit(*self._offered)


def _note(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.hide()
    return label


def _text(size: tuple[int, int]) -> str:
    return f"{size[1]} × {size[0]}"
