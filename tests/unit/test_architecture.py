"""The rules of the house: who may import whom, and how long a file may be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
MAX_LINES = 300


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        ("engine/metrics.py", "from zssr_studio.imaging import read\n"),
        ("imaging/picture.py", "import torch\n"),
        ("engine/config.py", "import torch\n"),
        ("pipeline.py", "import PySide6\n"),
        ("app/models/run/run.py", "from zssr_studio.app import theme\n"),
        ("app/views/canvas/canvas.py", "from zssr_studio import pipeline\nimport torch\n"),
    ],
)
def test_a_planted_violation_is_found(tmp_path, file, planted):
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "zssr_studio", tmp_path / "zssr_studio", ignore=ignored)
    target = tmp_path / "zssr_studio" / file
    target.write_text(target.read_text(encoding="utf-8") + "\n" + planted, encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert "BROKEN" in done.stdout


def test_no_file_is_long():
    long = {
        str(path.relative_to(PROJECT)): count
        for path in (PROJECT / "zssr_studio").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


def test_benchmarks_are_listed():
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("quality", "speed", "large", "hostile", "responsiveness", "startup"))
