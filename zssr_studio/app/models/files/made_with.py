"""The settings that a file of this program was made with, as its metadata tell them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.errors import BadInputError
from zssr_studio.record.plain import crop_from, damage_from, kernel_from_packed

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Crop

DEVICES = ("auto", "cpu", "cuda", "mps", "xpu")


@dataclass(frozen=True, slots=True)
class MadeWith:
    """How a file was made.

    Parameters
    ----------
    line : str
        In words, as the file has it.
    source, source_sha256 : str
        The name of the file that it was made from, and its hash.
    when : str
        ISO 8601.
    settings : Settings or None
        None where the file does not tell them in numbers, as those of November 2026.
    crop : Crop or None
        The part of the source that was enlarged; None is all of it.
    has_record : bool
        Whether the file holds what it takes to do its run again.
    """

    line: str
    source: str = ""
    source_sha256: str = ""
    when: str = ""
    settings: Settings | None = None
    crop: Crop | None = None
    has_record: bool = False


def made_with(packet: bytes | None) -> MadeWith | None:
    """Read a packet of XMP; None where it is no file of this program."""
    # What reads XML takes a moment to load, and the window shows before that.
    from zssr_studio.imaging.metadata import made_with as said
    from zssr_studio.imaging.metadata.rdf import XmpError

    try:
        found = {} if packet is None else said.made_with(packet)
    except XmpError:
        return None
    if "line" not in found:
        return None
    line, source, sha256, when = (found.get(name, "") for name in ("line", "source", "source_sha256", "when"))
    in_words = MadeWith(line, source, sha256, when, has_record="run_record" in found)
    try:
        record = json.loads(found.get("record", "null"))
        return in_words if record is None else replace(in_words, settings=_settings(record), crop=_crop(record))
    except (BadInputError, ValueError, KeyError, TypeError, OverflowError):
        # It was written by a hand or a later version; what it says in words still holds.
        return in_words


def _settings(record: dict[str, Any]) -> Settings:
    preset, device = str(record["preset"]), str(record["device"])
    seconds, steps = record["seconds"], record["steps"]
    settings = Settings(
        scale=Scale(*map(float, record["scale"])),
        preset=preset,
        kernel=kernel_from_packed(record["kernel"]),
        damage=damage_from(record["damage"]),
        seed=int(record["seed"]),
        seconds=None if seconds is None else float(seconds),
        steps=None if steps is None else int(steps),
        device=device,
    )
    if preset not in PRESETS or device not in DEVICES or settings.seed < 0 or (settings.seconds or 1) <= 0:
        raise ValueError("the settings are none of this version")
    return settings


def _crop(record: dict[str, Any]) -> Crop | None:
    return crop_from(record["crop"])
