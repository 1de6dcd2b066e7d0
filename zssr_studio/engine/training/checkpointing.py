"""Checkpoints of a trainer, made and gone on from."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.training.optimiser import Optimiser
    from zssr_studio.engine.training.stage import Stage
    from zssr_studio.engine.training.trainer import Trainer

GENERATOR = "generator"


def captured(
    trainer: Trainer, stage: Stage, first_step: int, first_s: float, errors: Sequence[tuple[int, float]]
) -> Checkpoint:
    """Copy all that a trainer knows in the middle of a stage that began at a step and a second."""
    arrays: dict[str, NDArray[np.float32] | NDArray[np.uint8]] = {
        name: tensor.detach().cpu().clone(memory_format=torch.contiguous_format).numpy()
        for name, tensor in _tensors(trainer)
    }
    arrays[GENERATOR] = trainer.generator.get_state().numpy().copy()
    return Checkpoint(
        arrays=arrays,
        stage=stage.index,
        stage_step=first_step,
        stage_s=first_s,
        step=trainer.steps,
        elapsed_s=trainer.elapsed_s,
        total_s=trainer.total_s,
        output_s=trainer.output_s,
        since_restart=trainer.since_restart,
        restarts=trainer.restarts,
        errors=tuple(errors),
    )


@torch.no_grad()
def laid_in(trainer: Trainer, checkpoint: Checkpoint) -> None:
    """Give a trainer that did no step yet the weights and the moments of a checkpoint.

    Raises
    ------
    BadInputError
        If it is of another network, or damaged.
    """
    trainer.optimiser.start_moments(checkpoint.since_restart)
    tensors = dict(_tensors(trainer))
    given = {name: torch.from_numpy(array) for name, array in checkpoint.arrays.items() if name != GENERATOR}
    if {name: x.shape for name, x in tensors.items()} != {name: x.shape for name, x in given.items()}:
        raise BadInputError(
            "The training that was saved does not fit the network of this version, so it cannot go on. Start it again."
        )
    for name, tensor in tensors.items():
        tensor.copy_(given[name])


def drawn_on(generator: torch.Generator, checkpoint: Checkpoint) -> None:
    """Go on with the random draws of a checkpoint."""
    generator.set_state(torch.from_numpy(checkpoint.arrays[GENERATOR].copy()))


def _tensors(trainer: Trainer) -> Iterator[tuple[str, torch.Tensor]]:
    """Name all tensors that a step changes."""
    network = ((f"network.{name}", x) for name, x in trainer.network.state_dict().items())
    averaged = ((f"averaged.{name}", x) for name, x in trainer.averaged.state_dict().items())
    return chain(network, averaged, _moments(trainer.optimiser))


def _moments(optimiser: Optimiser) -> Iterator[tuple[str, torch.Tensor]]:
    for index, momentum in enumerate(optimiser.momentum):
        yield f"momentum.{index}", momentum
    for index, (first, second) in enumerate(optimiser.moments()):
        yield f"adam.{index}.first", first
        yield f"adam.{index}.second", second
