"""The tests, the benchmarks and the screenshots."""

from __future__ import annotations

from pathlib import Path


def shared_folder() -> Path | None:
    """The folder with the benchmark pictures beside the project, or None where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "data").is_dir() else None
