"""How much effort a run takes: three choices for most people, and all that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.run.effort import Effort, effort_of, seconds_of
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.fields.number_boxes import DecimalBox, WholeBox
from zssr_studio.engine.config import PRESETS
from zssr_studio.words.presets import PRESET_SUMMARIES, PRESET_TITLES

if TYPE_CHECKING:
    from zssr_studio.app.models.run.settings import Settings

MAX_SECONDS, MAX_STEPS, MAX_SEED = 86_400.0, 10_000_000, 2**31 - 1
LABEL_WIDTH_PX = 56
AUTOMATIC = ("auto", marked("Automatic"))
MINUTE_S = 60.0
FROM_MINUTES_S = 120.0


class EffortChoice(QWidget):
    """Try, Good or Best; none of them where preset, time and steps say something else.

    Signals
    -------
    chosen(Effort)
        A person chose one.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Effort, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.note = QLabel()
        self.note.setObjectName("faint")
        self.note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(16)
        for effort, title, tip in (
            (Effort.TRY, tr("Try", "an effort"), tr("A first look in seconds; fine detail is not there yet.")),
            (Effort.GOOD, tr("Good"), tr("What most pictures need: sharp in under a minute.")),
            (Effort.BEST, tr("Best"), tr("A wider network and four minutes, for the last bit of fine detail.")),
        ):
            button = self.buttons[effort] = QRadioButton(title)
            button.setToolTip(tip)
            button.setAccessibleName(tr("Effort: {title}", title=title))
            button.clicked.connect(lambda _checked, effort=effort: self.chosen.emit(effort))
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.note)

    def set_settings(self, settings: Settings) -> None:
        """Show which effort settings stand for, and say for how long that trains."""
        effort = effort_of(settings)
        # A group that is exclusive keeps one of its buttons checked.
        self._group.setExclusive(False)
        for one, button in self.buttons.items():
            button.setChecked(one is effort)
        self._group.setExclusive(True)
        self.note.setText(_told(settings) if effort is not None else tr("By Expert: {what}", what=_by_expert(settings)))


class RunFields(QWidget):
    """Preset, time, device, steps and seed.

    Signals
    -------
    edited()
        A person changed one of them.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.preset = QComboBox()
        for name in PRESETS:
            self.preset.addItem(tr(PRESET_TITLES[name]), name)
        self.seconds = DecimalBox()
        self.seconds.setDecimals(0)
        self.seconds.setRange(0, MAX_SECONDS)
        self.seconds.setSpecialValueText(tr("Automatic"))
        self.seconds.setSuffix(" s")
        self.device = QComboBox()
        self.steps, self.seed = WholeBox(), WholeBox()
        self.steps.setRange(0, MAX_STEPS)
        self.steps.setSpecialValueText(tr("no limit"))
        self.seed.setRange(0, MAX_SEED)
        self.summary = QLabel()
        self.summary.setObjectName("faint")
        self.summary.setWordWrap(True)
        self._device = AUTOMATIC[0]
        self._lay_out()
        self.set_devices([])
        for combo in (self.preset, self.device):
            combo.currentIndexChanged.connect(self._on_edited)
        for box in (self.seconds, self.steps, self.seed):
            box.valueChanged.connect(self._on_edited)

    def set_settings(self, settings: Settings) -> None:
        """Show settings without telling that anything was edited."""
        self._device = settings.device
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
        self.summary.setText(tr(PRESET_SUMMARIES[settings.preset]))

    def set_devices(self, devices: list[tuple[str, str]]) -> None:
        """Offer the devices of this machine: name and title of each."""
        self.device.blockSignals(True)
        self.device.clear()
        for name, title in ((AUTOMATIC[0], tr(AUTOMATIC[1])), *devices):
            self.device.addItem(title, name)
        self.device.setCurrentIndex(max(0, self.device.findData(self._device)))
        self.device.blockSignals(False)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget, tip in (
            (
                tr("Preset"),
                self.preset,
                tr(
                    "How the network learns: faster recipes give a sharp picture sooner, slower ones somewhat finer "
                    "detail."
                ),
            ),
            (
                tr("Ti&me"),
                self.seconds,
                tr(
                    "Longer training makes edges and fine texture crisper, by less and less; it may end sooner by "
                    "itself."
                ),
            ),
            (
                tr("Device"),
                self.device,
                tr(
                    "What computes; the picture comes out nearly the same. Automatic takes a graphics card where "
                    "there is one."
                ),
            ),
            (
                tr("Steps"),
                self.steps,
                tr(
                    "Ends after so many steps, not by the clock: the same steps and seed give the same picture, bit "
                    "for bit, on the processor."
                ),
            ),
            (
                tr("Seed"),
                self.seed,
                tr("Another number draws other parts to learn from: fine detail comes out slightly differently."),
            ),
        ):
            label = QLabel(text)
            label.setMinimumWidth(max(LABEL_WIDTH_PX, label.sizeHint().width()))
            label.setBuddy(widget)
            give_height(widget)
            widget.setToolTip(tip)
            form.addRow(label, widget)
            if widget is self.preset:
                form.addRow(self.summary)


def _told(settings: Settings) -> str:
    seconds = seconds_of(settings)
    return "" if seconds is None else tr("Trains for {time} at most.", time=_time(seconds))


def _by_expert(settings: Settings) -> str:
    parts = [tr(PRESET_TITLES[settings.preset])]
    seconds = seconds_of(settings)
    if settings.steps is not None:
        parts.append(tr("{steps} steps", steps=settings.steps))
    elif seconds is not None:
        parts.append(_time(seconds))
    return ", ".join(parts)


def _time(seconds: float) -> str:
    if seconds < FROM_MINUTES_S:
        return tr("{seconds:g} s", seconds=seconds)
    return tr("{minutes:.3g} min", minutes=seconds / MINUTE_S)
