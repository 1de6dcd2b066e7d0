"""PSNR and SSIM of a picture against its ground truth, by the protocol of the field's tables. Imports no torch.

Both are taken on the luma of MATLAB's rgb2ycbcr (BT.601, 16 to 235), after rounding to 8 bits and without the border.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# ITU-R BT.601 for 8 bits, as MATLAB's rgb2ycbcr has it.
LUMA_WEIGHTS, LUMA_OFFSET = (65.481, 128.553, 24.966), 16.0
PEAK = 255.0
# SSIM as Wang et al. 2004 define it: a Gaussian window of 11 x 11, K1 = 0.01 and K2 = 0.03.
WINDOW_RADIUS_PX, WINDOW_SIGMA_PX = 5, 1.5
C1, C2 = (0.01 * PEAK) ** 2, (0.03 * PEAK) ** 2
# Rows that are compared at once, to bound the memory. Chosen.
BAND_ROWS = 256


@dataclass(frozen=True, slots=True)
class PsnrSsim:
    """Agreement of a picture with its ground truth; `ssim` is None where the picture is smaller than its window."""

    psnr_db: float
    ssim: float | None


def psnr_ssim(pixels: NDArray[np.float32], truth: NDArray[np.float32], border_px: int) -> PsnrSsim:
    """Compare a picture with its ground truth.

    Parameters
    ----------
    pixels, truth : ndarray, shape (H, W, 1 or 3), float32
        Values in [0, 1]; one may be gray and the other colour.
    border_px : int
        Rows and columns that are left out at each edge: the scale, rounded up. Fewer where the picture is too small.

    Returns
    -------
    PsnrSsim
        PSNR is inf for equal pictures.

    Raises
    ------
    ValueError
        If the sizes differ.
    """
    if pixels.shape[:2] != truth.shape[:2]:
        raise ValueError(f"a picture of {pixels.shape[:2]} cannot be compared with a truth of {truth.shape[:2]}")
    border = max(0, min(border_px, (min(pixels.shape[:2]) - 1) // 2))
    inside = slice(border, pixels.shape[0] - border), slice(border, pixels.shape[1] - border)
    return _compared(pixels[inside], truth[inside])


def luma(pixels: NDArray[np.float32]) -> NDArray[np.float64]:
    """Luma (H, W), 16 to 235, of values in [0, 1], which are rounded to 8 bits first."""
    values = np.rint(pixels.clip(0, 1) * np.float32(255)).astype(np.float64) / 255
    if values.shape[2] == 1:
        values = values.repeat(3, axis=2)
    return np.asarray(values @ np.array(LUMA_WEIGHTS) + LUMA_OFFSET, dtype=np.float64)


def _compared(pixels: NDArray[np.float32], truth: NDArray[np.float32]) -> PsnrSsim:
    """Compare in bands, so that a large picture needs little memory; they overlap by the window of SSIM."""
    height, width = pixels.shape[:2]
    margin = WINDOW_RADIUS_PX
    squared = total = 0.0
    for top in range(0, height, BAND_ROWS):
        stop = min(height, top + BAND_ROWS)
        rows = slice(max(0, top - margin), min(height, stop + margin))
        a, b = luma(pixels[rows]), luma(truth[rows])
        own = slice(top - rows.start, stop - rows.start)
        squared += float(np.square(a[own] - b[own]).sum())
        if len(a) > 2 * margin and width > 2 * margin:
            total += float(_similarity(a, b).sum())
    mean_square = squared / (height * width)
    windows = max(0, height - 2 * margin) * max(0, width - 2 * margin)
    psnr_db = 10 * math.log10(PEAK**2 / mean_square) if mean_square else math.inf
    return PsnrSsim(psnr_db, total / windows if windows else None)


def _similarity(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """SSIM of each window that lies inside: (H - 10, W - 10)."""
    mean_a, mean_b = _smoothed(a), _smoothed(b)
    variance_a, variance_b = _smoothed(a * a) - mean_a**2, _smoothed(b * b) - mean_b**2
    covariance = _smoothed(a * b) - mean_a * mean_b
    numerator = (2 * mean_a * mean_b + C1) * (2 * covariance + C2)
    return numerator / ((mean_a**2 + mean_b**2 + C1) * (variance_a + variance_b + C2))


def _smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh each window by a Gaussian; the edge, where it does not fit, is left out."""
    # Imported here, since it takes a sixth of a second, for which the window would wait at its start.
    from scipy.ndimage import correlate1d

    distance = np.arange(-WINDOW_RADIUS_PX, WINDOW_RADIUS_PX + 1)
    taps = np.exp(-0.5 * (distance / WINDOW_SIGMA_PX) ** 2)
    taps /= taps.sum()
    inside = slice(WINDOW_RADIUS_PX, -WINDOW_RADIUS_PX)
    once = correlate1d(values, taps, axis=0)[inside]
    return np.asarray(correlate1d(once, taps, axis=1)[:, inside], dtype=np.float64)
