"""The high frequencies of a picture as its low ones predict them. Imports no torch.

An edge of the scene is an edge at all scales. So the low frequencies of a picture, which a blur hardly touches, are
sharpened: its gradient is raised to a power, against the contrast of the surroundings. That gives high frequencies with
the phases and about the strength that edges have. What the picture's own high frequencies are of the predicted ones is
the blur's doing: their strength tells how wide it is (`width_correction`), their phase how asymmetric it is
(`asymmetry`). What this is worth stands in docs/lab, "The blur" and "Beyond the Gaussian".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.spectrum import ROUNDING_VARIANCE, middle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Spectrum = NDArray[np.complex128]

NYQUIST = 0.5
# The low-pass is as soft as a Butterworth filter of this order. Chosen; no comparison was kept.
LOW_PASS_ORDER = 6
# Division by the transfer function is bounded where it falls below this. Chosen; no comparison was kept.
LEAST_TRANSFER = 0.02
# The power to which gradients are raised (docs/lab, "The blur"), and the Gaussian over which their contrast is
# measured. Chosen; no comparison was kept.
SHARPENING_POWER = 2.0
SURROUNDINGS_SIGMA_PX = 8.0
# Mirrored around the picture, so that the Fourier transform does not see its border. Chosen.
MARGIN_PX = 48
# The window that hides the margin is a Hann window to this power: nearly flat. Chosen.
WINDOW_POWER = 0.1
# Of a larger picture the middle is used, which bounds the time. Chosen.
MAX_SIDE_PX = 384
# Rings of 1/32 cycle per pixel, over which frequencies of all directions are summed. Chosen.
RINGS = 32


@dataclass(frozen=True, slots=True, eq=False)
class CentreSpectrum:
    """The Fourier transform of the middle of a picture, from which its high frequencies are predicted.

    Parameters
    ----------
    spectrum : ndarray, shape (H, W), complex128
        Of the picture with a mirrored margin.
    taper : ndarray, shape (H, W)
        Window that hides the margin.
    rows, columns : ndarray, shapes (H, 1) and (1, W)
        Vertical and horizontal frequency in cycles per pixel.
    radius : ndarray, shape (H, W)
        Radial frequency in cycles per pixel.
    rings : ndarray, shape (H, W), int
        In which of `RINGS` rings of radial frequency each lies; `RINGS` from one cycle per pixel on.
    """

    spectrum: Spectrum
    taper: Array
    rows: Array
    columns: Array
    radius: Array
    rings: NDArray[np.intp]

    @classmethod
    def of(cls, brightness: Array) -> CentreSpectrum:
        """Transform the middle of a brightness (H, W), nominally in [0, 1]."""
        seen = middle(brightness, MAX_SIDE_PX)
        margin = min(MARGIN_PX, *seen.shape)
        window = np.outer(*(np.hanning(size + 2)[1:-1] for size in seen.shape)) ** WINDOW_POWER
        spectrum = np.fft.fft2(np.pad(seen, margin, mode="symmetric"))
        rows, columns = (np.fft.fftfreq(size).astype(np.float64) for size in spectrum.shape)
        radius = np.hypot(rows[:, None], columns)
        rings = np.minimum((radius * RINGS).astype(np.intp), RINGS)
        return cls(spectrum, np.pad(window, margin), rows[:, None], columns[None], radius, rings)

    def ring_sums(self, values: Array) -> Array:
        """Sum values (H, W) over rings of radial frequency: shape (RINGS + 1,), ring r begins at r / RINGS."""
        return np.bincount(self.rings.ravel(), values.ravel(), RINGS + 1).astype(np.float64)

    def predicted_gradients(self, transfer: Array, cutoff: float) -> Iterator[tuple[Spectrum, Spectrum, Spectrum]]:
        """Predict the gradient of the picture, downwards and to the right, from its low frequencies.

        Parameters
        ----------
        transfer : ndarray, shape (H, W)
            Transfer function of the blur, as far as it is known.
        cutoff : float
            Cycles per pixel, up to where frequencies are known well enough to predict higher ones.

        Yields
        ------
        tuple of ndarray, each of shape (H, W), complex128
            Spectra of the gradient in one direction: the picture's own; the predicted one, blurred; the low-passed one
            that it was predicted from.
        """
        low_pass = 1 / (1 + (self.radius / cutoff) ** (2 * LOW_PASS_ORDER))
        deblurred = self.spectrum * low_pass * transfer / np.maximum(transfer**2, LEAST_TRANSFER**2)
        derivatives = [2j * np.pi * frequencies for frequencies in (self.rows, self.columns)]
        sharpened = _sharpened([np.fft.ifft2(deblurred * derivative).real for derivative in derivatives])
        for derivative, gradient in zip(derivatives, sharpened, strict=True):
            own, low_passed = (
                self._tapered(np.fft.ifft2(self.spectrum * part * derivative).real) for part in (1, low_pass)
            )
            yield own, self._tapered(gradient) * transfer, low_passed

    def _tapered(self, gradient: Array) -> Spectrum:
        """Fourier transform of a gradient without the margin."""
        spectrum: Spectrum = np.fft.fft2(gradient * self.taper)
        return spectrum


def _sharpened(gradients: list[Array]) -> list[Array]:
    """Raise gradients to a power, against the contrast about them: soft edges become sharp ones in their places."""
    from scipy.ndimage import gaussian_filter

    square = sum(gradient**2 for gradient in gradients)
    contrast = np.sqrt(gaussian_filter(square, SURROUNDINGS_SIGMA_PX) + np.mean(square) / 1000 + ROUNDING_VARIANCE)
    gain = (np.sqrt(square) / contrast) ** (SHARPENING_POWER - 1)
    return [gradient * gain for gradient in gradients]
