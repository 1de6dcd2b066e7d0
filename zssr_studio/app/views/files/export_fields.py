"""The choices of an export as widgets; which of them are shown depends on the purpose and the format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.models.files.export import AS_SOURCE, PRINT, WEB, ExportChoices
from zssr_studio.app.theme import give_height
from zssr_studio.app.views.fields.number_boxes import DecimalBox, WholeBox
from zssr_studio.app.views.files.export_words import (
    COLOURS,
    COMPRESSIONS,
    DEPTHS,
    FORMATS,
    LEAST_PPI,
    METADATA,
    MOST_PPI,
    OWN_PPI,
    PROFILE_FILE,
    RESOLUTIONS,
    TIPS,
    USUAL_PPI,
)
from zssr_studio.app.views.files.source_types import SOURCE_TYPES
from zssr_studio.imaging.export import Compression, ExportOptions, Format, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QFormLayout

PRESET_CHARACTERS, SOURCE_TYPE_CHARACTERS = 14, 24
MOST_PX, MOST_MB, MOST_CM, BYTES_PER_MB = 100_000, 10_000.0, 10_000.0, 1e6


class Fields(QObject):
    """One widget for each choice.

    Parameters
    ----------
    source_bits : int
        Per sample of the result.
    size : tuple of int
        Rows and columns of the result.

    Signals
    -------
    edited()
    profile_asked()
        A person wants to convert to the profile of a file.
    """

    edited = Signal()
    profile_asked = Signal()

    def __init__(self, source_bits: int, size: tuple[int, int]) -> None:
        super().__init__()
        self._source_bits, self._size = source_bits, size
        self._purpose = AS_SOURCE
        self._print_cm: float | None = None
        self._shows_all = False
        self.form: QFormLayout | None = None
        self.preset = QComboBox()
        # Beside it stand buttons, which would leave it no room in large text.
        self.preset.setMinimumContentsLength(PRESET_CHARACTERS)
        self.format, self.depth, self.colour = _combo(FORMATS), QComboBox(), _combo(COLOURS)
        self.quality = WholeBox()
        self.quality.setRange(1, 100)
        self.lossless = QCheckBox(tr("Without loss"))
        self.compression, self.metadata = _combo(COMPRESSIONS), _combo(METADATA)
        self.resolution, self.source_type = _combo(RESOLUTIONS), _combo(SOURCE_TYPES)
        # Its longest items are twice as wide as all others, and rarely chosen: the list shows them whole.
        self.source_type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source_type.setMinimumContentsLength(SOURCE_TYPE_CHARACTERS)
        self.ppi = _decimal(MOST_PPI, 0, " ppi", LEAST_PPI)
        self.ppi.setValue(USUAL_PPI)
        self.longest = WholeBox()
        self.longest.setRange(0, MOST_PX)
        self.longest.setSpecialValueText(tr("as it is"))
        self.longest.setSuffix(" px")
        self.longest.setKeyboardTracking(False)
        self.most_mb = _decimal(MOST_MB, 1, " MB")
        self.most_mb.setSpecialValueText(tr("no limit"))
        self.print_width, self.print_height = _decimal(MOST_CM, 1, " cm", 0.1), _decimal(MOST_CM, 1, " cm", 0.1)
        self.paper = _paper(self.print_width, self.print_height)
        for name, tip in TIPS.items():
            getattr(self, name).setToolTip(tr(tip))
        self._connect()

    def rows(self) -> list[tuple[str, QWidget]]:
        """Return the widgets with their titles, in the order they stand."""
        return [
            (tr("Longest side"), self.longest),
            (tr("Size of the file"), self.most_mb),
            (tr("On paper"), self.paper),
            (tr("Pixels per inch"), self.ppi),
            (tr("Format"), self.format),
            (tr("Depth"), self.depth),
            (tr("Quality"), self.quality),
            (tr("Exactness"), self.lossless),
            (tr("Compression"), self.compression),
            (tr("Colour"), self.colour),
            (tr("Metadata"), self.metadata),
            (tr("Resolution"), self.resolution),
            (tr("Source type"), self.source_type),
        ]

    def options(self) -> ExportOptions:
        """Return how the file is written."""
        format_, resolution = Format(self.format.currentData()), self.resolution.currentData()
        colour = self.colour.currentData()
        return ExportOptions(
            format=format_,
            bits=self.depth.currentData(),
            colour=colour if isinstance(colour, Path) else str(colour),
            metadata=MetadataPolicy(self.metadata.currentData()),
            resolution=ResolutionPolicy.SIZE if resolution == OWN_PPI else ResolutionPolicy(resolution),
            pixels_per_inch=self.ppi.value() if resolution == OWN_PPI else None,
            quality=self.quality.value(),
            lossless=self.lossless.isChecked() and format_ in (Format.WEBP, Format.JXL),
            compression=Compression(self.compression.currentData()),
            digital_source_type=self.source_type.currentData(),
        )

    def choices(self) -> ExportChoices:
        """Return all choices."""
        is_web = self._purpose == WEB
        return ExportChoices(
            self.options(),
            self._purpose,
            longest_px=self.longest.value() or None if is_web else None,
            print_cm=self._print_cm if self._purpose == PRINT else None,
            most_bytes=round(self.most_mb.value() * BYTES_PER_MB) or None if is_web else None,
        )

    def set_choices(self, choices: ExportChoices) -> None:
        """Show choices without telling that anything was edited."""
        blocker, options = QSignalBlocker(self), choices.options
        self._purpose = choices.purpose
        self._choose(self.format, (options.format or Format.PNG).value)
        self._offer_depths(options.bits)
        if isinstance(options.colour, Path):
            self.add_profile(options.colour)
        else:
            self._choose(self.colour, options.colour)
        self._choose(self.compression, options.compression.value)
        self._choose(self.metadata, options.metadata.value)
        own = options.pixels_per_inch is not None
        self._choose(self.resolution, OWN_PPI if own else options.resolution.value)
        self.ppi.setValue(options.pixels_per_inch or USUAL_PPI)
        self._choose(self.source_type, options.digital_source_type)
        self.quality.setValue(options.quality)
        self.lossless.setChecked(options.lossless)
        self.longest.setValue(choices.longest_px or 0)
        self.most_mb.setValue((choices.most_bytes or 0) / BYTES_PER_MB)
        self._show_paper(choices.print_cm)
        blocker.unblock()
        self._show_rows()

    def show_all(self, shows_all: bool) -> None:
        """Show all that can be chosen, or what the purpose needs."""
        self._shows_all = shows_all
        self._show_rows()

    def add_profile(self, path: Path) -> None:
        """Offer a profile's file as a target, and choose it."""
        index = self.colour.findData(path)
        if index < 0:
            self.colour.insertItem(self.colour.count() - 1, tr("Convert to {name}", name=path.name), path)
            index = self.colour.count() - 2
        self.colour.setCurrentIndex(index)

    def without_profile(self) -> ExportOptions:
        """Go back to keeping the profile, and return the choices."""
        self._choose(self.colour, "keep")
        return replace(self.options(), colour="keep")

    def _connect(self) -> None:
        for combo in (self.depth, self.compression, self.metadata, self.resolution, self.source_type):
            combo.currentIndexChanged.connect(self._on_edited)
        self.format.currentIndexChanged.connect(self._on_format)
        self.colour.activated.connect(self._on_colour)
        self.lossless.toggled.connect(self._on_edited)
        for box in (self.quality, self.ppi, self.longest, self.most_mb):
            box.valueChanged.connect(self._on_edited)
        self.print_width.valueChanged.connect(self._on_print_width)
        self.print_height.valueChanged.connect(self._on_print_height)

    def _offer_depths(self, bits: int | None) -> None:
        format_ = Format(self.format.currentData())
        with QSignalBlocker(self.depth):
            self.depth.clear()
            own = ExportOptions().depth(format_, self._source_bits)
            self.depth.addItem(tr("As the source: {depth}", depth=tr(DEPTHS[own])), None)
            for depth in format_.depths:
                self.depth.addItem(tr(DEPTHS[depth]), depth)
            self.depth.setCurrentIndex(max(0, self.depth.findData(bits)) if bits is not None else 0)

    def _show_rows(self) -> None:
        if self.form is None:
            return
        format_, shows_all = Format(self.format.currentData()), self._shows_all
        is_web, is_print = self._purpose == WEB, self._purpose == PRINT
        may_be_exact = format_ in (Format.WEBP, Format.JXL)
        takes_quality = format_.is_lossy and not (may_be_exact and self.lossless.isChecked())
        for widget, shown in (
            (self.longest, is_web),
            (self.most_mb, is_web and takes_quality),
            (self.paper, is_print),
            (self.ppi, is_print or (shows_all and self.resolution.currentData() == OWN_PPI)),
            (self.format, is_web or shows_all),
            (self.depth, shows_all and len(format_.depths) > 1),
            (self.quality, takes_quality and not self.most_mb.value() and (is_web or shows_all)),
            (self.lossless, shows_all and may_be_exact),
            (self.compression, shows_all and format_ is Format.TIFF),
            (self.colour, shows_all),
            (self.metadata, shows_all),
            (self.resolution, shows_all and not is_print),
            (self.source_type, shows_all),
        ):
            self.form.setRowVisible(widget, shown)

    def _show_paper(self, width_cm: float | None) -> None:
        self._print_cm = width_cm
        height, width = self._size
        for box, length in ((self.print_width, width_cm or 0), (self.print_height, (width_cm or 0) * height / width)):
            with QSignalBlocker(box):
                box.setValue(length)

    @staticmethod
    def _choose(combo: QComboBox, data: object) -> None:
        index = next(i for i in range(combo.count()) if combo.itemData(i) == data)
        combo.setCurrentIndex(index)

    @Slot()
    def _on_format(self) -> None:
        self._offer_depths(self.depth.currentData())
        self._on_edited()

    @Slot()
    def _on_colour(self) -> None:
        if self.colour.currentData() == PROFILE_FILE:
            self.profile_asked.emit()
        else:
            self._on_edited()

    @Slot(float)
    def _on_print_width(self, width_cm: float) -> None:
        self._show_paper(width_cm)
        self._on_edited()

    @Slot(float)
    def _on_print_height(self, height_cm: float) -> None:
        self._show_paper(height_cm * self._size[1] / self._size[0])
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self._show_rows()
        self.edited.emit()


def _combo(items: Mapping[Any, str]) -> QComboBox:
    combo = QComboBox()
    for data, title in items.items():
        combo.addItem(tr(title), data)
    return combo


def _decimal(most: float, decimals: int, suffix: str, least: float = 0.0) -> DecimalBox:
    box = DecimalBox()
    box.setDecimals(decimals)
    box.setRange(least, most)
    box.setSuffix(suffix)
    box.setKeyboardTracking(False)
    return box


def _paper(width: DecimalBox, height: DecimalBox) -> QWidget:
    holder, between = QWidget(), QLabel("×")
    width.setAccessibleName(tr("Width of the print"))
    height.setAccessibleName(tr("Height of the print"))
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for field in (width, height):
        give_height(field)
    row.addWidget(width, stretch=1)
    row.addWidget(between)
    row.addWidget(height, stretch=1)
    return holder
