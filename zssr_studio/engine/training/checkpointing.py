"""The tensors that a step of training changes, copied into a checkpoint's arrays and laid back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import torch

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray
    from torch import nn

    from zssr_studio.engine.training.optimiser import Optimiser

    Arrays = Mapping[str, NDArray[np.float32] | NDArray[np.uint8]]

GENERATOR = "generator"


def captured(network: nn.Module, averaged: nn.Module, optimiser: Optimiser, generator: torch.Generator) -> Arrays:
    """Copy weights, averaged weights, the optimiser's moments and the state of the random draws, by name."""
    arrays: dict[str, NDArray[np.float32] | NDArray[np.uint8]] = {
        name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format).numpy()
        for name, tensor in _tensors(network, averaged, optimiser)
    }
    arrays[GENERATOR] = generator.get_state().numpy().copy()
    return arrays


@torch.no_grad()
def restore(
    arrays: Arrays, network: nn.Module, averaged: nn.Module, optimiser: Optimiser, generator: torch.Generator
) -> None:
    """Lay back what `captured` copied; the optimiser must have moments already.

    Raises
    ------
    BadInputError
        If the arrays are of another network, or damaged.
    """
    tensors = dict(_tensors(network, averaged, optimiser))
    given = {name: torch.from_numpy(array) for name, array in arrays.items() if name != GENERATOR}
    if {name: x.shape for name, x in tensors.items()} != {name: x.shape for name, x in given.items()}:
        raise BadInputError(
            "The training that was saved does not fit the network of this version, so it cannot go on. Start it again."
        )
    for name, tensor in tensors.items():
        tensor.copy_(given[name])
    generator.set_state(torch.from_numpy(arrays[GENERATOR].copy()))


def _tensors(network: nn.Module, averaged: nn.Module, optimiser: Optimiser) -> Iterator[tuple[str, torch.Tensor]]:
    """Name all tensors that a step changes."""
    return chain(
        ((f"network.{name}", x) for name, x in network.state_dict().items()),
        ((f"averaged.{name}", x) for name, x in averaged.state_dict().items()),
        _moments(optimiser),
    )


def _moments(optimiser: Optimiser) -> Iterator[tuple[str, torch.Tensor]]:
    for index, momentum in enumerate(optimiser.momentum):
        yield f"momentum.{index}", momentum
    for index, (first, second) in enumerate(optimiser.moments()):
        yield f"adam.{index}.first", first
        yield f"adam.{index}.second", second
