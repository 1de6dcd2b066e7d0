"""How a picture was blurred, found from its own spectrum: an anisotropic Gaussian. Imports no torch.

The spectrum of a scene falls with the wave number alike in all directions, nearly as a power law. What it falls beyond
that is the blur's doing. A window of the picture says little: it may show a soft thing. So for each direction only the
sharpest windows are asked, as edges are where a blur shows itself. The model of their power is a power law times the
squared transfer function of a Gaussian, summed over the aliases of the sampling, plus a floor of noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import least_squares

from zssr_studio.engine.damage import LUMA

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

WINDOW_PX = 32
HOP_PX = WINDOW_PX // 4
SECTORS = 8
# Of all windows, those that count: the sharper half of the livelier half.
LIVELY_SHARE = SHARP_SHARE = 0.5
# Power of a scene over the wave number; natural pictures lie between 2 and 3.
SCENE_EXPONENT = 2.4
LEAST_FREQUENCY, LOW, HIGH, NYQUIST = 0.05, 0.16, 0.25, 0.5
# Deviation of a log power from the model that counts as usual, and of the noise floor from what is known of it.
USUAL_LOG, USUAL_FLOOR_LOG = 0.3, 3.0
SECTOR_LOG = 1 / 3
ROUNDING_VARIANCE = 1 / 12 / 255**2
# Two parts of a picture that are both sharper than this do not differ.
LEAST_VARIANCE_LR = 0.1
MAX_WINDOWS = 4000
# Of a larger picture the middle is looked at.
MOST_SIDE_PX = 2048
LEAST_WINDOWS = 40


@dataclass(frozen=True, slots=True)
class Blur:
    """A Gaussian blur, in pixels of the picture itself.

    Parameters
    ----------
    covariance : tuple of float
        Row-row, row-column and column-column, in LR pixels squared, as the model fits it best: not yet corrected for
        what scenes have in common with blurs (see `zssr_studio.engine.estimate`).
    spread : float
        How far four parts of the picture differ about it: standard deviation of the logarithm of the mean variance.
    """

    covariance: tuple[float, float, float]
    spread: float


def luma(pixels: NDArray[np.float32]) -> Array:
    """Return the brightness of pixels (H, W, C), or of the middle of many, shape (h, w), float64."""
    weights = LUMA if pixels.shape[2] == 3 else (1.0,)
    starts = [max(0, size - MOST_SIDE_PX) // 2 for size in pixels.shape[:2]]
    middle = pixels[starts[0] : starts[0] + MOST_SIDE_PX, starts[1] : starts[1] + MOST_SIDE_PX]
    brightness: Array = middle.astype(np.float64) @ np.array(weights)
    return brightness


def measure_blur(brightness: Array, noise_variance: float = 0.0) -> Blur | None:
    """Fit the blur of a picture.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    noise_variance : float
        Of white noise in it, as far as it is known.

    Returns
    -------
    Blur or None
        None where the picture has too little to go by: too small, or flat.
    """
    powers, places = _windows(brightness)
    floor = max(noise_variance, ROUNDING_VARIANCE)
    if len(powers) < LEAST_WINDOWS or not powers[:, _USED].mean() > 4 * floor:
        return None
    whole = _fit(powers, floor)
    middle = np.median(places, axis=0)
    quarter = (places > middle) @ np.array([2, 1])
    parts = [powers[quarter == n] for n in range(4)]
    sizes = [_mean_variance(_fit(part, floor)) for part in parts if len(part) >= LEAST_WINDOWS // 4]
    spread = float(np.std(np.log(np.maximum(sizes, LEAST_VARIANCE_LR)))) if len(sizes) > 1 else math.inf
    return Blur(whole, spread)


def _mean_variance(covariance: tuple[float, float, float]) -> float:
    return (covariance[0] + covariance[2]) / 2


def _windows(brightness: Array) -> tuple[Array, NDArray[np.intp]]:
    """Power spectra of overlapping windows (n, 32, 32), and where they begin (n, 2)."""
    if min(brightness.shape) < WINDOW_PX:
        return np.empty((0, WINDOW_PX, WINDOW_PX)), np.empty((0, 2), np.intp)
    hop = HOP_PX
    while math.prod((size - WINDOW_PX) // hop + 1 for size in brightness.shape) > MAX_WINDOWS:
        hop += HOP_PX
    every = np.lib.stride_tricks.sliding_window_view(brightness, (WINDOW_PX, WINDOW_PX))[::hop, ::hop]
    places = np.argwhere(np.ones(every.shape[:2], bool)) * hop
    windows = every.reshape(-1, WINDOW_PX, WINDOW_PX)
    windows = windows - (windows * _TAPER**2).sum(axis=(1, 2), keepdims=True)
    return np.abs(np.fft.fft2(windows * _TAPER)) ** 2, places


def _fit(powers: Array, floor: float) -> tuple[float, float, float]:
    """Fit covariance, amplitude and noise floor to the sharpest windows of each direction."""
    measured = _sharpest(powers, floor)
    rows, columns, sectors = _ROWS[_USED], _COLUMNS[_USED], _SECTOR[_USED]
    floor_log = math.log(floor)

    def residuals(p: Array) -> Array:
        off = (_model(p, rows, columns) + p[5:][sectors] - measured) / USUAL_LOG
        # Rounding is always there, so that the floor is hardly lower than what is known; it may well be higher.
        held = (p[4] - floor_log) / (1.0 if p[4] < floor_log else USUAL_FLOOR_LOG)
        every: Array = np.concatenate([off, [held], p[5:] / SECTOR_LOG])
        return every

    start = np.concatenate([[0.5, 0, 0.5, measured.mean(), floor_log], np.zeros(SECTORS)])
    fitted = least_squares(residuals, start, loss="soft_l1").x
    return float(fitted[0]), float(fitted[1]), float(fitted[2])


def _sharpest(powers: Array, floor: float) -> Array:
    """Logarithm of the mean power of each direction's sharpest windows, at the used wave numbers."""
    spectrum = np.zeros(powers.shape[1:])
    for sector in range(SECTORS):
        inside = _USED & (_SECTOR == sector)
        low = powers[:, inside & (_RADIUS < LOW)].mean(axis=1)
        high = powers[:, inside & (_RADIUS > HIGH)].mean(axis=1)
        lively = low >= max(float(np.quantile(low, 1 - LIVELY_SHARE)), np.finfo(float).tiny)
        sharpness = np.where(lively, (high - floor).clip(0) / np.maximum(low, np.finfo(float).tiny), 0)
        chosen = lively & (sharpness >= np.quantile(sharpness, 1 - LIVELY_SHARE * SHARP_SHARE))
        # Each window counts alike, whatever its contrast.
        mean = (powers[chosen] / low[chosen, None, None]).mean(axis=0) * np.median(low[chosen])
        spectrum[inside] = mean[inside]
    measured: Array = np.log(np.maximum(spectrum[_USED], np.finfo(float).tiny))
    return measured


