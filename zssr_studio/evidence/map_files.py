"""The maps as files: 16-bit gray PNG, linear, white at a level that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.export import ExportOptions, Format
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.write import check_writable, write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.engine.maps import Maps

# What is white in the files, in [0, 1] of the value range: 16 of 255 levels. Chosen: hardly a pixel of the maps that
# were measured goes beyond, and what counts as unstable, an eighth of it, is still seen.
WHITE = 16 / 255
CONSISTENCY, BEYOND, DISAGREEMENT, MEMBERS = "consistency", "beyond", "disagreement", "members"
BITS = 16


def map_path(folder: Path, stem: str, kind: str) -> Path:
    """Name the file of a map of the result with a stem."""
    return folder / f"{stem}_{kind}.png"


def check_map_folder(folder: Path, stem: str, *, overwrite: bool) -> None:
    """Refuse a folder in which the maps cannot be written, before the run; one that is missing is made.

    Raises
    ------
    BadInputError, FailureError
    """
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder} is a file. Give --maps a folder, which is made where it is missing.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FailureError(f"The folder {folder} cannot be made ({error.strerror}). Give --maps another.") from error
    for kind in (CONSISTENCY, BEYOND, DISAGREEMENT, MEMBERS):
        check_writable(map_path(folder, stem, kind), overwrite=overwrite)


def write_maps(
    maps: Maps, members: NDArray[np.float16] | None, folder: Path, stem: str, *, overwrite: bool
) -> dict[str, Path]:
    """Write what there is of the maps.

    Parameters
    ----------
    maps : Maps
    members : ndarray, shape (H, W), float16, or None
        Deviation of networks of other seeds.
    folder : Path
    stem : str
        Of the result's name, with which the names of the maps begin.
    overwrite : bool

    Returns
    -------
    dict of str to Path
        By the kind: `consistency` has `WHITE` as white, and so have `disagreement` and `members`; `beyond` is white
        where the difference is more than noise, compression and rounding explain.

    Raises
    ------
    BadInputError, FailureError
    """
    layers: dict[str, NDArray[np.floating] | NDArray[np.bool_] | None] = {
        CONSISTENCY: maps.error,
        BEYOND: maps.beyond,
        DISAGREEMENT: maps.deviation,
        MEMBERS: members,
    }
    written = {}
    for kind, values in layers.items():
        if values is None:
            continue
        white = 1.0 if kind == BEYOND else WHITE
        pixels = np.nan_to_num(values.astype(np.float32)) / np.float32(white)
        path = map_path(folder, stem, kind)
        picture = Picture(pixels[..., None].clip(0, 1), source_bits=BITS)
        write_picture(picture, path, overwrite=overwrite, options=ExportOptions(format=Format.PNG, bits=BITS))
        written[kind] = path
    return written
