"""Lets a decoder that a crafted file could crash or keep busy work in a process of its own, with bounds.

Then that process ends, and this one says so.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from typing import IO

import psutil

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.host.subprogram import STARTED, module_command

PROCESSOR_LIMIT_S = 30.0
WAIT_LIMIT_S = 300.0  # a busy machine may let the process wait for long; one that waits on its own accord is broken
MEMORY_LIMIT_BYTES = 1_000_000_000
LOOK_INTERVAL_S = 0.05
_BROKEN = "No such file needs that: it is damaged or was made to do harm. Save it anew where it came from."


def guarded_output(name: str, module: str, arguments: tuple[str, ...], data: bytes = b"") -> tuple[bytes, int]:
    """Run a module in a process of its own, and return what it writes and its exit code.

    Parameters
    ----------
    name : str
        What the file is called, for the sentences.
    module : str
        Imports nothing of the program but `host.subprogram`, and writes `STARTED` before it does anything.
    arguments : tuple of str
    data : bytes
        For its standard input.

    Returns
    -------
    output : bytes
        Without `STARTED`.
    code : int

    Raises
    ------
    BadInputError
        If it takes too long or too much memory.
    FailureError
        If the process cannot be started, or the file for the data cannot be written.
    """
    try:
        # From a file, not through a pipe: `communicate` gives up the rest of its input after its first time-out.
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
            given.write(data)
            given.seek(0)
            output, code = _run(name, module_command(module, *arguments), given, complaints)
            if output.startswith(STARTED):
                return output.removeprefix(STARTED), code
            complaints.seek(0)
            told = complaints.read().decode(errors="replace").strip().splitlines()
    except OSError as error:
        raise _not_started(name, str(error)) from error
    raise _not_started(name, f"exit code {code}: {told[-1][:200]}" if told else f"exit code {code}")


def _not_started(name: str, why: str) -> FailureError:
    return FailureError(
        f"{name} was not read: the process that decodes it could not be started ({why}). Save it as .npy or .csv, or "
        "if it is a network as .safetensors, instead."
    )


def _run(name: str, command: list[str], given: IO[bytes], complaints: IO[bytes]) -> tuple[bytes, int]:
    process = subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
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
