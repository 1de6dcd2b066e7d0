"""How a result is written: the choices, the name, and about how large the file becomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.files.export_fields import Fields
from zssr_studio.imaging.export import ExportOptions, Format, format_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.files.export import ExportPreset

LEAST_WIDTH_PX, LABEL_WIDTH_PX, MARGIN_PX = 520, 92, 24
OWN_CHOICES = marked("Own choices")


class ExportDialog(QDialog):
    """All about one file.

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

    def __init__(self, parent: QWidget, title: str, source_bits: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.fields = Fields(source_bits)
        self._presets: list[ExportPreset] = []
        self.keep_button, self.forget_button = QPushButton(tr("Keep…")), QPushButton(tr("Remove"))
        self.keep_button.setToolTip(tr("Keep these choices under a name of your own."))
        self.forget_button.setToolTip(tr("Remove this preset of your own."))
        self.name, self.folder_label = QLineEdit(), QLabel()
        self.name.setAccessibleName(tr("File name"))
        self.place_button = QPushButton(tr("Choose…"))
        self.place_button.setAccessibleName(tr("Choose folder and name"))
        self.size_label, self.problem = QLabel(), QLabel()
        self.export_button, self.cancel_button = QPushButton(tr("Export")), QPushButton(tr("Cancel"))
        self.export_button.setObjectName("primary")
        self.export_button.setDefault(True)
        self.folder = Path()
        self._lay_out()
        self.fields.edited.connect(self._on_edited)
        self.fields.format.currentIndexChanged.connect(self._on_format)
        self.fields.preset.activated.connect(self._on_preset)
        self.fields.profile_asked.connect(self.profile_asked)
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
    def path(self) -> Path:
        """The file to write."""
        return self.folder / self.name.text().strip()

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
        chosen = next((preset for preset in presets if preset.name == name), presets[0])
        self.fields.preset.setCurrentIndex(self.fields.preset.findData(chosen.name))
        self.fields.set_options(chosen.options)
        self._on_format()
        self._show_own()

    def set_path(self, path: Path) -> None:
        """Propose a file."""
        self.folder = path.parent
        self.name.setText(path.name)
        self.folder_label.setText(tr("in {folder}", folder=path.parent))

    def set_size(self, text: str, problem: str = "") -> None:
        """Say about how large the file becomes, or why these choices do not go together."""
        self.size_label.setText(text)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.export_button.setEnabled(not problem and bool(self.name.text().strip()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 16, MARGIN_PX, 16)
        column.setSpacing(8)
        column.addStrut(LEAST_WIDTH_PX - 2 * MARGIN_PX)
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        _add(form, tr("Preset"), _beside(self.fields.preset, self.keep_button, self.forget_button), self.fields.preset)
        for title, widget in self.fields.rows():
            _add(form, title, widget, widget)
        self.fields.form = form
        _add(form, tr("File"), _beside(self.name, self.place_button), self.name)
        form.addRow("", self.folder_label)
        form.addRow("", self.size_label)
        column.addLayout(form)
        for label in (self.folder_label, self.size_label):
            label.setObjectName("faint")
            label.setWordWrap(True)
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.export_button)
        column.addLayout(buttons)

    def _show_own(self) -> None:
        chosen = next((preset for preset in self._presets if preset.name == self.preset_name), None)
        self.forget_button.setEnabled(chosen is not None and chosen.is_own)

    @Slot()
    def _on_preset(self) -> None:
        chosen = next((preset for preset in self._presets if preset.name == self.preset_name), None)
        if chosen is not None:
            self.fields.set_options(chosen.options)
            self._on_format()
        self._show_own()
        self.edited.emit()

    @Slot()
    def _on_edited(self) -> None:
        index = next((i for i, preset in enumerate(self._presets) if preset.options == self.options), -1)
        preset = self.fields.preset
        preset.setPlaceholderText(tr(OWN_CHOICES))
        preset.setCurrentIndex(index)
        self._show_own()
        self.edited.emit()

    @Slot()
    def _on_format(self) -> None:
        """Let the name end as the format does."""
        path = Path(self.name.text())
        suffixes = Format(self.fields.format.currentData()).suffixes
        if path.name and path.suffix.lower() not in suffixes:
            self.name.setText(path.with_suffix(suffixes[0]).name)

    @Slot(str)
    def _on_name(self, text: str) -> None:
        """Take a format over that is written into the name."""
        known = any(text.lower().endswith(suffix) for kind in Format for suffix in kind.suffixes)
        if known and (kind := format_of(Path(text))) is not Format(self.fields.format.currentData()):
            self.fields.format.setCurrentIndex(self.fields.format.findData(kind.value))
        self.export_button.setEnabled(bool(text.strip()) and not self.problem.text())


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
