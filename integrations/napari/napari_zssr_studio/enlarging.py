"""Calls the installed program on an array."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import tifffile

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROGRAM = "zssr-studio"
COLOURS = (3, 4)


class NotEnlargedError(Exception):
    """Says in a sentence why there is no result; napari shows it."""


def enlarged(pixels: NDArray[np.generic], scale: float, preset: str) -> NDArray[np.generic]:
    """Return pixels enlarged.

    Parameters
    ----------
    pixels : array, shape (H, W), (H, W, 3) or (H, W, 4)
        8 or 16 bits, or floating point in [0, 1].
    scale : float
        Vertical and horizontal.
    preset : str
        A name of ``zssr-studio presets``.

    Returns
    -------
    array
        As many bits as `pixels`; floating point as float32.

    Raises
    ------
    NotEnlargedError
    """
    if not (pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in COLOURS)):
        raise NotEnlargedError(f"One plane is enlarged, gray or RGB; this layer is of the shape {pixels.shape}.")
    if pixels.dtype.kind == "f":
        pixels = pixels.astype(np.float32)
    elif pixels.dtype not in (np.uint8, np.uint16):
        raise NotEnlargedError(f"Pixels of 8 or 16 bits or floating point are enlarged; these are {pixels.dtype}.")
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotEnlargedError(f"The program {PROGRAM} is not found. Install ZSSR Studio, then start napari again.")
    with tempfile.TemporaryDirectory(prefix="zssr-studio-napari-") as folder:
        source, target = Path(folder, "layer.tif"), Path(folder, "enlarged.tif")
        tifffile.imwrite(source, pixels, photometric="minisblack" if pixels.ndim == 2 else "rgb")
        command = [program, "upscale", source, "-o", target, "--scale", f"{scale:g}", "--preset", preset]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NotEnlargedError(done.stderr.strip().splitlines()[-1])
        return tifffile.imread(target)
