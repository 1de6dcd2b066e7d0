"""The part of the toolbar that belongs to the way of comparing that is on, and a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.views.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions
    from zssr_studio.app.models.compare.comparison import Comparison

_BUTTONS = {
    "exchange": (Mode.SLIDER, Mode.SIDE_BY_SIDE, Mode.FLIP),
    "level_line": (Mode.SLIDER,),
    "grid": (Mode.SIDE_BY_SIDE,),
    "gain_less": (Mode.DIFFERENCE,),
    "gain_more": (Mode.DIFFERENCE,),
}
_HINTS = {
    Mode.SINGLE: "",
    Mode.SLIDER: marked("Drag the line. Zoomed in, a drag beside it moves the picture."),
    Mode.SIDE_BY_SIDE: marked("All move and zoom as one."),
    Mode.FLIP: marked("X or Space shows the next one."),
    Mode.DIFFERENCE: marked("Black is equal. Zoom to 100 % to see each pixel's own."),
}
ONE_HINT = marked("Run Enlarge, or add a file, to compare.")
PICK_HINT = marked("Tick two to nine pictures below to compare them.")
READY_HINT = marked("Choose a way to compare above.")


class CompareBar(QWidget):
    """Buttons of the way of comparing.

    Attributes
    ----------
    hint : ElidedLabel
        What to do next; it stands where the toolbar has room.
    """

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.hint = ElidedLabel()
        self.hint.setObjectName("faint")
        self._gain = QLabel()
        self._gain.setAccessibleName(tr("Gain", "of a difference that is shown"))
        self._gain.setToolTip(tr("How many times brighter the difference is shown than it is."))
        self._gain.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._gain.setMinimumWidth(48)
        self._buttons = {name: _button(actions, name) for name in ("loupe", *_BUTTONS)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name in ("loupe", "exchange", "level_line", "grid", "gain_less"):
            row.addWidget(self._buttons[name])
        row.addWidget(self._gain)
        row.addWidget(self._buttons["gain_more"])

    def set_comparison(self, value: Comparison, entries: int) -> None:
        """Show what belongs to a comparison; `entries` is how many there are in the list."""
        for name, modes in _BUTTONS.items():
            self._buttons[name].setVisible(value.mode in modes)
        self._buttons["exchange"].setText(tr("Next") if value.mode is Mode.FLIP else tr("Swap sides"))
        self._gain.setVisible(value.mode is Mode.DIFFERENCE)
        self._gain.setText(f"× {value.gain}")
        waiting = ONE_HINT if entries < 2 else READY_HINT if value.can_compare else PICK_HINT
        self.hint.setText(tr(_HINTS[value.mode] or waiting))


def _button(actions: Actions, name: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[name])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
