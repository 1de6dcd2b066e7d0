"""Calls the installed program on a file. It imports nothing of GIMP, so that it can be tried without it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = "zssr-studio"
# Where packages put the program and a desktop's session may not look.
FOLDERS = ("/usr/bin", "/usr/local/bin", "~/.local/bin", "/Applications/ZSSR Studio.app/Contents/MacOS")
LOOK_INTERVAL_S = 0.2


class NotEnlargedError(Exception):
    """Says in a sentence why there is no result."""


def program() -> str:
    """Return the path of the program.

    Raises
    ------
    NotEnlargedError
        If it is not installed.
    """
    more = os.pathsep.join(str(Path(folder).expanduser()) for folder in FOLDERS)
    found = shutil.which(PROGRAM) or shutil.which(PROGRAM, path=more)
    if found is None:
        raise NotEnlargedError(f"The program {PROGRAM} is not found. Install ZSSR Studio, then start GIMP again.")
    return found


def enlarge(source: Path, target: Path, scale: float, preset: str, tell: Callable[[], None]) -> None:
    """Write a picture enlarged.

    Parameters
    ----------
    scale : float
        Vertical and horizontal.
    preset : str
        A name of ``zssr-studio presets``.
    tell : callable
        Called some times a second while it goes on.

    Raises
    ------
    NotEnlargedError
    """
    command = [program(), "upscale", str(source), "-o", str(target), "--scale", f"{scale:g}", "--preset", preset]
    with (
        (target.parent / "said.txt").open("w+b") as said,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said) as process,
    ):
        try:
            while process.poll() is None:
                tell()
                try:
                    process.wait(LOOK_INTERVAL_S)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            process.terminate()
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
    if process.returncode != 0:
        raise NotEnlargedError(lines[-1] if lines else f"{PROGRAM} ended with code {process.returncode}.")
