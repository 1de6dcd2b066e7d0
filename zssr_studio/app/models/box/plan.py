"""How the pictures of a box are enlarged, and where their results go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.imaging.export import WRITE_SUFFIXES

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

FOLDER_NAME = "enlarged"
USUAL_NAME = "{stem}_zssr{scale}x"
_NAME, _SUFFIX, _FOLDERS = "box/name", "box/suffix", "box/folders"
# Of so many boxes it is remembered where their results went. Chosen.
MOST_FOLDERS = 50


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
    home : Path or None
        Where the results go if nobody says otherwise, by which the box is known again.
    """

    folder: Path
    template: str = USUAL_NAME
    suffix: str = ""
    is_shared: bool = False
    home: Path | None = None

    @property
    def name(self) -> str:
        """The template with the suffix."""
        return self.template + self.suffix


def kept_plan(kept: QSettings, home: Path) -> BoxPlan:
    """Return how a box is enlarged: results are called as last time, and go where those of this box went."""
    suffix = str(kept.value(_SUFFIX, ""))
    folder = Path(_folders(kept).get(str(home), home))
    return BoxPlan(
        # A disk that is not there, or a folder that was moved, is no place.
        folder if folder.parent.is_dir() else home,
        str(kept.value(_NAME, USUAL_NAME)),
        suffix if suffix in WRITE_SUFFIXES else "",
        home=home,
    )


def keep_plan(kept: QSettings, plan: BoxPlan) -> None:
    """Remember how results are called, and where those of this box go."""
    kept.setValue(_NAME, plan.template)
    kept.setValue(_SUFFIX, plan.suffix)
    if plan.home is None:
        return
    folders = _folders(kept)
    folders.pop(str(plan.home), None)
    if plan.folder != plan.home:
        folders[str(plan.home)] = str(plan.folder)
    kept.setValue(_FOLDERS, json.dumps(dict(list(folders.items())[-MOST_FOLDERS:])))


def _folders(kept: QSettings) -> dict[str, str]:
    """Return where results went, by where they would have gone, the last one last."""
    try:
        found = json.loads(str(kept.value(_FOLDERS, "{}")))
    except ValueError:
        # A hand was at the file; what it says of the others still counts.
        return {}
    return {str(home): str(folder) for home, folder in found.items()} if isinstance(found, dict) else {}
