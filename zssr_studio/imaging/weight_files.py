"""Weights of a network in safetensors files, which hold arrays and text and can run no code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import safetensors.numpy
from safetensors import SafetensorError

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.kept import write_kept
from zssr_studio.imaging.saving.places import check_ordinary, check_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MAX_BYTES = 200_000_000
SUFFIX = ".safetensors"


def read_weight_file(path: Path) -> tuple[dict[str, NDArray[np.float32]], dict[str, str]]:
    """Read arrays by name, and the text that belongs to them.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    check_ordinary(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadInputError(f"{path.name} is too large for weights of this program. Choose another file.")
        content = path.read_bytes()
        length = int.from_bytes(content[:8], "little")
        metadata = json.loads(content[8 : 8 + length]).get("__metadata__") or {}
        return safetensors.numpy.load(content), {str(key): str(value) for key, value in metadata.items()}
    except FileNotFoundError as error:
        raise BadInputError(f"There is no file {path}. Check the name and the folder.") from error
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror or error}. Check the disk or the name.") from error
    except (SafetensorError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise BadInputError(
            f"{path.name} is no weight file or is damaged. Choose one that this program wrote (--save-weights)."
        ) from error


def check_weight_file(path: Path, *, overwrite: bool) -> None:
    """Find out before a long run whether weights can be written to a file.

    Raises
    ------
    BadInputError
    """
    if path.suffix.lower() != SUFFIX:
        raise BadInputError(f"{path.name} is no name for weights. End it in {SUFFIX}.")
    check_place(path, overwrite=overwrite)


def write_weight_file(
    arrays: Mapping[str, NDArray[np.float32]], metadata: Mapping[str, str], path: Path, *, overwrite: bool
) -> None:
    """Write arrays by name with the text that belongs to them; elsewhere if not there, since they took time.

    Raises
    ------
    KeptElsewhereError, FailureError
    """
    # Bytes of a file's name that are no text are none in JSON either.
    texts = {key: value.encode("utf-8", "replace").decode() for key, value in metadata.items()}
    content = safetensors.numpy.save(dict(arrays), texts)
    write_kept(path, lambda file: file.write(content), overwrite=overwrite)
