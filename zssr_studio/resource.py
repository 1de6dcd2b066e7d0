"""Finds the files that ship with the program: the sample photo, the font, the icons."""

from __future__ import annotations

from pathlib import Path

SAMPLE_PHOTO = "sample.png"


def resource_path(name: str) -> Path:
    """Return the path of a shipped file.

    An installed wheel carries `resources/` inside the package; a checkout has it beside the package.

    Parameters
    ----------
    name : str
        Path below `resources/`, with forward slashes.

    Raises
    ------
    FileNotFoundError
        If the installation lacks the file.
    """
    package = Path(__file__).parent
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"The installation lacks resources/{name}; install ZSSR Studio again.")
