"""The window or the terminal; nothing else. In a bundle also a process that works for one of them."""

import sys

from zssr_studio.errors import INTERRUPTED
from zssr_studio.host.subprogram import release_library_path, runs_module

EXIT_INTERRUPTED = 130


def main() -> None:
    """Run what the command line asks for, and exit with its code."""
    release_library_path()
    if runs_module(sys.argv[1:]):
        return
    try:
        # Behind it, so that a process that only decodes a file loads no terminal.
        from zssr_studio.cli.app import main as run_terminal

        run_terminal()
    except KeyboardInterrupt:
        # While that loads, which takes a moment; `cli.app` takes what comes later.
        sys.stderr.write(INTERRUPTED)
        sys.exit(EXIT_INTERRUPTED)


if __name__ == "__main__":
    main()
