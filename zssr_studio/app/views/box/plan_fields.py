"""How all pictures of the box are enlarged, and where their results go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height, text_scale
from zssr_studio.app.views.files.export_words import FORMATS
from zssr_studio.app.views.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from zssr_studio.app.models.box.plan import BoxPlan

# At text of 100 %.
WIDTH_PX = 320
CHARACTERS = 12
UNDONE = ((False, marked("what is found in each")), (True, marked("the same in all, as in the open picture")))


class PlanFields(QScrollArea):
    """What is undone, the folder, the names and the format.

    Signals
    -------
    edited(BoxPlan)
    folder_asked()
        A person wants to choose the folder.
    """

    edited = Signal(object)
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: BoxPlan | None = None
        self.undone, self.format, self.name = QComboBox(), QComboBox(), QLineEdit()
        for is_shared, text in UNDONE:
            self.undone.addItem(tr(text), is_shared)
        self.format.addItem(tr("as the source"), "")
        for format_, text in FORMATS.items():
            self.format.addItem(tr(text), format_.suffixes[0])
        for field in (self.undone, self.format):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(CHARACTERS)
        self.folder, self.folder_button = ElidedLabel(), QToolButton()
        self.folder_button.setObjectName("small")
        self.folder_button.setText(tr("Choose…"))
        self.folder_button.setAccessibleName(tr("Choose the folder of the results"))
        self.folder_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._give_tips()
        self._lay_out()
        self.undone.currentIndexChanged.connect(self._on_edited)
        self.format.currentIndexChanged.connect(self._on_edited)
        self.name.editingFinished.connect(self._on_edited)
        self.folder_button.clicked.connect(self.folder_asked)

    def set_plan(self, plan: BoxPlan) -> None:
        """Show what was chosen, without telling that a person did anything."""
        self._plan = plan
        with QSignalBlocker(self.undone), QSignalBlocker(self.format), QSignalBlocker(self.name):
            self.undone.setCurrentIndex(self.undone.findData(plan.is_shared))
            self.format.setCurrentIndex(self.format.findData(plan.suffix))
            if not self.name.hasFocus() or not self.name.isModified():
                self.name.setText(plan.template)
        self.folder.setText(str(plan.folder))

    def set_enabled(self, enabled: bool) -> None:
        """Let a person change it, or not, as while pictures are being done."""
        for field in (self.undone, self.format, self.name, self.folder_button):
            field.setEnabled(enabled)

    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH_PX * text_scale()), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(WIDTH_PX * text_scale()), 0)

    def _give_tips(self) -> None:
        self.undone.setToolTip(
            tr(
                "Each picture has its own blur, grain and compression, and each is looked at before it is enlarged. "
                "One for all suits pictures of one lens or one scanner."
            )
        )
        self.name.setToolTip(
            tr("How results are called: {stem} is the name of the picture, {scale} the scale, {folder} its folder.")
        )

    def _lay_out(self) -> None:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.folder, stretch=1)
        row.addWidget(self.folder_button)
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 8, 0)
        form.setSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for title, field in (
            (tr("Undo"), self.undone),
            (tr("Folder"), place),
            (tr("Names"), self.name),
            (tr("Format"), self.format),
        ):
            label = QLabel(title)
            label.setBuddy(field)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if field is not place:
                give_height(field)
                field.setAccessibleName(title)
            form.addRow(label, field)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    @Slot()
    def _on_edited(self) -> None:
        if self._plan is None:
            return
        self.name.setModified(False)
        plan = replace(
            self._plan,
            is_shared=bool(self.undone.currentData()),
            suffix=str(self.format.currentData()),
            template=self.name.text().strip(),
        )
        if plan != self._plan:
            self.edited.emit(plan)
