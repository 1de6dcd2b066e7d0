"""The spectrum of a picture at its sharpest places, by which blurs are told. Imports no torch.

A window of a picture says little about its blur: it may show a soft thing. So for each direction only the sharpest
windows are asked, as edges are where a blur shows itself.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.damage import LUMA

if TYPE_CHECKING:
    from collections.abc import Callable

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
# Deviation of a log power from a model that counts as usual, of the noise floor from what is known of it, and of a
# direction from the others.
USUAL_LOG, USUAL_FLOOR_LOG, SECTOR_LOG = 0.3, 3.0, 1 / 3
ROUNDING_VARIANCE = 1 / 12 / 255**2
MAX_WINDOWS = 4000
# By how many times its noise the power of a picture has to exceed it to tell anything.
CLEAR = 4
# Of a larger picture the middle is looked at.
MOST_SIDE_PX = 2048


def luma(pixels: NDArray[np.float32]) -> Array:
    """Return the brightness of pixels (H, W, C), or of the middle of many, shape (h, w), float64."""
    weights = LUMA if pixels.shape[2] == 3 else (1.0,)
    starts = [max(0, size - MOST_SIDE_PX) // 2 for size in pixels.shape[:2]]
    middle = pixels[starts[0] : starts[0] + MOST_SIDE_PX, starts[1] : starts[1] + MOST_SIDE_PX]
    brightness: Array = middle.astype(np.float64) @ np.array(weights)
    return brightness


@dataclass(frozen=True, slots=True, eq=False)
class Aliases:
    """Waves of a sampled picture, each with the eight nearest of the scene that look the same in it.

    Parameters
    ----------
    rows, columns : ndarray, shape (9, ...)
        Wave numbers in cycles per pixel.
    scene : ndarray, shape (9, ...)
        Power of a scene in them.
    """

    rows: Array
    columns: Array
    scene: Array

    @classmethod
    def at(cls, rows: Array, columns: Array) -> Aliases:
        """Look at wave numbers of the picture, in cycles per pixel."""
        shifts = list(itertools.product((-1, 0, 1), repeat=2))
        down, right = (np.stack([own + shift[axis] for shift in shifts]) for axis, own in enumerate((rows, columns)))
        return cls(down, right, (down**2 + right**2 + 1e-4) ** (-SCENE_EXPONENT / 2))


def windows(brightness: Array) -> tuple[Array, NDArray[np.intp]]:
    """Cut a brightness into overlapping windows.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]

    Returns
    -------
    powers : ndarray, shape (n, 32, 32)
        Spectra of the windows; white noise of variance v has power v. None for a picture smaller than a window.
    places : ndarray, shape (n, 2)
        Where they begin, row before column.
    """
    if min(brightness.shape) < WINDOW_PX:
        return np.empty((0, WINDOW_PX, WINDOW_PX)), np.empty((0, 2), np.intp)
    hop = HOP_PX
    while math.prod((size - WINDOW_PX) // hop + 1 for size in brightness.shape) > MAX_WINDOWS:
        hop += HOP_PX
    every = np.lib.stride_tricks.sliding_window_view(brightness, (WINDOW_PX, WINDOW_PX))[::hop, ::hop]
    places = np.argwhere(np.ones(every.shape[:2], bool)) * hop
    parts = every.reshape(-1, WINDOW_PX, WINDOW_PX)
    parts = parts - (parts * _TAPER**2).sum(axis=(1, 2), keepdims=True)
    return np.abs(np.fft.fft2(parts * _TAPER)) ** 2, places


def tells_enough(powers: Array, floor: float) -> bool:
    """Whether windows show more than noise, and long waves in each direction: drawn stripes and boards do not.

    Parameters
    ----------
    powers : ndarray, shape (n, 32, 32)
    floor : float
        Power of the noise.
    """
    mean = powers.mean(axis=0)
    least = min(mean[USED & (SECTOR == sector) & (RADIUS < LOW)].mean() for sector in range(SECTORS))
    return bool(mean[USED].mean() > CLEAR * floor and least > CLEAR * ROUNDING_VARIANCE)


def sharpest(powers: Array, floor: float) -> Array:
    """Look at the sharpest windows of each direction.

    Parameters
    ----------
    powers : ndarray, shape (n, 32, 32)
    floor : float
        Power of the noise.

    Returns
    -------
    ndarray, shape (m,)
        Logarithm of their mean power at the wave numbers in `USED`.
    """
    spectrum = np.zeros(powers.shape[1:])
    for sector in range(SECTORS):
        inside = USED & (SECTOR == sector)
        low = powers[:, inside & (RADIUS < LOW)].mean(axis=1)
        high = powers[:, inside & (RADIUS > HIGH)].mean(axis=1)
        lively = low >= max(float(np.quantile(low, 1 - LIVELY_SHARE)), np.finfo(float).tiny)
        sharpness = np.where(lively, (high - floor).clip(0) / np.maximum(low, np.finfo(float).tiny), 0)
        chosen = lively & (sharpness >= np.quantile(sharpness, 1 - LIVELY_SHARE * SHARP_SHARE))
        # Each window counts alike, whatever its contrast.
        mean = (powers[chosen] / low[chosen, None, None]).mean(axis=0) * np.median(low[chosen])
        spectrum[inside] = mean[inside]
    measured: Array = np.log(np.maximum(spectrum[USED], np.finfo(float).tiny))
    return measured


def aliased(transfer: Callable[[Array, Array], Array], waves: Aliases) -> Array:
    """Power of a blurred and sampled scene.

    Parameters
    ----------
    transfer : callable
        Takes wave numbers in cycles per pixel and gives by what the blur multiplies their power.
    waves : Aliases
        Those of the sampled picture that are asked for.
    """
    power: Array = (transfer(waves.rows, waves.columns) * waves.scene).sum(axis=0)
    return power


def gaussian_transfer(covariance: Array, rows: Array, columns: Array) -> Array:
    """By what a Gaussian of row-row, row-column and column-column variance multiplies the power of waves."""
    variance = covariance[0] * rows**2 + 2 * covariance[1] * rows * columns + covariance[2] * columns**2
    transfer: Array = np.exp(-4 * math.pi**2 * variance.clip(-2, 50))
    return transfer


def misfit(model: Array, sectors: Array, floor_log: float, known_floor_log: float, measured: Array) -> Array:
    """Tell how far a model is from a measured spectrum, for least squares.

    Parameters
    ----------
    model : ndarray, shape (m,)
        Logarithm of the power at the wave numbers in `USED`.
    sectors : ndarray, shape (8,)
        By how much directions differ from the model.
    floor_log, known_floor_log : float
        Logarithm of the noise's power, in the model and as far as it is known.
    measured : ndarray, shape (m,)
    """
    off = (model + sectors[SECTOR[USED]] - measured) / USUAL_LOG
    # Rounding is always there, so that the floor is hardly lower than what is known; it may well be higher.
    held = (floor_log - known_floor_log) / (1.0 if floor_log < known_floor_log else USUAL_FLOOR_LOG)
    every: Array = np.concatenate([off, [held], sectors / SECTOR_LOG])
    return every


def _taper() -> Array:
    hann = np.hanning(WINDOW_PX + 2)[1:-1]
    taper = np.outer(hann, hann)
    # White noise of variance v has power v.
    unit: Array = taper / np.sqrt((taper**2).sum())
    return unit


_TAPER = _taper()
ROWS, COLUMNS = np.meshgrid(np.fft.fftfreq(WINDOW_PX), np.fft.fftfreq(WINDOW_PX), indexing="ij")
RADIUS = np.hypot(ROWS, COLUMNS)
SECTOR = np.floor(np.mod(np.arctan2(ROWS, COLUMNS), np.pi) / np.pi * SECTORS + 0.5).astype(int) % SECTORS
# The spectrum of a real picture is symmetric: one half of it says all.
USED = ((ROWS > 0) | ((ROWS == 0) & (COLUMNS > 0))) & (RADIUS > LEAST_FREQUENCY) & (RADIUS <= NYQUIST)
ALL_WAVES, USED_WAVES = Aliases.at(ROWS, COLUMNS), Aliases.at(ROWS[USED], COLUMNS[USED])
