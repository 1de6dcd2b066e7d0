"""The strip of pictures: thumbnails of what can be compared, what adds to them, and the blend of what is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.compare.result_list import ResultList

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from zssr_studio.app.actions import Actions

# At text of 100 %; it grows with the text.
HEIGHT_PX, BLEND_WIDTH_PX = 62, 144
MARGIN_PX = 2


class ResultsPanel(QFrame):
    """The pictures.

    Signals
    -------
    blend_moved(float)
        A person chose this share of the result, 0 to 1.
    """

    blend_moved = Signal(float)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list = ResultList()
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add_button = _sign_button(actions["add"], tr("Add a picture to compare with"))
        self.compare_button = _sign_button(actions["compare_with"], tr("Compare with other methods"))
        self.blend = QSlider(Qt.Orientation.Horizontal)
        self.blend.setRange(0, 100)
        self.blend.setPageStep(10)
        self.blend.setAccessibleName(tr("Blend of the result and bicubic, in percent of the result"))
        self.blend.setToolTip(
            tr("Less of the result makes the picture softer and calmer, as bicubic is. It is exported as you see it.")
        )
        self.blend.valueChanged.connect(self._on_blend)
        self._blend_title = QLabel()
        self._blend_title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._blending = QWidget()
        self._lay_out()
        self.set_blend("", 1.0)

    def sizeHint(self) -> QSize:
        least = round(HEIGHT_PX * text_scale())
        return QSize(super().sizeHint().width(), max(least, self.list.sizeHint().height() + 2 * MARGIN_PX))

    def set_blend(self, name: str, share: float) -> None:
        """Show the blend of a run; without a name there is none to blend."""
        self.blend.blockSignals(True)
        self.blend.setValue(round(100 * share))
        self.blend.blockSignals(False)
        self._blending.setVisible(bool(name))
        title = tr("Blend of {name}: {share:.0%}", name=name, share=share)
        self._blend_title.setText(title)
        self._blend_title.setToolTip(title)

    def set_held(self, text: str) -> None:
        """Say how much memory the pictures hold."""
        told = tr("Each picture is held in memory until it is removed or another one is opened.")
        self.list.viewport().setToolTip(f"{text} {told}")

    @Slot(int)
    def _on_blend(self, percent: int) -> None:
        self.blend_moved.emit(percent / 100)

    def _lay_out(self) -> None:
        self._blending.setFixedWidth(round(BLEND_WIDTH_PX * text_scale()))
        column = QVBoxLayout(self._blending)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch()
        column.addWidget(self._blend_title)
        column.addWidget(self.blend)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, MARGIN_PX, 12, MARGIN_PX)
        row.setSpacing(4)
        row.addWidget(self.list, stretch=100)
        row.addWidget(self.add_button)
        row.addWidget(self.compare_button)
        row.addStretch(1)
        row.addSpacing(8)
        row.addWidget(self._blending)


def _sign_button(action: QAction, name: str) -> QToolButton:
    """Make a button at the end of the row: a sign, as there is no room for the action's word, which the tip has."""
    button = QToolButton()
    button.setObjectName("glyph")
    button.setIcon(action.icon())
    button.setAccessibleName(name)
    button.setToolTip(action.toolTip())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
