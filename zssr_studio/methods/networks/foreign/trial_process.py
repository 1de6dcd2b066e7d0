"""Tries a network of ncnn or ONNX on a small picture: arguments KIND FILE [BIN], an answer as JSON.

It is run as a process of its own, because a crafted file can crash the libraries, keep them busy for ever or make them
ask for all memory. It imports nothing of the program but what it says first.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from zssr_studio.host.subprogram import STARTED

TRIED_PX = 32


def tried_ncnn(param: str, weights: str) -> dict[str, Any]:
    """Return the names of what goes in and comes out, the channels, and the sides of what comes out."""
    import ncnn
    import numpy as np

    network = ncnn.Net()
    if network.load_param(param) != 0:
        return {"problem": "its description is none that ncnn reads"}
    if network.load_model(weights) != 0:
        return {"problem": "its weights do not fit its description"}
    into, out = network.input_names(), network.output_names()
    if len(into) != 1 or len(out) != 1:
        return {"problem": f"it takes {len(into)} things and gives {len(out)}, not a picture each"}
    extractor = network.create_extractor()
    picture = np.full((3, TRIED_PX, TRIED_PX), 0.5, np.float32)  # ncnn does not keep it alive
    extractor.input(into[0], ncnn.Mat(picture))
    code, given = extractor.extract(out[0])
    if code != 0:
        return {"problem": "it cannot be computed"}
    return {"into": into[0], "out": out[0], "channels": 3, "tried": TRIED_PX, "given": list(np.array(given).shape)}


def tried_onnx(path: str) -> dict[str, Any]:
    """Return the same, and the side of the only picture that it takes, or None."""
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    with open(path, "rb") as file:  # noqa: PTH123  # nothing of the package, and little of anything, is imported
        session = onnxruntime.InferenceSession(file.read(), options, providers=["CPUExecutionProvider"])
    into, out = session.get_inputs(), session.get_outputs()
    if len(into) != 1 or len(out) != 1 or len(into[0].shape) != 4 or into[0].type not in TYPES:
        return {"problem": "it does not take one picture (1, channels, height, width) and give one"}
    _, channels, height, width = into[0].shape
    channels = channels if isinstance(channels, int) else 3
    fixed = height if isinstance(height, int) else None
    if channels not in (1, 3) or (fixed is not None and (fixed != width or not 8 <= fixed <= 1024)):
        return {"problem": f"it takes pictures of the form {into[0].shape}, which are none that are known here"}
    side = fixed or TRIED_PX
    picture = np.full((1, channels, side, side), 0.5, np.dtype(TYPES[into[0].type]))
    given = list(session.run(None, {into[0].name: picture})[0].shape)
    told = {"into": into[0].name, "out": out[0].name, "channels": channels, "tried": side, "given": given[1:]}
    return {**told, "fixed": fixed, "type": TYPES[into[0].type]}


TYPES = {"tensor(float)": "float32", "tensor(float16)": "float16"}


def main() -> None:
    """Try, and write; what the libraries say of a damaged file is an answer, not a failure."""
    answer: dict[str, Any]
    os.write(1, STARTED)
    # ncnn writes to the terminal what it thinks of a file.
    told = os.dup(1)
    os.dup2(2, 1)
    try:
        answer = tried_ncnn(*sys.argv[2:]) if sys.argv[1] == "ncnn" else tried_onnx(*sys.argv[2:])
    except ImportError as error:
        answer = {"missing": str(error)}
    except Exception as error:  # noqa: BLE001  # the boundary: a damaged file raises nearly anything
        answer = {"problem": str(error) or type(error).__name__}
    with os.fdopen(told, "w", encoding="utf-8") as out:
        out.write(json.dumps(answer))


if __name__ == "__main__":
    main()
