"""The 8 flips and rotations of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Orientation:
    """One of the 8 flips and rotations of a picture: an optional transposition, then optional flips."""

    transpose: bool
    flip_rows: bool
    flip_columns: bool

    @property
    def is_rotation(self) -> bool:
        """Whether the picture is turned and not mirrored."""
        return (self.flip_rows != self.flip_columns) == self.transpose

    def apply(self, x: torch.Tensor) -> torch.Tensor:
        """Orient a tensor (..., H, W)."""
        x = x.transpose(-2, -1) if self.transpose else x
        return _flipped(x, self)

    def undo(self, x: torch.Tensor) -> torch.Tensor:
        """Turn an oriented tensor back."""
        x = _flipped(x, self)
        return x.transpose(-2, -1) if self.transpose else x


def _flipped(x: torch.Tensor, orientation: Orientation) -> torch.Tensor:
    dims = [dim for dim, wanted in ((-2, orientation.flip_rows), (-1, orientation.flip_columns)) if wanted]
    return x.flip(dims) if dims else x


AS_IT_IS = Orientation(transpose=False, flip_rows=False, flip_columns=False)
ORIENTATIONS = tuple(Orientation(t, r, c) for t in (False, True) for r in (False, True) for c in (False, True))
