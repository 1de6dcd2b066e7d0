"""Files that other programs made are read as those programs mean them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest

from tests.round_trip import needs
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> None:
    subprocess.run(list(map(str, words)), check=True, capture_output=True)


def ramp(bits: int, *, alpha: bool = False) -> np.ndarray:
    """Smooth colours from black to white, odd in size, which a lossy format keeps nearly."""
    rows, columns = np.mgrid[0:113, 0:151] / np.array([112, 150])[:, None, None]
    values = np.dstack([rows, columns, (rows + columns) / 2, 1 - rows])[:, :, : 3 + alpha]
    return np.rint(values * (2**bits - 1)).astype(np.uint8 if bits == 8 else np.uint16)


def png(path: Path, samples: np.ndarray) -> Path:
    path.write_bytes(imagecodecs.png_encode(samples))
    return path


@needs("heif-enc")
@pytest.mark.parametrize(("bits", "coded"), [(8, 8), (16, 10), (16, 12)])
@pytest.mark.parametrize("alpha", [False, True])
def test_heic_keeps_its_depth_its_alpha_and_white(tmp_path, bits, coded, alpha):
    samples = ramp(bits, alpha=alpha)
    run(
        "heif-enc", "-q", "100", "-p", "chroma=444", "-b", coded, png(tmp_path / "a.png", samples), "-o", tmp_path / "a"
    )
    picture = read_picture(tmp_path / "a")
    wanted = samples / np.iinfo(samples.dtype).max
    assert picture.source_bits == bits
    assert np.abs(picture.pixels - wanted[:, :, :3]).max() < 0.03
    assert picture.pixels.max() == 1
    if alpha:
        assert np.abs(picture.alpha - wanted[:, :, 3]).max() < 0.01
