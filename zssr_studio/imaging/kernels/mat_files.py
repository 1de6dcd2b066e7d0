"""MATLAB files, decoded in a process of their own with bounds on time and memory.

The decoders (scipy for version 5, HDF5 for 7.3) are written in C for files that are well meant; one that is crafted can
crash them, keep them busy for ever or make them ask for all memory. Then that process ends, and this one says so.
"""

from __future__ import annotations

import json
from typing import Any

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.guarded_process import guarded_output

DECODER = "zssr_studio.imaging.kernels.mat_decoder"


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
    output, code = guarded_output(name, DECODER, (str(max_side), str(max_axes)), data)
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
