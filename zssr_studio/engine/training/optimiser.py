"""Optimisers: Adam for all, or Muon for the body's convolutions beside Adam for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.network import SingleImageNetwork

# Momentum, rounds and the coefficients of the quintic iteration that drives all singular values near 1: Jordan et al.
# 2024, "Muon".
MUON_MOMENTUM = 0.95
NEWTON_SCHULZ_ROUNDS = 5
QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalised(matrices: torch.Tensor) -> torch.Tensor:
    """Bring all singular values of matrices near 1 by Newton-Schulz rounds.

    Parameters
    ----------
    matrices : Tensor, shape (k, m, n), m <= n

    Returns
    -------
    Tensor, shape (k, m, n)
        Singular values roughly between 0.7 and 1.2.
    """
    a, b, c = QUINTIC
    x = matrices / (torch.linalg.matrix_norm(matrices, keepdim=True) + 1e-7)
    # Each round multiplies x from the left by a polynomial of its Gram matrix, so that the rounds need the small Gram
    # matrices only, and their product is applied once.
    gram = x @ x.mT
    identity = torch.eye(gram.shape[-1], dtype=x.dtype, device=x.device)
    product: torch.Tensor = identity
    for _ in range(NEWTON_SCHULZ_ROUNDS):
        step = a * identity + gram @ (b * identity + c * gram)
        product = step @ product
        gram = step @ gram @ step
    orthogonal: torch.Tensor = product @ x
    return orthogonal


class Optimiser:
    """Steps the weights of a network; the learning rate is a factor on each group's own.

    Parameters
    ----------
    network : SingleImageNetwork
        Its body's weights go to Muon where the preset names a rate for it; they share one shape.
    preset : Preset
        Names the rates.
    """

    def __init__(self, network: SingleImageNetwork, preset: Preset) -> None:
        self.muon_rate = preset.muon_rate
        self.adam_rate = preset.learning_rate
        self.matrices = network.body_weights() if preset.muon_rate is not None else []
        held = {id(weight) for weight in self.matrices}
        rest = [weight for weight in network.parameters() if id(weight) not in held]
        fused = rest[0].device.type in ("cpu", "cuda")
        # Kingma and Ba 2015; beside Muon, whose rate falls within seconds, a shorter memory (prototype of ADR 2).
        betas = (0.9, 0.999) if preset.muon_rate is None else (0.9, 0.99)
        self.adam = torch.optim.Adam(rest, lr=preset.learning_rate, betas=betas, fused=fused)
        self.momentum = [torch.zeros_like(weight) for weight in self.matrices]

    def zero_grad(self) -> None:
        """Forget the gradients."""
        self.adam.zero_grad(set_to_none=True)
        for weight in self.matrices:
            weight.grad = None

    def moments(self) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Return Adam's first and second moments of each weight; none before the first step."""
        states = (self.adam.state[weight] for weight in self.adam.param_groups[0]["params"])
        return [(state["exp_avg"], state["exp_avg_sq"]) for state in states if state]

    def start_moments(self, steps: int) -> None:
        """Make moments of zeros that count as those after some steps, to lay others into."""
        weights = self.adam.param_groups[0]["params"]
        state = {
            index: {
                "step": torch.tensor(float(steps)),
                "exp_avg": torch.zeros_like(weight),
                "exp_avg_sq": torch.zeros_like(weight),
            }
            for index, weight in enumerate(weights)
        }
        self.adam.load_state_dict({**self.adam.state_dict(), "state": state})

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Take a step with all rates times `factor`."""
        self.adam.param_groups[0]["lr"] = self.adam_rate * factor
        self.adam.step()
        if self.matrices and self.muon_rate is not None:
            self._muon_step(self.muon_rate * factor)

    def _muon_step(self, rate: float) -> None:
        gradients = [weight.grad for weight in self.matrices if weight.grad is not None]
        torch._foreach_lerp_(self.momentum, gradients, 1 - MUON_MOMENTUM)
        looked_ahead = torch._foreach_lerp(gradients, self.momentum, MUON_MOMENTUM)
        stacked = torch.stack([g.flatten(1) for g in looked_ahead])
        updates = orthogonalised(stacked).reshape(len(stacked), *self.matrices[0].shape)
        torch._foreach_add_(self.matrices, list(updates.unbind()), alpha=-rate)
