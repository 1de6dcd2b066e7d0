"""`python -m tests.translations` brings resources/translations up to date with the window and compiles it.

What is new comes into the .ts file as unfinished: translate it with Qt Linguist (`pyside6-linguist`), then run this
again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

from zssr_studio.app.language import TRANSLATIONS

ROOT = Path(__file__).parents[1]
SOURCES = [ROOT / "zssr_studio" / "app", ROOT / "zssr_studio" / "words"]
FOLDER = ROOT / "resources" / TRANSLATIONS
TOOLS = Path(PySide6.__file__).parent


def main() -> int:
    for file in sorted(FOLDER.glob("*.ts")):
        update(file)
        compile_to(file, file.with_suffix(".qm"))
        print(file)
    return 0


def update(file: Path) -> None:
    """Take the texts of the window into a .ts file, and those out that are gone."""
    sources = sorted(str(path.relative_to(ROOT)) for folder in SOURCES for path in folder.rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-tr-function-alias", "QT_TR_NOOP+=marked"]
    _run("lupdate", *options, *sources, "-source-language", "en", "-target-language", file.stem[-2:], "-ts", str(file))


def compile_to(file: Path, compiled: Path) -> None:
    """Make what the program loads of a .ts file."""
    _run("lrelease", str(file), "-qm", str(compiled))


def _run(tool: str, *arguments: str) -> None:
    program = next(path for path in (TOOLS / tool, TOOLS / f"{tool}.exe") if path.exists())
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{tool}: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
