"""Weights that others released, beside the project, and what they reach on Set5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests import shared_folder
from tests.runs import returned
from zssr_studio.engine.config import Scale
from zssr_studio.engine.psnr_ssim import psnr_ssim
from zssr_studio.imaging.read import read_picture
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.registry import method_named

if TYPE_CHECKING:
    from pathlib import Path


def shared() -> Path:
    """The folder with the weights and the pictures; without it the test is skipped."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the benchmark data beside the project is missing")
    return folder


def set5_db(name: str, scale: int) -> float:
    """Mean luma PSNR in dB of the network in a file below `shared/models`."""
    by, reached = method_named(str(shared() / "models" / name)), []
    for truth in sorted((shared() / "data" / "Set5" / f"x{scale}").glob("*_HR.png")):
        lr = read_picture(truth.with_name(truth.name.replace("_HR", "_LR")))
        _, result = returned(by.enlarge(lr, Scale(scale, scale), Allowance(device="cpu")))
        reached.append(psnr_ssim(result.pixels, read_picture(truth).pixels, scale).psnr_db)
    return float(np.mean(reached))
