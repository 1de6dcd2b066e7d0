"""Lets a decoder that a crafted file could crash or keep busy work in a process of its own, with bounds.

Then that process ends, and this one says so.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import psutil

from zssr_studio.errors import BadInputError, FailureError

if TYPE_CHECKING:
    from pathlib import Path

PROCESSOR_LIMIT_S = 30.0
WAIT_LIMIT_S = 300.0  # a busy machine may let the process wait for long; one that waits on its own accord is broken
MEMORY_LIMIT_BYTES = 1_000_000_000
LOOK_INTERVAL_S = 0.05
_BROKEN = "No such file needs that: it is damaged or was made to do harm. Save it anew where it came from."


def guarded_output(name: str, script: Path, arguments: tuple[str, ...], data: bytes = b"") -> tuple[bytes, int]:
    """Run a script in a process of its own, and return what it writes and its exit code.

    Parameters
    ----------
    name : str
        What the file is called, for the sentences.
    script : Path
        A file of Python that imports nothing of the package.
    arguments : tuple of str
    data : bytes
        For its standard input.

    Raises
    ------
    BadInputError
        If it takes too long or too much memory.
    FailureError
        If the process cannot be started, or the file for the data cannot be written.
    """
    # -P: nothing is imported from the folder that the program happens to stand in, nor from beside the script.
    command = [sys.executable, "-P", str(script), *arguments]
    try:
        # From a file, not through a pipe: `communicate` gives up the rest of its input after its first time-out.
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            process = subprocess.Popen(
                command,
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
    except OSError as error:
        raise FailureError(
            f"{name} was not read: it cannot be handed to a process that decodes it ({error}). Save it as .npy "
            "or .csv, or if it is a network as .safetensors, instead."
        ) from error
    with process:
        try:
            return _watched(name, process), process.wait()
        finally:
            process.kill()


def _watched(name: str, process: subprocess.Popen[bytes]) -> bytes:
    """Wait for the answer; end the process where it takes too much."""
    begun_s = time.monotonic()
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=LOOK_INTERVAL_S)[0]
        computed_s, held_bytes = _taken(process.pid)
        if computed_s > PROCESSOR_LIMIT_S:
            raise BadInputError(f"{name} takes more than {PROCESSOR_LIMIT_S:g} s to decode. {_BROKEN}")
        if time.monotonic() - begun_s > WAIT_LIMIT_S:
            raise BadInputError(f"{name} was not decoded within {WAIT_LIMIT_S:g} s. {_BROKEN}")
        if held_bytes > MEMORY_LIMIT_BYTES:
            raise BadInputError(f"{name} asks for more than {MEMORY_LIMIT_BYTES / 1e9:g} GB of memory. {_BROKEN}")


def _taken(pid: int) -> tuple[float, int]:
    """Tell the processor time that a process has taken, in seconds, and the memory that it holds, in bytes."""
    with contextlib.suppress(psutil.Error):  # it has just ended
        process = psutil.Process(pid)
        times = process.cpu_times()
        return times.user + times.system, int(process.memory_info().rss)
    return 0.0, 0
