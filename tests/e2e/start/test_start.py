"""The program starts as a window with what a window needs, and as a terminal with all else."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from zssr_studio.errors import INTERRUPTED

# What draws the terminal's tables, reads its options and trains: none of it is needed until somebody asks.
NOT_YET = (
    "typer",
    "rich",
    "torch",
    "scipy",
    "PIL",
    "tifffile",
    "lxml",
    "filelock",
    "wakepy",
    "zssr_studio.batch.report",
)


def started(arguments: list[str], body: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program, whose window does what the body says, in a process of its own."""
    program = f"""
        import sys
        import zssr_studio.app.main as window
        from zssr_studio.__main__ import main

        def run_window(paths):
            {body}

        window.run_window = run_window
        sys.argv = ["zssr-studio", *{arguments!r}]
        main()
    """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["open"], ["open", "a.png", "b c.png"]])
def test_the_window_opens_without_the_commands_of_the_terminal(arguments):
    done = started(arguments, "print([str(path) for path in paths], 'typer' in sys.modules); return 7")
    assert done.stdout == f"{arguments[1:]} False\n", done.stderr
    assert done.returncode == 7


@pytest.mark.parametrize("arguments", [["open", "--help"], ["open", "--", "-a.png"], ["--version"]])
def test_what_has_an_option_goes_to_the_terminal(arguments):
    done = started(arguments, "print([str(path) for path in paths], 'typer' in sys.modules); return 0")
    assert done.returncode == 0, done.stderr
    assert ("Usage" in done.stdout, "['-a.png'] True" in done.stdout, "zssr-studio 0" in done.stdout).count(True) == 1


def test_a_shell_that_asks_what_may_follow_opens_no_window():
    done = started(
        [], "print('a window')", _ZSSR_STUDIO_COMPLETE="complete_bash", COMP_WORDS="zssr-studio", COMP_CWORD="1"
    )
    assert "a window" not in done.stdout
    assert "upscale" in done.stdout


@pytest.mark.parametrize(
    ("raised", "code", "told"),
    [
        ("FailureError('There is no display here.')", 1, "zssr-studio: There is no display here.\n"),
        ("BadInputError('That is no picture.')", 2, "zssr-studio: That is no picture.\n"),
        ("KeyboardInterrupt", 130, INTERRUPTED),
    ],
)
def test_what_keeps_a_window_from_opening_is_a_sentence_and_a_code(raised, code, told):
    done = started([], f"from zssr_studio.errors import BadInputError, FailureError; raise {raised}")
    assert (done.returncode, done.stderr) == (code, told)


def test_the_first_screen_is_built_without_what_it_does_not_need(tmp_path):
    program = f"""
        import sys

        import qasync
        from PySide6.QtWidgets import QApplication

        from zssr_studio.app.main import build

        application = QApplication([])

        async def show():
            studio = build(application)
            studio.window.show()
            print(sorted(set({NOT_YET!r}) & sys.modules.keys()))
            studio.window.close_now()
            await studio.tasks.finish()
            studio.autosave.end()
            studio.sample.end()
            studio.scores.end()

        with qasync.QEventLoop(application) as loop:
            loop.run_until_complete(show())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[:1] == ["[]"], done.stderr
