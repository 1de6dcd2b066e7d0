"""How a result is written: what for, the choices, the name, and how large it becomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.files.export import PURPOSES
from zssr_studio.app.plain_text import plain_labels, plain_title
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.files.export_fields import Fields
from zssr_studio.app.views.files.export_words import MEANINGS
from zssr_studio.app.views.widgets.fitted_dialog import FittedDialog
from zssr_studio.app.views.window.dialog_size import scrolling
from zssr_studio.imaging.export import WRITE_SUFFIXES, ExportOptions, Format, name_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.files.export import ExportChoices, ExportPreset

LEAST_WIDTH_PX, LABEL_WIDTH_PX, MARGIN_PX = 520, 92, 24
OWN_CHOICES = marked("Own choices")


class ExportDialog(FittedDialog):
    """All about one file: the purpose at the top chooses for a person, and what it chose can be seen and changed.

    Signals
    -------
    edited()
        The choices are other ones.
    keep_asked(), forget_asked()
        Keep the choices under a name; remove the preset that is chosen.
    profile_asked(), place_asked()
        Choose a colour profile's file; choose the folder and the name in a file dialog.
    """

    edited = Signal()
    keep_asked = Signal()
    forget_asked = Signal()
    profile_asked = Signal()
    place_asked = Signal()

    def __init__(self, parent: QWidget, title: str, source_bits: int, size: tuple[int, int]) -> None:
        super().__init__(parent, MARGIN_PX)
        self.setWindowTitle(plain_title(title))
        self.fields = Fields(source_bits, size)
        self.purposes = {purpose: _toggle(tr(purpose), "segment") for purpose in PURPOSES}
        self._group = QButtonGroup(self)
        for button in self.purposes.values():
            self._group.addButton(button)
        self.more_button, self.meaning = _toggle(tr("More choices"), "plain"), QLabel()
        self._presets: list[ExportPreset] = []
        self.keep_button, self.forget_button = QPushButton(tr("Keep…")), QPushButton(tr("Remove"))
        self.keep_button.setToolTip(tr("Keep these choices under a name of your own."))
        self.forget_button.setToolTip(tr("Remove this preset of your own."))
        self.name, self.folder_label = QLineEdit(), QLabel()
        self.name.setAccessibleName(tr("File name"))
        self.place_button = QPushButton(tr("Choose…"))
        self.place_button.setAccessibleName(tr("Choose folder and name"))
        self.size_label, self.note_label, self.problem = QLabel(), QLabel(), QLabel()
        plain_labels(self.folder_label, self.problem, self.note_label)
        self.export_button, self.cancel_button = QPushButton(tr("Export")), QPushButton(tr("Cancel"))
        self.export_button.setObjectName("primary")
        self.export_button.setDefault(True)
        self.folder = Path()
        self._lay_out()
        self.fields.edited.connect(self._on_edited)
        self.fields.format.currentIndexChanged.connect(self._on_format)
        self.fields.preset.activated.connect(self._on_preset)
        self.fields.profile_asked.connect(self.profile_asked)
        self._group.buttonClicked.connect(self._on_purpose)
        self.more_button.toggled.connect(self._on_more)
        self.name.textChanged.connect(self._on_name)
        self.keep_button.clicked.connect(self.keep_asked)
        self.forget_button.clicked.connect(self.forget_asked)
        self.place_button.clicked.connect(self.place_asked)
        self.export_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)

    @property
    def options(self) -> ExportOptions:
        """The choices, frozen."""
        return self.fields.options()

    @property
    def choices(self) -> ExportChoices:
        """All choices, the size with them, frozen."""
        return self.fields.choices()

    @property
    def path(self) -> Path:
        """The file to write; a name that ends in no known suffix gets that of the format."""
        name = self.name.text().strip()
        return self.folder / (name_for(name, Format(self.fields.format.currentData())) if name else name)

    @property
    def preset_name(self) -> str:
        """Name of the preset that is chosen; empty for choices of one's own."""
        return str(self.fields.preset.currentData() or "")

    def set_presets(self, presets: Sequence[ExportPreset], name: str) -> None:
        """Offer presets and choose one, with its choices."""
        self._presets = list(presets)
        self.fields.preset.clear()
        for preset in presets:
            self.fields.preset.addItem(preset.name if preset.is_own else tr(preset.name), preset.name)
        names = [preset.name for preset in presets]
        self._take(presets[names.index(name) if name in names else 0])

    def set_path(self, path: Path) -> None:
        """Propose a file."""
        self.folder = path.parent
        self.name.setText(path.name)
        self.folder_label.setText(tr("in {folder}", folder=path.parent))
        self.fit_again(self._page)

    def begin_estimate(self) -> None:
        """Take back what was said of other choices."""
        self.size_label.setText(tr("Looking how large it becomes…"))

    def set_size(self, text: str, note: str = "", problem: str = "") -> None:
        """Say how large the picture and the file become, what else happens, or why these choices do not go together."""
        self.size_label.setText(text)
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.export_button.setEnabled(not problem and self._is_named)
        self.fit_again(self._page)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 16, MARGIN_PX, 16)
        column.setSpacing(8)
        column.addStrut(LEAST_WIDTH_PX - 2 * MARGIN_PX)
        column.addLayout(_in_a_row(*self.purposes.values()))
        column.addWidget(self.meaning)
        self._rows = QWidget()
        form = QFormLayout(self._rows)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._presets_row = _beside(self.fields.preset, self.keep_button, self.forget_button)
        _add(form, tr("Preset"), self._presets_row, self.fields.preset)
        for title, widget in self.fields.rows():
            _add(form, title, widget, widget)
        self.fields.form = self._form = form
        _add(form, tr("File"), _beside(self.name, self.place_button), self.name)
        form.addRow("", self.folder_label)
        self._page = scrolling(self._rows, tr("How the file is written"))
        self._page.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        column.addWidget(self._page, stretch=1)
        column.addWidget(self.size_label)
        column.addWidget(self.note_label)
        for label in (self.folder_label, self.meaning, self.note_label):
            label.setObjectName("faint")
        for label in (self.folder_label, self.meaning, self.note_label, self.size_label):
            label.setWordWrap(True)
        self.note_label.hide()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.more_button)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.export_button)
        column.addLayout(buttons)

    def _take(self, preset: ExportPreset) -> None:
        """Show a preset's choices."""
        self.fields.preset.setCurrentIndex(self.fields.preset.findData(preset.name))
        self.fields.set_choices(preset.choices)
        purpose = preset.choices.purpose
        self.purposes[purpose].setChecked(True)
        self.meaning.setText(tr(MEANINGS[purpose]))
        self._on_format()
        self._show_own()
        self.fit(self._page)

    def _show_own(self) -> None:
        chosen = next((preset for preset in self._presets if preset.name == self.preset_name), None)
        self.forget_button.setEnabled(chosen is not None and chosen.is_own)
        # A preset of one's own is a choice as the purposes are.
        own = any(preset.is_own for preset in self._presets)
        self._form.setRowVisible(self._presets_row, own or self.more_button.isChecked())

    @Slot(QAbstractButton)
    def _on_purpose(self, button: QAbstractButton) -> None:
        name = next(purpose for purpose, one in self.purposes.items() if one is button)
        self._take(next(preset for preset in self._presets if preset.name == name))
        self.edited.emit()

    @Slot(bool)
    def _on_more(self, shows_all: bool) -> None:
        self.fields.show_all(shows_all)
        self._show_own()
        self.fit(self._page)

    @Slot()
    def _on_preset(self) -> None:
        chosen = next((preset for preset in self._presets if preset.name == self.preset_name), None)
        if chosen is not None:
            self._take(chosen)
        self.edited.emit()

    @Slot()
    def _on_edited(self) -> None:
        index = next((i for i, preset in enumerate(self._presets) if preset.choices == self.choices), -1)
        preset = self.fields.preset
        preset.setPlaceholderText(tr(OWN_CHOICES))
        preset.setCurrentIndex(index)
        self._show_own()
        self.fit(self._page)
        self.edited.emit()

    @Slot()
    def _on_format(self) -> None:
        """Let the name end as the format does."""
        name = self.name.text().strip()
        if self._is_named:
            self.name.setText(name_for(name, Format(self.fields.format.currentData())))

    @Slot(str)
    def _on_name(self, text: str) -> None:
        """Take a format over that is written into the name."""
        suffix = Path(text).suffix.lower()
        kind = next((kind for kind in Format if suffix in kind.suffixes), None)
        if kind is not None and kind is not Format(self.fields.format.currentData()):
            self.fields.format.setCurrentIndex(self.fields.format.findData(kind.value))
        self.export_button.setEnabled(self._is_named and not self.problem.text())

    @property
    def _is_named(self) -> bool:
        """Whether there is a name; a suffix alone, as while another one is being written before it, is none."""
        name = self.name.text().strip().lower()
        return bool(name) and name not in WRITE_SUFFIXES


def _toggle(title: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(title)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _in_a_row(*widgets: QToolButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(widget, stretch=1)
    return row


def _add(form: QFormLayout, title: str, field: QWidget, named: QWidget) -> None:
    label = QLabel(title)
    label.setMinimumWidth(LABEL_WIDTH_PX)
    label.setBuddy(named)
    give_height(named)
    if not named.accessibleName():
        named.setAccessibleName(title)
    form.addRow(label, field)


def _beside(first: QWidget, *others: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(first, stretch=1)
    for other in others:
        row.addWidget(other)
    return holder
