"""Weights as an asset: what a network learned, and from which pictures. No torch."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FORMAT = "zssr-studio weights 1"
# Chosen, so that a copy of them takes some megabytes.
HASHED_ROWS = 256


class LearnedFrom(StrEnum):
    """What a result knows of pictures."""

    THIS_PICTURE = "this picture"  # nothing else: a rule, or a network that was trained on it
    OUTSIDE_PICTURES = "outside pictures"  # a network that others trained on theirs
    OUTSIDE_TO_PLEASE = "outside pictures, to please"  # of a kind that is trained to please the eye, as GANs are


@dataclass(frozen=True, slots=True)
class TrainedOn:
    """A picture that weights learned from: its name, and the SHA-256 of its pixels as a hexadecimal number."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What a network learned.

    Parameters
    ----------
    arrays : mapping of str to ndarray, float32
        The network's parameters by name.
    preset, scale, channels : str, str, int
        What they fit.
    pictures : tuple of TrainedOn
        All pictures they learned from, the first one first.
    """

    arrays: Mapping[str, NDArray[np.float32]]
    preset: str
    scale: str
    channels: int
    pictures: tuple[TrainedOn, ...]

    @property
    def metadata(self) -> dict[str, str]:
        """Everything but the arrays, as a weight file keeps it."""
        pictures = [{"name": picture.name, "sha256": picture.sha256} for picture in self.pictures]
        return {
            "format": FORMAT,
            "preset": self.preset,
            "scale": self.scale,
            "channels": str(self.channels),
            "pictures": json.dumps(pictures),
        }

    @classmethod
    def from_file(cls, name: str, arrays: Mapping[str, NDArray[np.float32]], metadata: Mapping[str, str]) -> Weights:
        """Make weights of a file's content.

        Raises
        ------
        BadInputError
            If the file is of another program or damaged.
        """
        try:
            _check(metadata.get("format") == FORMAT, "it was not written by ZSSR Studio")
            pictures = tuple(TrainedOn(str(p["name"]), str(p["sha256"])) for p in json.loads(metadata["pictures"]))
            channels = int(metadata["channels"])
            finite = all(array.dtype == np.float32 and np.isfinite(array).all() for array in arrays.values())
            _check(finite, "it holds values that are no finite float32 numbers")
            return cls(arrays, metadata["preset"], metadata["scale"], channels, pictures)
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(
                f"{name} holds no weights that can be used: {error}. Choose one that "
                "this program wrote (--save-weights)."
            ) from error

    @property
    def sha256(self) -> str:
        """Of all arrays with their names, as a hexadecimal number."""
        digest = hashlib.sha256()
        for name, array in sorted(self.arrays.items()):
            digest.update(f"{name} {array.shape} ".encode())
            digest.update(np.ascontiguousarray(array, "<f4").data)
        return digest.hexdigest()

    def check_fits(self, preset: str, scale: str, channels: int) -> None:
        """Refuse weights that were made for something else.

        Raises
        ------
        BadInputError
        """
        wanted, had = (preset, scale, channels), (self.preset, self.scale, self.channels)
        if wanted != had:
            raise BadInputError(
                f"These weights are for preset {had[0]}, scale {had[1]} and {had[2]} colour channel(s); the run has "
                f"{wanted[0]}, {wanted[1]} and {wanted[2]}. Use weights of the same preset, scale and kind of picture."
            )


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


class PixelHash:
    """SHA-256 of a picture's size and values, whose rows come one after the other.

    Parameters
    ----------
    shape : tuple of int
        Of all rows together: (H, W, C), or (H, W) of alpha.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._digest = hashlib.sha256(repr(shape).encode())

    def take(self, rows: NDArray[np.float32]) -> None:
        """Take the next rows."""
        for row in range(0, rows.shape[0], HASHED_ROWS):
            self._digest.update(np.ascontiguousarray(rows[row : row + HASHED_ROWS]).data)

    def hexdigest(self) -> str:
        """Return it as a hexadecimal number."""
        return self._digest.hexdigest()


def picture_sha256(pixels: NDArray[np.float32]) -> str:
    """SHA-256 of a picture's size and pixels (H, W, C), or of alpha (H, W), as a hexadecimal number."""
    digest = PixelHash(pixels.shape)
    digest.take(pixels)
    return digest.hexdigest()
