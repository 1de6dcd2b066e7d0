"""Commands that run a module of this program in a process of its own, from source and from a bundle without Python."""

from __future__ import annotations

import os
import runpy
import sys

# In a bundle `sys.executable` is the program itself, which would read `-m` as an option of its own.
RUN_MODULE = "--run-module"
_OWN = "zssr_studio."
# What a module that decodes for this program writes first, on a line of its own: silence then means that it never ran.
STARTED = b"started\n"


def module_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of this program as `python -m` would.

    Parameters
    ----------
    module : str
        Such as ``zssr_studio.imaging.kernels.mat_decoder``.
    *arguments : str
        What the module finds in ``sys.argv[1:]``.

    Examples
    --------
    >>> module_command("zssr_studio.imaging.kernels.mat_decoder", "64")[-3:]
    ['-m', 'zssr_studio.imaging.kernels.mat_decoder', '64']
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, RUN_MODULE, module, *arguments]
    # -P: nothing is imported from the folder that the program happens to stand in.
    return [sys.executable, "-P", "-m", module, *arguments]


def runs_module(arguments: list[str]) -> bool:
    """Run the module that `module_command` asked a bundle for, and tell whether one was asked for.

    Parameters
    ----------
    arguments : list of str
        As ``sys.argv[1:]``.
    """
    if len(arguments) < 2 or arguments[0] != RUN_MODULE or not arguments[1].startswith(_OWN):
        return False
    sys.argv = [arguments[1], *arguments[2:]]
    runpy.run_module(arguments[1], run_name="__main__", alter_sys=False)
    return True


def release_library_path() -> None:
    """Let programs of the system, such as its file manager, find their own libraries and not those of a bundle.

    A bundle on Linux starts with `LD_LIBRARY_PATH` at its own folder, and keeps what was there before under another
    name. The system read it then, so that this process goes on finding the bundle's libraries.
    """
    if not getattr(sys, "frozen", False) or not sys.platform.startswith("linux"):
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
