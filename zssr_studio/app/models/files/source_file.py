"""The file that a picture was read from, as it was then: by the time of an export it may be changed, moved or gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zssr_studio.imaging.metadata.blocks import Derivation

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """What was told of a file when a picture was read from it.

    Parameters
    ----------
    path : Path
        Where it was opened; exports are proposed beside it.
    page : int
        Of the file, from 1.
    facts : dict
        See `source_facts`.
    when : str
        When it was changed last, ISO 8601.
    copy : Path
        Where its bytes lie: there, or where the project that it came with was unpacked.
    """

    path: Path
    page: int
    facts: dict[str, Any]
    when: str
    copy: Path

    @property
    def sha256(self) -> str:
        """Of the whole file, in hexadecimal."""
        return str(self.facts["sha256"])

    def derivation(self, settings: str, digital_source_type: str | None, record: str | None) -> Derivation:
        """Tell that a file is made from this one; see `Derivation`."""
        return Derivation(self.path.name, self.sha256, settings, self.when, digital_source_type, record)
