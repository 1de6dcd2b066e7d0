"""How results are exported: named sets of choices, of which a person's own are remembered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zssr_studio.app.language import marked, tr
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import Compression, ExportOptions, Format, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

AS_SOURCE, ARCHIVE, WEB, PRINT = marked("As the source"), marked("Archive TIFF"), marked("Web JPEG"), marked("Print")
PRINT_PPI = 300.0
_OWN, _LAST = "export/own", "export/last"
_KINDS = {
    "format": Format,
    "metadata": MetadataPolicy,
    "resolution": ResolutionPolicy,
    "compression": Compression,
}


@dataclass(frozen=True, slots=True)
class ExportPreset:
    """A name for a set of choices."""

    name: str
    options: ExportOptions
    is_own: bool = False


BUILT_IN = (
    ExportPreset(ARCHIVE, ExportOptions(format=Format.TIFF)),
    ExportPreset(
        WEB, ExportOptions(format=Format.JPEG, bits=8, colour="srgb", quality=85, metadata=MetadataPolicy.NO_PLACE)
    ),
    ExportPreset(PRINT, ExportOptions(format=Format.TIFF, colour="adobe-rgb", pixels_per_inch=PRINT_PPI)),
)


def options_for(source: Path, print_ppi: float | None) -> ExportOptions:
    """Propose the source's own format, but nothing lossy: a JPEG becomes a PNG."""
    is_tiff = source.suffix.lower() in Format.TIFF.suffixes
    return ExportOptions(format=Format.TIFF if is_tiff else Format.PNG, pixels_per_inch=print_ppi)


class ExportModel:
    """The presets that are offered, and the choices that were made last.

    Parameters
    ----------
    settings : QSettings
        Where a person's own presets are kept.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def presets(self, source: Path, print_ppi: float | None = None) -> list[ExportPreset]:
        """List what can be chosen for a picture from a file, printed at a resolution if one was chosen."""
        return [ExportPreset(AS_SOURCE, options_for(source, print_ppi)), *BUILT_IN, *self._own()]

    def last(self) -> str:
        """Return the name of the preset that was used last."""
        return str(self._settings.value(_LAST, AS_SOURCE))

    def used(self, name: str) -> None:
        """Remember a preset for the next time."""
        self._settings.setValue(_LAST, name)

    def keep(self, name: str, options: ExportOptions) -> None:
        """Keep choices under a name; an own preset of that name is replaced.

        Raises
        ------
        BadInputError
            If the name is empty or that of a preset that comes with the program.
        """
        name = name.strip()
        if not name or name in (AS_SOURCE, *(preset.name for preset in BUILT_IN)):
            raise BadInputError(tr("'{name}' cannot be the name of a preset of your own. Give another one.", name=name))
        others = [preset for preset in self._own() if preset.name != name]
        self._write([*others, ExportPreset(name, options, is_own=True)])

    def forget(self, name: str) -> None:
        """Remove a preset of one's own."""
        self._write([preset for preset in self._own() if preset.name != name])

    def _own(self) -> list[ExportPreset]:
        records = _read(str(self._settings.value(_OWN, "[]")))
        found = [(str(record.get("name", "")), _options_of(record.get("options"))) for record in records]
        return [ExportPreset(name, options, is_own=True) for name, options in found if name and options is not None]

    def _write(self, presets: list[ExportPreset]) -> None:
        records = [{"name": preset.name, "options": _record_of(preset.options)} for preset in presets]
        self._settings.setValue(_OWN, json.dumps(records))


def _record_of(options: ExportOptions) -> dict[str, Any]:
    record = asdict(options)
    colour = record["colour"]
    return record | {"colour": {"file": str(colour)} if isinstance(colour, Path) else colour}


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
