"""The tests, the benchmarks and the screenshots."""

from __future__ import annotations

from pathlib import Path


def shared_folder() -> Path | None:
    """The folder with the benchmark pictures beside the project, or None where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "data").is_dir() else None


def piece_of_sample(path: Path, box: tuple[int, int, int, int]) -> Path:
    """Write a piece (left, top, right, bottom) of the sample photo into a file of its own."""
    from PIL import Image

    from zssr_studio.resource import SAMPLE_PHOTO, resource_path

    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        image.crop(box).save(path)
    return path
