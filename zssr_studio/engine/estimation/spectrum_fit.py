"""Fits a model of a blurred scene to the power spectrum of a picture, by least squares. Imports no torch."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from zssr_studio.engine.estimation.spectrum import SECTOR, SECTORS, USED

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zssr_studio.engine.estimation.spectrum import NoiseFloor

    Array = NDArray[np.float64]

# Standard deviations of what a fit takes for normal: of a log power about the model, of the log noise floor above what
# is known of it, and of the log power of a direction about the others. Chosen; no comparison was kept.
LOG_POWER_STD, LOG_FLOOR_STD, LOG_SECTOR_STD = 0.3, 3.0, 1 / 3
# Ends a fit that does not converge: noise and amplitude can be hard to tell apart. Of 25 pictures one came out 0.001 LR
# pixels squared away without this bound, after twice the time.
MAX_EVALUATIONS = 60
# Relative change of the loss, or of the parameters, at which a fit ends. At 1e-8, the library's own, fits take twice as
# long; of 101 pictures the kernels of photographs differ by at most 0.4 %, those of drawn patterns and bricks further.
PRECISION = 1e-5
_DIRECTIONS = np.eye(SECTORS)[SECTOR[USED]]


class SpectrumFit(NamedTuple):
    """A model fitted to a spectrum: its loss, and the parameters of its blur."""

    loss: float
    values: Array


def fit_spectrum(
    power: Callable[[Array], Array], start: Array, log_amplitude: float, measured: Array, floor: NoiseFloor
) -> SpectrumFit:
    """Fit the parameters of a blur, the amplitude of the scene, the noise floor and the directions.

    Parameters
    ----------
    power : callable
        Takes k parameters; gives the power of a blurred scene at the frequencies in `USED`.
    start : ndarray, shape (k,)
    log_amplitude : float
        Where the search of the amplitude begins.
    measured : ndarray, shape (m,)
        As `zssr_studio.engine.estimation.spectrum.sharpest_spectrum` gives it.
    floor : NoiseFloor
        The noise, as far as it is known.
    """
    model = _Model(power, len(start), measured, floor)
    first = np.concatenate([start, [log_amplitude, math.log(floor.level)], np.zeros(SECTORS)])
    fitted = least_squares(
        model.residuals, first, model.slopes, loss="soft_l1", max_nfev=MAX_EVALUATIONS, ftol=PRECISION, xtol=PRECISION
    )
    return SpectrumFit(float(fitted.cost), fitted.x[: len(start)])


class _Model:
    """Residuals of a model, each over its standard deviation, and their derivatives.

    Parameters are those of the blur (k), the log amplitude, the log noise floor, and by how much the log power of each
    direction differs from the model.
    """

    def __init__(self, power: Callable[[Array], Array], count: int, measured: Array, floor: NoiseFloor) -> None:
        self._count, self._measured, self._shape = count, measured, floor.shape[USED]
        self._log_known_floor = math.log(floor.level)
        # Slopes are asked for where residuals were.
        self._power = lru_cache(maxsize=2 * (count + 1))(lambda *values: power(np.array(values)))

    def residuals(self, p: Array) -> Array:
        scene, noise, log_floor, directions = self._parts(p)
        off = (np.log(scene + noise) + directions[SECTOR[USED]] - self._measured) / LOG_POWER_STD
        above = (log_floor - self._log_known_floor) / self._floor_std(log_floor)
        every: Array = np.concatenate([off, [above], directions / LOG_SECTOR_STD])
        return every

    def slopes(self, p: Array) -> Array:
        """Return their derivatives, shape (residuals, parameters); only the blur's parameters take more evaluations."""
        scene, noise, log_floor, _ = self._parts(p)
        by_blur = [self._slope(p, scene, one) for one in range(self._count)]
        by_power = np.stack([*by_blur, scene, noise], axis=1) / (scene + noise)[:, None]
        count, seen = self._count, len(self._measured)
        every = np.zeros((seen + 1 + SECTORS, count + 2 + SECTORS))
        every[:seen] = np.hstack([by_power, _DIRECTIONS]) / LOG_POWER_STD
        every[seen, count + 1] = 1 / self._floor_std(log_floor)
        every[seen + 1 :, count + 2 :] = np.eye(SECTORS) / LOG_SECTOR_STD
        return every

    def _parts(self, p: Array) -> tuple[Array, Array, float, Array]:
        """Power of the scene and of the noise, the logarithm of the noise's, and the directions."""
        scene = np.exp(p[self._count]) * self._power(*p[: self._count])
        log_floor = float(p[self._count + 1])
        return scene, math.exp(log_floor) * self._shape, log_floor, p[self._count + 2 :]

    def _slope(self, p: Array, scene: Array, one: int) -> Array:
        """Return the derivative of the scene's power by a parameter of the blur, by a forward difference."""
        far = p[: self._count].copy()
        far[one] += math.copysign(math.sqrt(np.finfo(float).eps), far[one]) * max(1.0, abs(far[one]))
        slope: Array = (np.exp(p[self._count]) * self._power(*far) - scene) / (far[one] - p[one])
        return slope

    def _floor_std(self, log_floor: float) -> float:
        # There is always rounding, so that the floor is hardly lower than what is known; it may well be higher.
        return 1.0 if log_floor < self._log_known_floor else LOG_FLOOR_STD
