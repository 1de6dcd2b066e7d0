"""The settings of the next run. Shows a frozen value, and tells the value that a person made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.degradation.damage_panel import DamagePanel
from zssr_studio.app.views.degradation.degradation_panel import DegradationPanel
from zssr_studio.app.views.degradation.region_panel import RegionPanel
from zssr_studio.app.views.run.size_fields import SizeFields
from zssr_studio.engine.config import PRESETS
from zssr_studio.words.presets import PRESET_SUMMARIES, PRESET_TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.engine.config import Scale

MAX_SECONDS, MAX_STEPS, MAX_SEED = 86_400.0, 10_000_000, 2**31 - 1
LABEL_WIDTH_PX = 56
AUTOMATIC = ("auto", marked("Automatic"))


class SettingsPanel(QScrollArea):
    """Scale, recipe, kernel and the rest of what a run is told.

    Signals
    -------
    edited(Settings)
        A person changed something.
    """

    edited = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setAccessibleName(tr("Settings"))
        # What takes the focus are its fields, which scroll it.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._settings = settings
        self.size_fields = SizeFields()
        self.preset = QComboBox()
        for name in PRESETS:
            self.preset.addItem(tr(PRESET_TITLES[name]), name)
        self.seconds = _decimal(MAX_SECONDS, 0, tr("Automatic"), " s")
        self.device = QComboBox()
        self.device.addItem(tr(AUTOMATIC[1]), AUTOMATIC[0])
        self.region = RegionPanel()
        self.degradation = DegradationPanel()
        self.damage = DamagePanel()
        self.steps = _whole(MAX_STEPS, tr("no limit"))
        self.seed = _whole(MAX_SEED)
        self._size = _note("faint")
        self._problem = _note("problem")
        self._summary = _note("faint")
        self._lay_out()
        self._connect()
        self.set_settings(settings)

    def minimumSizeHint(self) -> QSize:
        # It scrolls up and down only, so that its content needs its width whatever the size of the text.
        content = self.widget()
        if content is None:
            return super().minimumSizeHint()
        width = content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt asks a scroll area once for its least size; this one's is that of its content, which the theme may change.
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def set_settings(self, settings: Settings) -> None:
        """Show settings without telling that anything was edited."""
        self._settings = settings
        widgets = (self.preset, self.seconds, self.device, self.steps, self.seed)
        for widget in widgets:
            widget.blockSignals(True)
        self.preset.setCurrentIndex(self.preset.findData(settings.preset))
        self.seconds.setValue(settings.seconds or 0)
        self.device.setCurrentIndex(max(0, self.device.findData(settings.device)))
        self.steps.setValue(settings.steps or 0)
        self.seed.setValue(settings.seed)
        for widget in widgets:
            widget.blockSignals(False)
        self._summary.setText(tr(PRESET_SUMMARIES[settings.preset]))

    def set_devices(self, devices: list[tuple[str, str]]) -> None:
        """Offer the devices of this machine: name and title of each."""
        self.device.blockSignals(True)
        self.device.clear()
        for name, title in ((AUTOMATIC[0], tr(AUTOMATIC[1])), *devices):
            self.device.addItem(title, name)
        self.device.setCurrentIndex(max(0, self.device.findData(self._settings.device)))
        self.device.blockSignals(False)

    def set_sizes(self, source: tuple[int, int] | None, ppi: float) -> None:
        """Show how large the result will be, and its print at a resolution; None where no picture is open."""
        self.size_fields.set_size(source, self._settings.scale, ppi)
        if source is None:
            self._size.setText(tr("Open a picture to see the size of the result."))
            return
        height, width = self._settings.scale.out_size(*source)
        self._size.setText(
            tr(
                "{before} becomes {width} × {height} pixels",
                before=f"{source[1]} × {source[0]}",
                width=width,
                height=height,
            )
        )

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(_heading(tr("Size")))
        column.addWidget(self.size_fields)
        column.addWidget(self._size)
        column.addWidget(self._problem)
        column.addSpacing(8)
        column.addWidget(_heading(tr("Region")))
        column.addWidget(self.region)
        column.addSpacing(8)
        column.addWidget(_heading(tr("Method")))
        column.addLayout(_form([(tr("Preset"), self.preset), (tr("Ti&me"), self.seconds), (tr("Device"), self.device)]))
        column.addWidget(self._summary)
        column.addSpacing(8)
        column.addWidget(_heading(tr("Degradation")))
        column.addWidget(self.degradation)
        column.addWidget(self.damage)
        column.addSpacing(8)
        column.addWidget(_heading(tr("Repeatability")))
        column.addLayout(_form([(tr("Steps"), self.steps), (tr("Seed"), self.seed)]))
        column.addStretch()
        self._problem.hide()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def _connect(self) -> None:
        for widget, tip in (
            (
                self.preset,
                tr(
                    "How the network learns: faster recipes give a sharp picture sooner, slower ones somewhat finer "
                    "detail."
                ),
            ),
            (
                self.seconds,
                tr(
                    "Longer training makes edges and fine texture crisper, by less and less; it may end sooner by "
                    "itself."
                ),
            ),
            (
                self.device,
                tr(
                    "What computes; the picture comes out nearly the same. Automatic takes a graphics card where "
                    "there is one."
                ),
            ),
            (
                self.steps,
                tr(
                    "Ends after so many steps, not by the clock: the same steps and seed give the same picture, bit "
                    "for bit, on the processor."
                ),
            ),
            (
                self.seed,
                tr("Another number draws other parts to learn from: fine detail comes out slightly differently."),
            ),
        ):
            widget.setToolTip(tip)
        self.size_fields.chosen.connect(self._on_scale)
        self.size_fields.ppi_chosen.connect(self._on_ppi)
        self.size_fields.refused.connect(self._on_refused)
        self.preset.currentIndexChanged.connect(self._read)
        self.seconds.valueChanged.connect(self._read)
        self.device.currentIndexChanged.connect(self._read)
        self.steps.valueChanged.connect(self._read)
        self.seed.valueChanged.connect(self._read)

    @Slot(object)
    def _on_scale(self, scale: Scale) -> None:
        self.edited.emit(replace(self._settings, scale=scale))

    @Slot(float)
    def _on_ppi(self, ppi: float) -> None:
        self.edited.emit(replace(self._settings, print_ppi=ppi))

    @Slot(str)
    def _on_refused(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    @Slot()
    def _read(self) -> None:
        self.edited.emit(
            replace(
                self._settings,
                preset=self.preset.currentData(),
                seconds=self.seconds.value() or None,
                device=self.device.currentData(),
                steps=self.steps.value() or None,
                seed=self.seed.value(),
            )
        )


def _decimal(most: float, decimals: int, special: str, suffix: str = "") -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setDecimals(decimals)
    box.setRange(0, most)
    box.setSpecialValueText(special)
    box.setSuffix(suffix)
    return box


def _whole(most: int, special: str = "") -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, most)
    box.setSpecialValueText(special)
    return box


def _note(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    return label


def _form(rows: Sequence[tuple[str, QWidget]]) -> QFormLayout:
    form = QFormLayout()
    form.setSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for text, widget in rows:
        label = QLabel(text)
        label.setMinimumWidth(LABEL_WIDTH_PX)
        label.setBuddy(widget)
        give_height(widget)
        form.addRow(label, widget)
    return form
