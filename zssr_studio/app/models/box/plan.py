"""How the pictures of a box are enlarged, and where their results go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER_NAME = "enlarged"
USUAL_NAME = "{stem}_zssr{scale}x"


@dataclass(frozen=True, slots=True)
class BoxPlan:
    """What a person chose for all pictures of the box; scale, effort and the like are those of the settings.

    Parameters
    ----------
    folder : Path
        Of the results; the journal lies in it too.
    template : str
        How results are called, with `{stem}`, `{scale}` and `{folder}`.
    suffix : str
        Of the format; empty takes that of each source.
    is_shared : bool
        Whether blur, noise and compression are undone in all pictures as in the one that is open, instead of what is
        found in each.
    """

    folder: Path
    template: str = USUAL_NAME
    suffix: str = ""
    is_shared: bool = False

    @property
    def name(self) -> str:
        """The template with the suffix."""
        return self.template + self.suffix
