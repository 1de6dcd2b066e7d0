"""The tensors that a step of training changes, copied into a checkpoint's arrays and laid back."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import torch

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from torch import nn

    from zssr_studio.engine.training.optimiser import Optimiser

    Arrays = Mapping[str, NDArray[np.float32] | NDArray[np.uint8]]

GENERATOR = "generator"
END = "end"
N = TypeVar("N", bound="nn.Module")


def captured(
    network: nn.Module, averaged: nn.Module, optimiser: Optimiser, generator: torch.Generator, ends: Sequence[nn.Module]
) -> Arrays:
    """Copy weights, averaged weights, those of the ends of stages, moments and the state of the random draws."""
    kept = (tensor for index, end in enumerate(ends) for tensor in _named(f"{END}.{index}", end))
    arrays: dict[str, NDArray[np.float32] | NDArray[np.uint8]] = {
        name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format).numpy()
        for name, tensor in chain(_tensors(network, averaged, optimiser), kept)
    }
    arrays[GENERATOR] = generator.get_state().numpy().copy()
    return arrays


@torch.no_grad()
def restore(
    arrays: Arrays, network: nn.Module, averaged: N, optimiser: Optimiser, generator: torch.Generator
) -> list[N]:
    """Lay back what `captured` copied; the optimiser must have moments already. Returns the ends of stages.

    Raises
    ------
    BadInputError
        If the arrays are of another network, or damaged.
    """
    tensors = dict(_tensors(network, averaged, optimiser))
    given = {name: torch.from_numpy(array) for name, array in arrays.items() if name != GENERATOR}
    # Checkpoints of before November 2026 have none.
    count = len({name.split(".")[1] for name in given if name.startswith(f"{END}.")})
    ends = [deepcopy(averaged) for _ in range(count)]
    tensors |= {name: tensor for index, end in enumerate(ends) for name, tensor in _named(f"{END}.{index}", end)}
    if {name: x.shape for name, x in tensors.items()} != {name: x.shape for name, x in given.items()}:
        raise BadInputError(
            "The training that was saved does not fit the network of this version, so it cannot go on. Start it again."
        )
    for name, tensor in tensors.items():
        tensor.copy_(given[name])
    generator.set_state(torch.from_numpy(arrays[GENERATOR].copy()))
    return ends


def _tensors(network: nn.Module, averaged: nn.Module, optimiser: Optimiser) -> Iterator[tuple[str, torch.Tensor]]:
    """Name all tensors that a step changes."""
    return chain(
        _named("network", network),
        _named("averaged", averaged),
        _moments(optimiser),
    )


def _named(kind: str, network: nn.Module) -> Iterator[tuple[str, torch.Tensor]]:
    return ((f"{kind}.{name}", x) for name, x in network.state_dict().items())


def _moments(optimiser: Optimiser) -> Iterator[tuple[str, torch.Tensor]]:
    for index, momentum in enumerate(optimiser.momentum):
        yield f"momentum.{index}", momentum
    for index, (first, second) in enumerate(optimiser.moments()):
        yield f"adam.{index}.first", first
        yield f"adam.{index}.second", second
