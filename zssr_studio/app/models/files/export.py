"""How results are exported: named sets of choices, of which a person's own are remembered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zssr_studio.app.language import marked, tr
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import Compression, ExportOptions, Format, ResolutionPolicy, format_of
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.target_size import pixels_of_print, print_of_pixels

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

AS_SOURCE, ARCHIVE, WEB, PRINT = marked("As the source"), marked("Archive"), marked("Web"), marked("Print")
PURPOSES = (AS_SOURCE, WEB, PRINT, ARCHIVE)
PRINT_PPI, WEB_QUALITY = 300.0, 85
FLOAT_BITS = 32
USUAL_SOURCE_TYPE = ExportOptions().digital_source_type
_OWN, _WEB = "export/own", "export/web"
_KINDS = {
    "format": Format,
    "metadata": MetadataPolicy,
    "resolution": ResolutionPolicy,
    "compression": Compression,
}
_BESIDE = ("purpose", "longest_px", "most_bytes")


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """How a result is written, and to which size it is resampled before.

    Parameters
    ----------
    options : ExportOptions
    purpose : str
        One of `PURPOSES`.
    longest_px : int or None
        The longer side is not longer than that.
    print_cm : float or None
        Width on paper, at the pixels per inch of the options.
    most_bytes : int or None
        The file is not larger than that; the quality follows.
    """

    options: ExportOptions
    purpose: str = AS_SOURCE
    longest_px: int | None = None
    print_cm: float | None = None
    most_bytes: int | None = None

    def size_of(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return rows and columns of the file that a result of some size becomes."""
        factor = 1.0
        if self.longest_px is not None:
            factor = min(1.0, self.longest_px / max(size))
        elif self.print_cm is not None and self.options.pixels_per_inch is not None:
            factor = pixels_of_print(self.print_cm, "cm", self.options.pixels_per_inch) / size[1]
        return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


@dataclass(frozen=True, slots=True)
class ExportPreset:
    """A name for a set of choices."""

    name: str
    choices: ExportChoices
    is_own: bool = False

    @property
    def options(self) -> ExportOptions:
        """How it is written."""
        return self.choices.options


@dataclass(frozen=True, slots=True)
class ExportSource:
    """What the choices that are proposed depend on.

    Parameters
    ----------
    path : Path
        The file that the picture was read from.
    bits : int
        Of its samples; 32 is floating point.
    width_px : int
        Columns of the result.
    print_ppi : float or None
        The resolution of a print, where a person chose one.
    wanted_px : int or None
        Columns that a person wants of a print, where no scale gives them.
    source_type : str or None
        IPTC's digital source type that the result has by the way it was made.
    """

    path: Path
    bits: int = 8
    width_px: int = 1
    print_ppi: float | None = None
    wanted_px: int | None = None
    source_type: str | None = USUAL_SOURCE_TYPE


def as_source(source: ExportSource) -> ExportOptions:
    """Propose format and depth of the source; what is only read becomes a PNG or, with deeper samples, a TIFF."""
    try:
        kind = format_of(source.path)
    except BadInputError:
        kind = Format.PNG if source.bits == min(Format.PNG.depths) else Format.TIFF
    if kind is Format.JXL and source.bits > min(kind.depths):
        # It is not written with any profile at that depth.
        kind = Format.TIFF
    options = ExportOptions(format=kind, pixels_per_inch=source.print_ppi, lossless=kind is Format.JXL)
    return replace(options, digital_source_type=source.source_type)


def _built_in(source: ExportSource) -> list[ExportPreset]:
    ppi = source.print_ppi or PRINT_PPI
    width_cm = print_of_pixels(source.wanted_px or source.width_px, "cm", ppi)
    web = ExportOptions(
        format=Format.JPEG, bits=8, colour="srgb", quality=WEB_QUALITY, metadata=MetadataPolicy.NO_PLACE
    )
    paper = ExportOptions(format=Format.TIFF, bits=16, colour="adobe-rgb", pixels_per_inch=ppi)
    archive = ExportOptions(format=Format.TIFF, bits=max(16, source.bits))
    return [
        ExportPreset(AS_SOURCE, ExportChoices(as_source(source))),
        ExportPreset(WEB, ExportChoices(web, WEB)),
        ExportPreset(PRINT, ExportChoices(paper, PRINT, print_cm=width_cm)),
        ExportPreset(ARCHIVE, ExportChoices(archive, ARCHIVE)),
    ]


def _on_paper(preset: ExportPreset, source: ExportSource) -> ExportPreset:
    """Give a print its size, which is another one for each picture and not kept."""
    ppi = preset.options.pixels_per_inch
    if preset.choices.purpose != PRINT or ppi is None:
        return preset
    width_cm = print_of_pixels(source.wanted_px or source.width_px, "cm", ppi)
    return replace(preset, choices=replace(preset.choices, print_cm=width_cm))


