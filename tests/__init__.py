"""The tests, the benchmarks and the screenshots."""

from __future__ import annotations

import sys
from pathlib import Path


def shared_folder() -> Path | None:
    """The folder with the benchmark pictures beside the project, or None where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "data").is_dir() else None


def benchmark_pictures() -> Path:
    """The same for a benchmark, which cannot go on without it."""
    folder = shared_folder()
    if folder is None:
        print("The benchmark pictures are not here: put the folder `shared` beside the project.", file=sys.stderr)
        raise SystemExit(2)
    return folder


def piece_of_sample(path: Path, box: tuple[int, int, int, int]) -> Path:
    """Write a piece (left, top, right, bottom) of the sample photo into a file of its own."""
    from PIL import Image

    from zssr_studio.resource import SAMPLE_PHOTO, resource_path

    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        image.crop(box).save(path)
    return path
