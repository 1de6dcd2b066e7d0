"""The window or the terminal; nothing else. In a bundle also a process that works for one of them."""

import sys

from zssr_studio.host.subprogram import release_library_path, runs_module


def main() -> None:
    """Run what the command line asks for, and exit with its code."""
    release_library_path()
    if runs_module(sys.argv[1:]):
        return
    # Behind it, so that a process that only decodes a file loads no terminal.
    from zssr_studio.cli.app import main as run_terminal

    run_terminal()


if __name__ == "__main__":
    main()
