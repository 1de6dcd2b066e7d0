"""The window or the terminal; nothing else."""

from zssr_studio.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
