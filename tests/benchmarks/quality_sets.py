"""What quality is measured on: folders of `../shared/data`, or draws by `../shared/bench/degrade.py`."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class PictureSet:
    """Pictures with their truths.

    Parameters
    ----------
    name : str
        As it stands in the rows.
    small, truths : Path
        The folders of `NAME_LR.png` (or jpg) and `NAME_HR.png`.
    scale : int
    """

    name: str
    small: Path
    truths: Path
    scale: int

    def images(self, most: int | None) -> list[Path]:
        """Return the LR pictures, the first so many."""
        return sorted([*self.small.glob("*_LR.png"), *self.small.glob("*_LR.jpg")])[:most]

    def truth(self, image: Path) -> Path:
        """Return the HR picture of an LR one."""
        return self.truths / f"{image.stem.removesuffix('_LR')}_HR.png"


def name_of(folder: str, draw: str) -> str:
    """Return what a set is called in the rows: its folder, with the seed of its draw."""
    return f"{folder} draw {draw}" if draw else folder


@contextmanager
def picture_set(shared: Path, folder: str, draw: str) -> Iterator[PictureSet]:
    """Have a set ready.

    Parameters
    ----------
    shared : Path
    folder : str
        Such as "BSD100/x2", below `shared/data`.
    draw : str
        Seed with which each HR picture is given a random kernel; empty: the LR pictures that are there.
    """
    scale = int(folder.rsplit("/x", 1)[-1])
    data = shared / "data"
    if not draw:
        truths = data / folder.replace("-kernels", "").replace("-poor", "")
        yield PictureSet(folder, data / folder, truths, scale)
        return
    with TemporaryDirectory() as made:
        command = [sys.executable, str(shared / "bench" / "degrade.py"), "kernel", str(_source(data / folder)), made]
        subprocess.run([*command, "--scale", str(scale), "--seed", draw], check=True)
        yield PictureSet(name_of(folder, draw), Path(made), Path(made), scale)


def _source(folder: Path) -> Path:
    """Return a folder with the HR pictures of a set, which do for any scale."""
    others = sorted(folder.parent.glob("x*"))
    if not folder.is_dir() and not others:
        raise SystemExit(f"There are no pictures in {folder.parent}.")
    return folder if folder.is_dir() else others[0]
