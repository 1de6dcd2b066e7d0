"""The rules of the house: who may import whom, and how long a file may be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import grimp
import pytest

PROJECT = Path(__file__).resolve().parents[2]
MAX_LINES = 300
MAX_MODULES, USUAL_MODULES = 12, 8
MAX_CHAIN = 16
# Who may know the main window: who makes it, who owns it as a whole, and itself.
OWNERS_OF_THE_WINDOW = {
    "app/studio.py",
    "app/controllers/window/layout.py",
    "app/controllers/window/window.py",
    "app/views/window/main_window.py",
}


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
        ("engine/kernels/kernel.py", "from zssr_studio.engine.estimation import noise\n"),
        ("engine/estimation/noise/white.py", "import torch\n"),
        ("engine/output/enlarger.py", "from zssr_studio.engine.training import plan\n"),
        ("words/notices.py", "from zssr_studio import job\n"),
        ("door/arrays.py", "import torch\n"),
        ("door/files.py", "import PySide6\n"),
        ("methods/interpolation.py", "from zssr_studio.methods import registry\n"),
        ("methods/method.py", "import PySide6\n"),
        ("methods/selfex/blend.py", "from zssr_studio.methods.selfex import enlarge\n"),
        ("cli/run.py", "from zssr_studio.cli import files\n"),
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


def sources(room: str = "zssr_studio") -> list[Path]:
    return sorted((PROJECT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ["zssr_studio", "tests"])
def test_a_folder_can_be_taken_in_at_a_glance(room):
    counts = Counter(path.parent for path in sources(room) if path.name != "__init__.py")
    assert {str(folder): count for folder, count in counts.items() if count > MAX_MODULES} == {}
    assert median(counts.values()) <= USUAL_MODULES


def imports() -> dict[str, list[str]]:
    """Return which modules each module imports, for type checkers too."""
    graph = grimp.build_graph("zssr_studio", cache_dir=None)
    return {module: sorted(graph.find_modules_directly_imported_by(module)) for module in graph.modules}


def test_no_import_leads_back_and_no_chain_of_them_is_long():
    imported = imports()
    # Fails on a circle, and gives each module behind all that it imports.
    order = list(TopologicalSorter(imported).static_order())
    longest: dict[str, list[str]] = {}
    for module in order:
        behind = max((longest[one] for one in imported[module]), key=len, default=[])
        longest[module] = [module, *behind]
    chain = max(longest.values(), key=len)
    assert len(chain) <= MAX_CHAIN, " -> ".join(chain)


def test_controllers_know_views_and_models_and_not_the_window():
    root = PROJECT / "zssr_studio"
    knowing = {path.relative_to(root).as_posix() for path in sources() if "MainWindow" in path.read_text("utf-8")}
    assert knowing == OWNERS_OF_THE_WINDOW


@pytest.mark.parametrize("once", ["MAILBOX_INTERVAL_MS =", "def resolve_scene(", "canvas.set_scene("])
def test_what_is_to_be_one_is_one(once):
    folder = PROJECT / "zssr_studio" / "app"
    assert sum(path.read_text(encoding="utf-8").count(once) for path in folder.rglob("*.py")) == 1


def test_benchmarks_are_listed():
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("quality", "speed", "large", "hostile", "responsiveness", "startup"))


def test_each_benchmark_finds_what_it_imports():
    paths = sorted((PROJECT / "tests" / "benchmarks").rglob("[a-z]*.py"))
    names = [".".join(path.relative_to(PROJECT).with_suffix("").parts) for path in paths]
    assert len(names) > 15
    done = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(names)}"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
