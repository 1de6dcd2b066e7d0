"""How right the noise is that is found: of known deviation, even, on real pictures, sharp and blurred."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np

from tests import benchmark_pictures
from zssr_studio.engine.estimation.noise.white import estimate_noise
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

WHITE = 255
ASKED = 0.2
SEED = 0


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks noise", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["BSD100/x2", "Set14/x2", "BSD100-kernels/x2"])
    parser.add_argument("--std", nargs="+", type=float, default=[3, 5, 10, 15, 25], help="of 255")
    parser.add_argument("--shared", type=float, default=0.0, help="share of the noise that all channels have alike")
    options = parser.parse_args(arguments)
    shared = benchmark_pictures()
    for name in options.set:
        files = sorted((shared / "data" / name).glob("*_LR.png"))
        for std in options.std:
            print(_told(name, std, np.array([_found(file, std, options.shared) for file in files]) / std), flush=True)
    return 0


def _found(file: Path, std: float, shared: float) -> float:
    """Deviation that is found, of 255, where `std` was added."""
    found = estimate_noise(_noisy(read_picture(file).pixels, std / WHITE, shared))
    return 0.0 if found is None else found.mean_std() * WHITE


def _noisy(pixels: NDArray[np.float32], std: float, shared: float) -> NDArray[np.float32]:
    """Add noise, as an 8-bit file would hold it."""
    rng = np.random.default_rng(SEED)
    own, common = rng.normal(0, std, pixels.shape), rng.normal(0, std, (*pixels.shape[:2], 1))
    noise = np.sqrt(1 - shared) * own + np.sqrt(shared) * common
    return ((pixels + noise).clip(0, 1) * WHITE).round().astype(np.float32) / WHITE


def _told(name: str, std: float, ratios: NDArray[np.float64]) -> str:
    within = np.abs(ratios - 1) <= ASKED
    low, high = ratios.min(), ratios.max()
    return (
        f"{name}, noise of {std:g} of 255: within 20 % on {within.sum()} of {len(within)} pictures; found / true: "
        f"median {np.median(ratios):.2f}, from {low:.2f} to {high:.2f}"
    )
