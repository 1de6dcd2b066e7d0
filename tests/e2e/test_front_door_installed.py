"""The front door of the installed wheel, from another folder, in a new virtual environment, as a person meets it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TYPED = """
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import zssr_studio as zs

array: NDArray[Any] = zs.upscale(np.zeros((8, 8, 3), np.uint8), scale=(2, 1.5), kernel="bicubic", steps=2).pixels
from_path: NDArray[Any] = zs.upscale(Path("photo.png"), cleaning=0.01, crop=(0, 0, 8, 8)).pixels
image: Image.Image = zs.upscale(Image.new("L", (8, 8)), on_event=print).pixels
notes: tuple[str, ...] = zs.write(zs.read("photo.png"), "photo.tif", bits=16)
consistency: float = zs.upscale(zs.Picture(np.zeros((8, 8, 1), np.float32))).consistency_db
job: zs.Job = zs.Job(zs.read("photo.png"), zs.Scale(2, 2))
for event in zs.run(job):
    print(event)
"""
WRONG = """
import zssr_studio as zs

zs.upscale("photo.png", seed="one")
zs.upscayl("photo.png")
text: str = zs.upscale("photo.png").pixels
"""


def checked(command: list[object], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, without what points Python at the checkout."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, cwd=folder, env=environment
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel; its builder comes from the network where the environment has none."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", folder, PROJECT]
    done = checked(command, folder)
    if done.returncode != 0 and "hatchling" in done.stderr and "No matching distribution" in done.stderr:
        pytest.skip("hatchling, which builds the wheel, is neither here nor within reach")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel; it borrows the running environment's other packages."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = checked([interpreter, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
    packages = Path(asked.stdout.strip())
    # A folder that a .pth file names is searched last, and its own .pth files, an editable install's, are not read.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        packages,
        wheel,
    ]
    done = checked(command, folder)
    assert done.returncode == 0, done.stderr
    return interpreter


def test_the_wheel_holds_the_door_its_types_and_the_sample(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = ("py.typed", "__init__.pyi", "door/enlarge.py", "resources/sample.png")
    assert {f"zssr_studio/{name}" for name in wanted} <= names


def test_four_lines_of_python_enlarge_a_picture_from_another_folder(python, tmp_path):
    lines = (
        "import zssr_studio as zs",
        "result = zs.upscale(zs.resource_path('sample.png'), scale=2, crop=(100, 120, 24, 32), steps=2)",
        "print(zs.__file__, result.pixels.shape, result.pixels.dtype, result.consistency_db > 30)",
        "result.save('twice.png')",
    )
    (tmp_path / "four_lines.py").write_text("\n".join(lines), encoding="utf-8")
    done = checked([python, "-W", "error", "four_lines.py"], tmp_path)
    assert done.returncode == 0, done.stderr
    place, told = done.stdout.strip().split(" ", 1)
    assert Path(place).is_relative_to(python.parents[1])
    assert told == "(48, 64, 3) uint8 True"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["four_lines.py", "twice.png"]


def test_a_type_checker_knows_what_comes_back(python, tmp_path):
    (tmp_path / "typed.py").write_text(TYPED, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    done = checked(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "typed.py", "wrong.py"], tmp_path
    )
    told = done.stdout.splitlines()
    assert not [line for line in told if line.startswith("typed.py")], done.stdout
    wrong = [line.rpartition("[")[2].rstrip("]") for line in told if line.startswith("wrong.py") and "error" in line]
    assert wrong == ["call-overload", "attr-defined", "assignment"], done.stdout + done.stderr
