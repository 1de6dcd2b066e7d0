"""The choices of an export as widgets; which of them are shown depends on the format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox

from zssr_studio.app.language import marked, tr
from zssr_studio.app.views.files.source_types import SOURCE_TYPES
from zssr_studio.imaging.export import Compression, ExportOptions, Format, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QFormLayout, QWidget

FORMATS = {
    Format.PNG: "PNG",
    Format.TIFF: "TIFF",
    Format.JPEG: "JPEG",
    Format.WEBP: "WebP",
    Format.AVIF: "AVIF",
    Format.JXL: "JPEG XL",
}
DEPTHS = {8: marked("8 bits"), 16: marked("16 bits"), 32: marked("32 bits, floating point")}
COMPRESSIONS = {Compression.DEFLATE: marked("Deflate, without loss"), Compression.NONE: marked("None")}
PROFILE_FILE = "file"
COLOURS = {
    "keep": marked("Keep the profile, byte for byte"),
    "srgb": marked("Convert to sRGB"),
    "display-p3": marked("Convert to Display P3"),
    "adobe-rgb": marked("Convert to Adobe RGB"),
    "prophoto": marked("Convert to ProPhoto RGB"),
    PROFILE_FILE: marked("Convert to a profile file…"),
}
METADATA = {
    MetadataPolicy.ALL: marked("All"),
    MetadataPolicy.NO_PLACE: marked("All but the place"),
    MetadataPolicy.NONE: marked("None"),
}
OWN_PPI = "own"
RESOLUTIONS = {
    ResolutionPolicy.SIZE: marked("Keep the size on paper"),
    ResolutionPolicy.PPI: marked("Keep the pixels per inch"),
    OWN_PPI: marked("Set pixels per inch"),
}
LEAST_PPI, MOST_PPI, USUAL_PPI = 1.0, 100_000.0, 300.0
PRESET_CHARACTERS, SOURCE_TYPE_CHARACTERS = 14, 24


class Fields(QObject):
    """One widget for each choice.

    Signals
    -------
    edited()
    profile_asked()
        A person wants to convert to the profile of a file.
    """

    edited = Signal()
    profile_asked = Signal()

    def __init__(self, source_bits: int) -> None:
        super().__init__()
        self._source_bits = source_bits
        self.form: QFormLayout | None = None
        self.preset = QComboBox()
        # Beside it stand buttons, which would leave it no room in large text.
        self.preset.setMinimumContentsLength(PRESET_CHARACTERS)
        self.format, self.depth, self.colour = _combo(FORMATS), QComboBox(), _combo(COLOURS)
        self.quality = QSpinBox()
        self.quality.setRange(1, 100)
        self.lossless = QCheckBox(tr("Without loss"))
        self.compression, self.metadata = _combo(COMPRESSIONS), _combo(METADATA)
        self.resolution, self.source_type = _combo(RESOLUTIONS), _combo(SOURCE_TYPES)
        # Its longest items are twice as wide as all others, and rarely chosen: the list shows them whole.
        self.source_type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source_type.setMinimumContentsLength(SOURCE_TYPE_CHARACTERS)
        self.ppi = QDoubleSpinBox()
        self.ppi.setDecimals(0)
        self.ppi.setRange(LEAST_PPI, MOST_PPI)
        self.ppi.setValue(USUAL_PPI)
        self.ppi.setSuffix(" ppi")
        self._tell()
        for combo in (self.depth, self.compression, self.metadata, self.resolution, self.source_type):
            combo.currentIndexChanged.connect(self._on_edited)
        self.format.currentIndexChanged.connect(self._on_format)
        self.colour.activated.connect(self._on_colour)
        self.quality.valueChanged.connect(self._on_edited)
        self.lossless.toggled.connect(self._on_edited)
        self.ppi.valueChanged.connect(self._on_edited)

    def rows(self) -> list[tuple[str, QWidget]]:
        """Return the widgets with their titles, in the order they stand."""
        return [
            (tr("Format"), self.format),
            (tr("Depth"), self.depth),
            (tr("Quality"), self.quality),
            (tr("Exactness"), self.lossless),
            (tr("Compression"), self.compression),
            (tr("Colour"), self.colour),
            (tr("Metadata"), self.metadata),
            (tr("Resolution"), self.resolution),
            (tr("Pixels per inch"), self.ppi),
            (tr("Source type"), self.source_type),
        ]

    def options(self) -> ExportOptions:
        """Return the choices."""
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

    def set_options(self, options: ExportOptions) -> None:
        """Show choices without telling that anything was edited."""
        blocker = QSignalBlocker(self)
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
        blocker.unblock()
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
        format_, lossless = Format(self.format.currentData()), self.lossless.isChecked()
        may_be_exact = format_ in (Format.WEBP, Format.JXL)
        for widget, shown in (
            (self.depth, len(format_.depths) > 1),
            (self.quality, format_.is_lossy and not (may_be_exact and lossless)),
            (self.lossless, may_be_exact),
            (self.compression, format_ is Format.TIFF),
            (self.ppi, self.resolution.currentData() == OWN_PPI),
        ):
            self.form.setRowVisible(widget, shown)

    def _tell(self) -> None:
        for widget, tip in (
            (self.quality, tr("95 keeps all that the eye sees; 85 makes files for the web half as large.")),
            (self.colour, tr(
"Keeping is exact. Converting changes the numbers, so that programs without colour management "
"show the picture right.")),
            (self.metadata, tr("EXIF, IPTC and XMP of the source, with size and orientation put right.")),
            (self.resolution, tr("600 ppi enlarged twice are 1200 ppi on the same paper, or 600 ppi on a larger one.")),
            (self.source_type, tr("What the XMP says of where the picture comes from, in IPTC's words.")),
        ):  # fmt: skip
            widget.setToolTip(tip)

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

    @Slot()
    def _on_edited(self) -> None:
        self._show_rows()
        self.edited.emit()


def _combo(items: Mapping[Any, str]) -> QComboBox:
    combo = QComboBox()
    for data, title in items.items():
        combo.addItem(tr(title), data)
    return combo
