"""Weights from the file that --save-weights wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.weights import Weights

if TYPE_CHECKING:
    from pathlib import Path


def read_weights(path: Path) -> Weights:
    """Read weights.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    from zssr_studio.imaging.weight_files import read_weight_file

    return Weights.from_file(path.name, *read_weight_file(path))
