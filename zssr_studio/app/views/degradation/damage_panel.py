"""What of noise and compression the network is to clean, how much grain stays, and what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QSlider, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height
from zssr_studio.engine.config import MAX_NOISE_STD
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.words.findings import damage_text

if TYPE_CHECKING:
    from zssr_studio.app.models.degradation.found import Found

LEAVE, AS_FOUND, BY_HAND = "leave", "found", "hand"
TITLES = {LEAVE: marked("Leave as it is"), AS_FOUND: marked("As found"), BY_HAND: marked("By hand")}
USUAL_PERCENT, PERCENT_STEP = 1.25, 0.25
LABEL_WIDTH_PX = 56
MEANING = {
    LEAVE: marked("Nothing is cleaned: noise and blocks become larger with the picture."),
    AS_FOUND: marked("The network learns to undo what was found in this picture."),
    BY_HAND: marked("The network cleans even noise of this strength; too much smooths fine texture."),
}
ESTIMATE_HINT = marked("Estimate finds noise and JPEG compression.")


class DamagePanel(QWidget):
    """Noise and compression of the next run.

    Signals
    -------
    chosen(Damage)
        A person changed something.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._damage, self._found = NO_DAMAGE, NO_DAMAGE
        self.kind, self.percent = QComboBox(), QDoubleSpinBox()
        for key, title in TITLES.items():
            self.kind.addItem(tr(title), key)
        self.percent.setRange(PERCENT_STEP, 100 * MAX_NOISE_STD)
        self.percent.setSingleStep(PERCENT_STEP)
        self.percent.setSuffix(" %")
        self.grain = QSlider(Qt.Orientation.Horizontal)
        self.grain.setRange(0, 100)
        self.grain.setPageStep(10)
        self.told, self.meaning = QLabel(), QLabel()
        for label in (self.told, self.meaning):
            label.setWordWrap(True)
        self.meaning.setObjectName("faint")
        self.told.setObjectName("faint")
        self._lay_out()
        self.kind.activated.connect(self._on_kind)
        self.percent.valueChanged.connect(self._on_percent)
        self.grain.valueChanged.connect(self._on_grain)

    def set_damage(self, damage: Damage, found: Found | None) -> None:
        """Show what the next run cleans, and what was found in the picture, if it was looked at."""
        self._damage, self._found = damage, NO_DAMAGE if found is None else found.damage
        kind = self._kind_of(damage)
        for widget in (self.kind, self.percent, self.grain):
            widget.blockSignals(True)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        item = self.kind.model().index(self.kind.findData(AS_FOUND), 0)
        self.kind.model().setData(item, None if self._found else 0, Qt.ItemDataRole.UserRole - 1)
        if damage.noise is not None and kind == BY_HAND:
            self.percent.setValue(100 * damage.noise.mean_std())
        self.grain.setValue(round(100 * damage.grain))
        for widget in (self.kind, self.percent, self.grain):
            widget.blockSignals(False)
        self._form.setRowVisible(self.percent, kind == BY_HAND)
        self._form.setRowVisible(self.grain, kind != LEAVE)
        self.told.setText(
            tr(ESTIMATE_HINT) if found is None else tr("Found: {damage}.", damage=damage_text(found.damage, tr))
        )
        kept = tr("{share:.0f} % of the grain comes back.", share=100 * damage.grain) if damage.grain else ""
        self.meaning.setText(f"{tr(MEANING[kind])} {kept}".strip())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._form = QFormLayout()
        self._form.setSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget, tip in (
            (
                tr("Noise"),
                self.kind,
                tr("Whether noise and JPEG blocks are cleaned away, or become larger with the picture."),
            ),
            (
                tr("Strength"),
                self.percent,
                tr(
                    "How strong the noise is that is cleaned, in percent from black to white; too much smooths fine "
                    "texture."
                ),
            ),
            (
                tr("Grain"),
                self.grain,
                tr("How much of what was cleaned comes back: the grain of an old photograph may stay."),
            ),
        ):
            label = QLabel(text)
            label.setMinimumWidth(LABEL_WIDTH_PX)
            label.setBuddy(widget)
            give_height(widget)
            widget.setAccessibleName(text)
            widget.setToolTip(tip)
            self._form.addRow(label, widget)
        column.addLayout(self._form)
        column.addWidget(self.told)
        column.addWidget(self.meaning)

    def _kind_of(self, damage: Damage) -> str:
        if not damage:
            return LEAVE
        return AS_FOUND if replace(damage, grain=0.0) == replace(self._found, grain=0.0) else BY_HAND

    @Slot()
    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        if kind == LEAVE:
            self.chosen.emit(NO_DAMAGE)
        elif kind == AS_FOUND:
            self.chosen.emit(replace(self._found, grain=self._damage.grain))
        else:
            self.chosen.emit(self._by_hand(USUAL_PERCENT))

    @Slot(float)
    def _on_percent(self, percent: float) -> None:
        self.chosen.emit(self._by_hand(percent))

    @Slot(int)
    def _on_grain(self, percent: int) -> None:
        self.chosen.emit(replace(self._damage, grain=percent / 100))

    def _by_hand(self, percent: float) -> Damage:
        # One channel stands for all: the picture may be gray or in colour.
        return Damage(noise=Noise.even(round(percent / 100, 4), 1), grain=self._damage.grain)
