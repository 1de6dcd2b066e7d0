"""The page of the box in the details: its table, what is done with it, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.views.box.plan_fields import PlanFields
from zssr_studio.app.views.box.table import BoxTable
from zssr_studio.app.views.widgets.elided_label import ElidedLabel
from zssr_studio.app.views.widgets.small_button import small_button

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions
    from zssr_studio.app.views.box.items import BoxItems

# What stands on the buttons, beside each other on the page of the box; menus say it in full.
BUTTONS = {
    "box_start": marked("Start"),
    "box_pause": marked("Pause"),
    "box_after": marked("After these"),
    "box_stop": marked("Stop"),
    "box_look": marked("Look at each"),
}
PROGRESS_STEPS, PROGRESS_WIDTH_PX = 1000, 120


class BoxPage(QWidget):
    """Table, progress, buttons and fields."""

    def __init__(self, actions: Actions, items: BoxItems) -> None:
        super().__init__()
        self.table, self.fields = BoxTable(items), PlanFields()
        self.told, self.bar = ElidedLabel(), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, PROGRESS_STEPS)
        self.bar.setAccessibleName(tr("Progress of the box"))
        self.bar.setFixedWidth(PROGRESS_WIDTH_PX)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.told, stretch=1)
        line.addWidget(self.bar)
        for name, text in BUTTONS.items():
            actions[name].setIconText(tr(text))
            line.addWidget(small_button(actions[name]))
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.table, stretch=1)
        body.addWidget(self.fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addLayout(body, stretch=1)

    def set_told(self, text: str, share: float | None) -> None:
        """Say how far the box is; None shows no bar."""
        self.told.setText(text)
        self.bar.setVisible(share is not None)
        self.bar.setValue(round((share or 0.0) * PROGRESS_STEPS))
