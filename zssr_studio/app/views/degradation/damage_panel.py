"""What of noise and compression the network is to clean, as found, by hand or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.fields.number_boxes import DecimalBox, WholeBox
from zssr_studio.app.views.fields.share_slider import ShareSlider
from zssr_studio.engine.config import MAX_NOISE_STD
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.words.findings import damage_text

if TYPE_CHECKING:
    from zssr_studio.app.models.degradation.found import Found

LEAVE, AS_FOUND, BY_HAND = "leave", "found", "hand"
TITLES = {LEAVE: marked("Leave as it is"), AS_FOUND: marked("As found"), BY_HAND: marked("By hand")}
USUAL_PERCENT, PERCENT_STEP = 1.25, 0.25
LEAST_QUALITY, MOST_QUALITY, USUAL_QUALITY = 1, 100, 75
LABEL_WIDTH_PX = 56
MEANING = {
    LEAVE: marked("Noise is not cleaned: it becomes larger with the picture."),
    AS_FOUND: marked("The network learns to undo what was found in this picture."),
    BY_HAND: marked("The network cleans even noise of this strength; too much smooths fine texture."),
}
ESTIMATE_HINT = marked("Estimate finds noise and JPEG compression.")


class DamagePanel(QWidget):
    """Noise and compression of the next run.

    Signals
    -------
    noise_chosen(Noise, ColouredNoise or None)
        A person wants other noise cleaned, or none.
    jpeg_chosen(JpegTables or None)
        A person wants another compression cleaned, or none.
    colour_kept(float)
        How much of the colour of what is cleaned is to come back, from 0 to 1.
    """

    noise_chosen = Signal(object)
    jpeg_chosen = Signal(object)
    colour_kept = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._found = Damage()
        self.kind, self.percent = _kinds(), DecimalBox()
        self.percent.setRange(PERCENT_STEP, 100 * MAX_NOISE_STD)
        self.percent.setSingleStep(PERCENT_STEP)
        self.percent.setSuffix(" %")
        self.jpeg_kind, self.quality = _kinds(), WholeBox()
        self.quality.setRange(LEAST_QUALITY, MOST_QUALITY)
        self.told, self.meaning = QLabel(), QLabel()
        for label in (self.told, self.meaning):
            label.setWordWrap(True)
            label.setObjectName("faint")
        self.colour = ShareSlider(
            tr("Colour noise kept"),
            tr(
                "How much of the colour of the noise comes back; until you move it as much as of its brightness, set "
                "above."
            ),
        )
        self._lay_out()
        self.kind.activated.connect(self._on_kind)
        self.percent.valueChanged.connect(self._on_percent)
        self.jpeg_kind.activated.connect(self._on_jpeg_kind)
        self.quality.valueChanged.connect(self._on_quality)
        self.colour.chosen.connect(self.colour_kept)

    def set_damage(self, damage: Damage, found: Found | None, *, has_colours: bool) -> None:
        """Show what the next run cleans, and what was found in the picture, if it was looked at."""
        self.colour.set_share(damage.kept[1], shown=bool(damage) and has_colours)
        self._found = Damage() if found is None else found.damage
        kind = _kind_of(damage.noise, self._found.noise)
        jpeg_kind = _kind_of(damage.jpeg, self._found.jpeg)
        fields = (self.kind, self.percent, self.jpeg_kind, self.quality)
        for widget in fields:
            widget.blockSignals(True)
        _show_kind(self.kind, kind, self._found.noise is not None)
        _show_kind(self.jpeg_kind, jpeg_kind, self._found.jpeg is not None)
        if damage.noise is not None and kind == BY_HAND:
            self.percent.setValue(100 * damage.noise.mean_std())
        if damage.jpeg is not None and jpeg_kind == BY_HAND:
            self.quality.setValue(damage.jpeg.quality)
        for widget in fields:
            widget.blockSignals(False)
        self._form.setRowVisible(self.percent, kind == BY_HAND)
        self._form.setRowVisible(self.quality, jpeg_kind == BY_HAND)
        self.told.setText(
            tr(ESTIMATE_HINT) if found is None else tr("Found: {damage}.", damage=damage_text(found.damage, tr))
        )
        self.meaning.setText(tr(MEANING[kind]))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._form = QFormLayout()
        self._form.setSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget, tip in (
            (tr("Noise"), self.kind, tr("Whether noise is cleaned away, or becomes larger with the picture.")),
            (
                tr("Strength"),
                self.percent,
                tr(
                    "How strong the noise is that is cleaned, in percent from black to white; too much smooths fine "
                    "texture."
                ),
            ),
            (
                tr("JPEG"),
                self.jpeg_kind,
                tr("Whether JPEG blocks and rings are cleaned away, or become larger with the picture."),
            ),
            (
                tr("Quality"),
                self.quality,
                tr("The quality at which the picture was compressed, from 1 to 100: the lower, the more is cleaned."),
            ),
        ):
            label = QLabel(text)
            label.setMinimumWidth(max(LABEL_WIDTH_PX, label.sizeHint().width()))
            label.setBuddy(widget)
            give_height(widget)
            widget.setAccessibleName(text)
            widget.setToolTip(tip)
            self._form.addRow(label, widget)
        column.addLayout(self._form)
        column.addWidget(self.told)
        column.addWidget(self.meaning)
        column.addWidget(self.colour)

    @Slot()
    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        if kind == BY_HAND:
            self._on_percent(USUAL_PERCENT)
        else:
            self.noise_chosen.emit(self._found.noise if kind == AS_FOUND else None)

    @Slot(float)
    def _on_percent(self, percent: float) -> None:
        # One channel stands for all: the picture may be gray or in colour.
        self.noise_chosen.emit(Noise.even(round(percent / 100, 4), 1))

    @Slot()
    def _on_jpeg_kind(self) -> None:
        kind = self.jpeg_kind.currentData()
        if kind == BY_HAND:
            self._on_quality(USUAL_QUALITY)
        else:
            self.jpeg_chosen.emit(self._found.jpeg if kind == AS_FOUND else None)

    @Slot(int)
    def _on_quality(self, quality: int) -> None:
        self.jpeg_chosen.emit(JpegTables.of_quality(quality))


def _kinds() -> QComboBox:
    combo = QComboBox()
    for key, title in TITLES.items():
        combo.addItem(tr(title), key)
    return combo


def _show_kind(combo: QComboBox, kind: str, can_be_found: bool) -> None:
    combo.setCurrentIndex(combo.findData(kind))
    item = combo.model().index(combo.findData(AS_FOUND), 0)
    combo.model().setData(item, None if can_be_found else 0, Qt.ItemDataRole.UserRole - 1)


def _kind_of(cause: object, found: object) -> str:
    if cause is None:
        return LEAVE
    return AS_FOUND if cause == found else BY_HAND