def _model(p: Array, rows: Array, columns: Array) -> Array:
    """Logarithm of the power at wave numbers in cycles per pixel; p is covariance (3), log amplitude, log floor."""
    power = np.zeros(rows.shape)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            r, c = rows + down, columns + right
            variance = p[0] * r * r + 2 * p[1] * r * c + p[2] * c * c
            transfer = np.exp(-4 * math.pi**2 * variance.clip(-2, 50))
            power += transfer * (r * r + c * c + 1e-4) ** (-SCENE_EXPONENT / 2)
    log_power: Array = np.log(np.exp(p[3]) * power + np.exp(p[4]))
    return log_power


def _taper() -> Array:
    hann = np.hanning(WINDOW_PX + 2)[1:-1]
    taper = np.outer(hann, hann)
    # White noise of variance v has power v.
    unit: Array = taper / np.sqrt((taper**2).sum())
    return unit


_TAPER = _taper()
_ROWS, _COLUMNS = np.meshgrid(np.fft.fftfreq(WINDOW_PX), np.fft.fftfreq(WINDOW_PX), indexing="ij")
_RADIUS = np.hypot(_ROWS, _COLUMNS)
_SECTOR = np.floor(np.mod(np.arctan2(_ROWS, _COLUMNS), np.pi) / np.pi * SECTORS + 0.5).astype(int) % SECTORS
# The spectrum of a real picture is symmetric: one half of it says all.
_USED = ((_ROWS > 0) | ((_ROWS == 0) & (_COLUMNS > 0))) & (_RADIUS > LEAST_FREQUENCY) & (_RADIUS <= NYQUIST)
