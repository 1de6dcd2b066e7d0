"""The window or the terminal; nothing else. In a bundle also a process that works for one of them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from zssr_studio.errors import INTERRUPTED
from zssr_studio.host.subprogram import release_library_path, runs_module

if TYPE_CHECKING:
    from collections.abc import Sequence

# Set while a shell asks what may follow, without an argument: that is for the terminal.
COMPLETION = "_ZSSR_STUDIO_COMPLETE"


def main() -> None:
    """Run what the command line asks for, and exit with its code."""
    release_library_path()
    arguments = sys.argv[1:]
    if runs_module(arguments):
        return
    try:
        # Behind it, so that a process that only decodes a file loads no terminal, and the window no commands: to read
        # them took a third of its start.
        if is_for_window(arguments):
            _show_window(arguments[1:])
        from zssr_studio.cli.app import main as run_terminal

        run_terminal()
    except KeyboardInterrupt:
        # While that loads, which takes a moment; `cli.app` takes what comes later.
        from zssr_studio.cli.streams import EXIT_INTERRUPTED

        sys.stderr.write(INTERRUPTED)
        sys.exit(EXIT_INTERRUPTED)


def is_for_window(arguments: Sequence[str]) -> bool:
    """Tell whether a command line asks for the window and for nothing that the terminal's own help has to say.

    Parameters
    ----------
    arguments : sequence of str
        As ``sys.argv[1:]``.

    Examples
    --------
    >>> is_for_window([]), is_for_window(["open", "photo.jpg"])
    (True, True)
    >>> is_for_window(["open", "--help"]), is_for_window(["info", "photo.jpg"])
    (False, False)
    """
    if COMPLETION in os.environ or any(argument.startswith("-") for argument in arguments):
        return False
    return not arguments or arguments[0] == "open"


def _show_window(names: Sequence[str]) -> None:
    from pathlib import Path

    from zssr_studio.app.main import run_window
    from zssr_studio.cli.signals import end_at_once
    from zssr_studio.cli.streams import errors_told, outlast_terminal

    outlast_terminal()
    end_at_once()
    with errors_told():
        sys.exit(run_window(tuple(Path(name) for name in names)))


if __name__ == "__main__":
    main()
