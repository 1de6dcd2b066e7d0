"""The settings of the next run. Shows a frozen value, and tells the value that a person made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from zssr_studio.app.language import number_text, tr
from zssr_studio.app.models.run.effort import Effort, with_effort
from zssr_studio.app.views.degradation.damage_panel import DamagePanel
from zssr_studio.app.views.degradation.degradation_panel import DegradationPanel
from zssr_studio.app.views.degradation.region_panel import RegionPanel
from zssr_studio.app.views.degradation.seen_panel import SeenPanel
from zssr_studio.app.views.run.effort_fields import MAX_SECONDS as MAX_SECONDS
from zssr_studio.app.views.run.effort_fields import EffortChoice, RunFields
from zssr_studio.app.views.run.size_fields import SizeFields
from zssr_studio.app.views.widgets.small_button import small_button
from zssr_studio.app.views.window.folded_section import FoldedSection

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.engine.config import Scale


class SettingsPanel(QScrollArea):
    """What was found, size, effort; folded away the region and what only experts set.

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
        self.seen, self.size_fields, self.effort = SeenPanel(), SizeFields(), EffortChoice()
        self.region, self.degradation, self.damage = RegionPanel(), DegradationPanel(), DamagePanel()
        self.fields = RunFields()
        self.preset, self.seconds, self.device = self.fields.preset, self.fields.seconds, self.fields.device
        self.steps, self.seed = self.fields.steps, self.fields.seed
        self.sections = {
            "region": FoldedSection(tr("Region"), tr("Shows or hides the part to enlarge, in exact numbers.")),
            "expert": FoldedSection(
                tr("Expert"), tr("Shows or hides blur, noise, preset, time, device and seed by hand.")
            ),
        }
        self._truth = QHBoxLayout()
        self.size_label = _note("faint")
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
        self.fields.set_settings(settings)
        self.effort.set_settings(settings)

    def set_devices(self, devices: list[tuple[str, str]]) -> None:
        """Offer the devices of this machine: name and title of each."""
        self.fields.set_devices(devices)

    def set_sizes(self, source: tuple[int, int] | None, ppi: float, *, is_told: bool = True) -> None:
        """Show how large the result will be, and its print at a resolution; None where no picture is open.

        `is_told` tells whether the picture's file or a person gave that resolution.
        """
        self.size_fields.set_size(source, self._settings.scale, ppi, self._settings.wanted_px)
        if source is None:
            self.size_label.setText(tr("Open a picture to see the size of the result."))
            return
        height, width = self._settings.scale.out_size(*source)
        sizes = {"before": f"{source[1]} × {source[0]}", "width": width, "height": height}
        if is_told:
            self.size_label.setText(tr("{before} becomes {width} × {height} pixels", **sizes))
        else:
            self.size_label.setText(
                tr(
                    "{before} becomes {width} × {height} pixels. The file tells no resolution: the print is reckoned "
                    "with {ppi} ppi.",
                    ppi=number_text(ppi, 0),
                    **sizes,
                )
            )

    def add_actions(self, actions: Actions) -> None:
        """Offer the ground truth among what experts set, in words that widen no panel."""
        actions["truth"].setIconText(tr("Ground truth"))
        for name in ("add", "truth"):
            self._truth.addWidget(small_button(actions[name]))
        self._truth.addStretch()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        for title, widgets in (
            (tr("What I see"), (self.seen,)),
            (tr("Size"), (self.size_fields, self.size_label)),
            (tr("Effort"), (self.effort,)),
        ):
            column.addWidget(_heading(title))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(8)
        self.sections["region"].column.addWidget(self.region)
        expert = self.sections["expert"].column
        expert.addWidget(_heading(tr("Blur")))
        expert.addWidget(self.degradation)
        expert.addWidget(_heading(tr("Noise and compression")))
        expert.addWidget(self.damage)
        expert.addWidget(_heading(tr("Training")))
        expert.addWidget(self.fields)
        expert.addWidget(_heading(tr("Ground truth")))
        expert.addLayout(self._truth)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def _connect(self) -> None:
        self.size_fields.chosen.connect(self._on_scale)
        self.size_fields.ppi_chosen.connect(self._on_ppi)
        self.size_fields.nearest_chosen.connect(self._on_nearest)
        self.effort.chosen.connect(self._on_effort)
        self.fields.edited.connect(self._read)

    @Slot(object)
    def _on_scale(self, scale: Scale) -> None:
        self.edited.emit(replace(self._settings, scale=scale, wanted_px=None))

    @Slot(float)
    def _on_ppi(self, ppi: float) -> None:
        self.edited.emit(replace(self._settings, print_ppi=ppi))

    @Slot(object, object, float)
    def _on_nearest(self, scale: Scale, wanted_px: tuple[int, int], ppi: float) -> None:
        self.edited.emit(replace(self._settings, scale=scale, wanted_px=wanted_px, print_ppi=ppi))

    @Slot(object)
    def _on_effort(self, effort: Effort) -> None:
        self.edited.emit(with_effort(self._settings, effort))

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


def _note(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    return label
