"""The line of the box: how far it is, and its pictures; it folds to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout

from zssr_studio.app.icons import icon
from zssr_studio.app.language import tr
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.box.tile_list import TileList
from zssr_studio.app.views.widgets.elided_label import ElidedLabel
from zssr_studio.app.views.widgets.small_button import small_button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from zssr_studio.app.actions import Actions
    from zssr_studio.app.views.box.items import BoxItems

# At text of 100 %; it grows with the text.
TITLE_WIDTH_PX, MARGIN_PX = 146, 2


class BoxStrip(QFrame):
    """A heading that folds, and thumbnails.

    Attributes
    ----------
    fold : QToolButton
        Checked while the thumbnails are shown.
    start, pause : QToolButton
        Beside it, whichever can be done now; the page of the box has all.
    """

    def __init__(self, actions: Actions, items: BoxItems) -> None:
        super().__init__()
        self.list = TileList(items)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fold = QToolButton()
        self.fold.setObjectName("fold")
        self.fold.setText(tr("Box", "pictures that were opened together"))
        self.fold.setAccessibleName(tr("Pictures of the box, shown or folded away"))
        self.fold.setToolTip(tr("Show the pictures of the box, or fold them away."))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setCheckable(True)
        self.fold.setChecked(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.start, self.pause = _button(actions["box_start"]), _button(actions["box_pause"])
        self.told = ElidedLabel()
        self.told.setObjectName("faint")
        self._separator = QFrame()
        self._separator.setObjectName("upright")
        self._lay_out()
        self.fold.toggled.connect(self._on_fold)
        self._on_fold(shown=True)
        self.hide()

    def set_told(self, text: str, more: str) -> None:
        """Say how far the box is, in few words and in a sentence."""
        self.told.setText(text)
        self.told.setToolTip(more)
        self.setAccessibleDescription(more)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.list.sizeHint().height() + 2 * MARGIN_PX))

    def _lay_out(self) -> None:
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addStretch()
        heading = QHBoxLayout()
        heading.setSpacing(4)
        heading.addWidget(self.fold)
        heading.addStretch()
        heading.addWidget(self.start)
        heading.addWidget(self.pause)
        title.addLayout(heading)
        title.addWidget(self.told)
        title.addStretch()
        # As wide whatever is told, so that the thumbnails do not move with each picture that is done.
        self.told.setFixedWidth(round(TITLE_WIDTH_PX * text_scale()))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, MARGIN_PX, 0, MARGIN_PX)
        row.setSpacing(4)
        row.addLayout(title)
        row.addWidget(self.list, stretch=1)
        row.addWidget(self._separator)

    @Slot(bool)
    def _on_fold(self, shown: bool) -> None:
        self.fold.setIcon(icon("controls/down" if shown else "controls/right"))
        self.fold.setAccessibleDescription(tr("open") if shown else tr("folded away"))
        self.list.setVisible(shown)
        # Folded, it leaves the line to the results.
        width = QSizePolicy.Policy.Expanding if shown else QSizePolicy.Policy.Fixed
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)
        self.updateGeometry()


def _button(action: QAction) -> QToolButton:
    """Make a small button that is there while its action can be done."""
    button = small_button(action)
    if not action.isEnabled():
        button.hide()
    action.enabledChanged.connect(button.setVisible)
    return button
