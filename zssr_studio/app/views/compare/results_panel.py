"""The strip below the picture: the results, what is done with it, and the blend of the run that is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.views.compare.result_list import ResultList

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from zssr_studio.app.actions import Actions


LEAST_WIDTH_PX = 248


class ResultsPanel(QWidget):
    """The results.

    Signals
    -------
    blend_moved(float)
        A person chose this share of the result, 0 to 1.
    """

    blend_moved = Signal(float)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.list = ResultList()
        self.blend = QSlider(Qt.Orientation.Horizontal)
        self.blend.setRange(0, 100)
        self.blend.setPageStep(10)
        self.blend.setAccessibleName(tr("Blend of the result and bicubic, in percent of the result"))
        self.blend.setToolTip(
            tr("Less of the result makes the picture softer and calmer, as bicubic is. It is exported as you see it.")
        )
        self.blend.valueChanged.connect(self._on_blend)
        self._blend_title = _label(tr("Blend"), "heading")
        self._blend_share = _label("", "faint")
        self._held = _label("", "faint")
        self._held.setToolTip(tr("Each picture is held in memory until it is removed or another one is opened."))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions([actions[name] for name in ("add", "train_on", "remove_entry", "truth")])
        self._lay_out(actions)
        self.set_blend("", 1.0)

    def set_blend(self, name: str, share: float) -> None:
        """Show the blend of a run; without a name there is none to blend."""
        self.blend.blockSignals(True)
        self.blend.setValue(round(100 * share))
        self.blend.blockSignals(False)
        self.blend.setEnabled(bool(name))
        self._blend_title.setText(tr("Blend of {name}", name=name) if name else tr("Blend"))
        self._blend_share.setText(
            tr("{share:.0%} result, {rest:.0%} bicubic", share=share, rest=1 - share)
            if name
            else tr("of a run and bicubic")
        )

    def set_held(self, text: str) -> None:
        """Say how much memory the list holds."""
        self._held.setText(text)

    @Slot(int)
    def _on_blend(self, percent: int) -> None:
        self.blend_moved.emit(percent / 100)

    def _lay_out(self, actions: Actions) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.list, stretch=1)
        row.addWidget(_button(actions["add"]))
        row.addWidget(self.blend)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName("plain")
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    # A long text is wrapped instead of widening the dock.
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
