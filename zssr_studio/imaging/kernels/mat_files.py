"""MATLAB files, decoded in a process of their own with bounds on time and memory.

The decoders (scipy for version 5, HDF5 for 7.3) are written in C for files that are well meant; one that is crafted can
crash them, keep them busy for ever or make them ask for all memory. Then that process ends, and this one says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from zssr_studio.errors import BadInputError, FailureError

DECODER = Path(__file__).with_name("mat_decoder.py")
PROCESSOR_LIMIT_S = 30.0
WAIT_LIMIT_S = 300.0  # a busy machine may let the process wait for long; one that waits on its own accord is broken
MEMORY_LIMIT_BYTES = 1_000_000_000
LOOK_INTERVAL_S = 0.05


def decode_mat(name: str, data: bytes, max_side: int, max_axes: int = 2) -> list[dict[str, Any]]:
    """Decode the arrays of a MATLAB file; see `mat_decoder.decode`.

    Parameters
    ----------
    name : str
        What the file is called, for the sentences.
    data : bytes
    max_side, max_axes : int
        Arrays with more of them are told of without their values.

    Raises
    ------
    BadInputError
        If the bytes are no MATLAB file, a damaged one, or one that breaks its decoder.
    FailureError
        If the process cannot be started, or the file for its bytes cannot be written.
    """
    output, code = _decoded(name, data, max_side, max_axes)
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise BadInputError(
            f"{name} broke its decoder (code {code}), which ran apart from this program: the file is damaged or was "
            "made to do harm. Do not use it; save it anew where it came from."
        ) from error
    if "problem" in answer:
        reason = " ".join(str(answer["problem"]).split())[:160].rstrip(".")
        raise BadInputError(f"{name} cannot be read as a MATLAB file ({reason}). Save it anew.")
    arrays: list[dict[str, Any]] = answer["arrays"]
    return arrays


def _decoded(name: str, data: bytes, max_side: int, max_axes: int) -> tuple[bytes, int]:
    # -P: nothing is imported from the folder that the program happens to stand in, nor from beside the decoder.
    command = [sys.executable, "-P", str(DECODER), str(max_side), str(max_axes)]
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
            f"{name} was not read: it cannot be handed to a process that decodes MATLAB files ({error}). Save "
            "it in another format instead."
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


_BROKEN = "No such file needs that: it is damaged or was made to do harm. Save it anew where it came from."