def _of_source_type(preset: ExportPreset, source_type: str | None) -> ExportPreset:
    """Let a preset say how the result was made, unless it says something of its own."""
    if preset.options.digital_source_type != USUAL_SOURCE_TYPE:
        return preset
    options = replace(preset.options, digital_source_type=source_type)
    return replace(preset, choices=replace(preset.choices, options=options))


class ExportModel:
    """The presets that are offered, and the choices that were made last.

    Parameters
    ----------
    settings : QSettings
        Where a person's own presets are kept.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._last: tuple[Path, str] | None = None

    def presets(self, source: ExportSource) -> list[ExportPreset]:
        """List what can be chosen for a result: the purposes, then what a person keeps."""
        built_in = _built_in(source)
        longest_px, most_bytes = self._web()
        web = next(preset for preset in built_in if preset.name == WEB)
        choices = replace(web.choices, longest_px=longest_px, most_bytes=most_bytes)
        own = [_on_paper(one, source) for one in self._own()]
        presets = [*(replace(one, choices=choices) if one is web else one for one in built_in), *own]
        return [_of_source_type(one, source.source_type) for one in presets]

    def proposed(self, source: ExportSource) -> str:
        """Name the preset that comes first: chosen anew for each source, a print where one was asked for."""
        if self._last is not None and self._last[0] == source.path:
            return self._last[1]
        return PRINT if source.wanted_px is not None else AS_SOURCE

    def used(self, name: str, source: Path, choices: ExportChoices) -> None:
        """Remember a preset while its source is open, and how large pictures for the web are made."""
        self._last = source, name
        if choices.purpose == WEB:
            self._settings.setValue(_WEB, json.dumps([choices.longest_px or 0, choices.most_bytes or 0]))

    def _web(self) -> tuple[int | None, int | None]:
        try:
            longest_px, most_bytes = (int(value) for value in json.loads(str(self._settings.value(_WEB, "[0, 0]"))))
        except (TypeError, ValueError):
            return None, None
        return longest_px if longest_px > 0 else None, most_bytes if most_bytes > 0 else None

    def keep(self, name: str, choices: ExportChoices) -> None:
        """Keep choices under a name; an own preset of that name is replaced.

        Raises
        ------
        BadInputError
            If the name is empty or that of a preset that comes with the program.
        """
        name = name.strip()
        if not name or name in PURPOSES:
            raise BadInputError(tr("'{name}' cannot be the name of a preset of your own. Give another one.", name=name))
        others = [preset for preset in self._own() if preset.name != name]
        self._write([*others, ExportPreset(name, replace(choices, print_cm=None), is_own=True)])

    def forget(self, name: str) -> None:
        """Remove a preset of one's own."""
        self._write([preset for preset in self._own() if preset.name != name])

    def _own(self) -> list[ExportPreset]:
        records = _read(str(self._settings.value(_OWN, "[]")))
        found = [(str(record.get("name", "")), _choices_of(record)) for record in records]
        return [ExportPreset(name, choices, is_own=True) for name, choices in found if name and choices is not None]

    def _write(self, presets: list[ExportPreset]) -> None:
        records = [
            {
                "name": preset.name,
                "options": _record_of(preset.options),
                **{name: getattr(preset.choices, name) for name in _BESIDE},
            }
            for preset in presets
        ]
        self._settings.setValue(_OWN, json.dumps(records))


def _record_of(options: ExportOptions) -> dict[str, Any]:
    record = asdict(options)
    colour = record["colour"]
    return record | {"colour": {"file": str(colour)} if isinstance(colour, Path) else colour}


def _choices_of(record: dict[str, Any]) -> ExportChoices | None:
    options = _options_of(record.get("options"))
    if options is None:
        return None
    purpose = record.get("purpose")
    numbers = {name: record.get(name) for name in ("longest_px", "most_bytes")}
    kept = {name: value for name, value in numbers.items() if isinstance(value, int) and value > 0}
    return ExportChoices(options, purpose if purpose in PURPOSES else AS_SOURCE, **kept)


def _options_of(record: object) -> ExportOptions | None:
    """Return None for what is no choice any more: the file may come from another version, or from a person's hand."""
    if not isinstance(record, dict):
        return None
    known = {field.name for field in fields(ExportOptions)}
    values = {name: value for name, value in record.items() if name in known}
    if isinstance(values.get("colour"), dict):
        values["colour"] = Path(str(values["colour"].get("file", "")))
    try:
        for name, kind in _KINDS.items():
            if values.get(name) is not None:
                values[name] = kind(values[name])
        return ExportOptions(**values)
    except (BadInputError, TypeError, ValueError):
        return None


def _read(text: str) -> list[dict[str, Any]]:
    try:
        records = json.loads(text)
    except json.JSONDecodeError:
        return []
    return [record for record in records if isinstance(record, dict)] if isinstance(records, list) else []
