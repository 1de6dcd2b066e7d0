"""Optimisers: Adam for all, or Muon for the body's convolutions beside Adam for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import torch
from torch.optim.adam import adam

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.engine.config import Preset

# Momentum, rounds and the coefficients of the quintic iteration that drives all singular values near 1: Jordan et al.
# 2024, "Muon".
MUON_MOMENTUM = 0.95
NEWTON_SCHULZ_ROUNDS = 5
QUINTIC = (3.4445, -4.7750, 2.0315)
# Kingma and Ba 2015.
ADAM_EPSILON = 1e-8


class Trainable(Protocol):
    """What an optimiser has to know of a network."""

    def parameters(self) -> Iterator[torch.Tensor]:
        """Return all weights."""

    def body_weights(self) -> list[torch.Tensor]:
        """Return the weights (out, in, 3, 3) of the convolutions between the first and the last."""


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
    product: torch.Tensor | None = None
    for done in range(1, NEWTON_SCHULZ_ROUNDS + 1):
        step = torch.baddbmm(gram, gram, gram, beta=b, alpha=c)
        step.diagonal(dim1=-2, dim2=-1).add_(a)
        product = step if product is None else step @ product
        if done < NEWTON_SCHULZ_ROUNDS:
            gram = step @ gram @ step
    assert product is not None
    orthogonal: torch.Tensor = product @ x
    return orthogonal


class Optimiser:
    """Steps the weights of a network; the learning rate is a factor on each group's own.

    Parameters
    ----------
    network : Trainable
        Its body's weights go to Muon where the preset names a rate for it; they share one shape.
    preset : Preset
        Names the rates.
    """

    def __init__(self, network: Trainable, preset: Preset) -> None:
        self.muon_rate = preset.muon_rate
        self.muon_decay = preset.muon_decay
        self.adam_rate = preset.learning_rate
        self.matrices = network.body_weights() if preset.muon_rate is not None else []
        held = {id(weight) for weight in self.matrices}
        self.rest: list[torch.Tensor] = [weight for weight in network.parameters() if id(weight) not in held]
        # Kingma and Ba 2015; beside Muon, whose rate falls within seconds, a shorter memory (prototype of ADR 2).
        self.betas = (0.9, 0.999) if preset.muon_rate is None else (0.9, 0.99)
        self._fused = self.rest[0].device.type in ("cpu", "cuda")
        self.start_moments(0)
        # The matrices of all weights with the channels last, as they lie in memory, and that momentum by weight.
        self._momenta = torch.zeros_like(self._stacked(self.matrices)) if self.matrices else None
        self.momentum = [] if self._momenta is None else list(self._momenta.permute(0, 1, 4, 2, 3).unbind())

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for weight in (*self.rest, *self.matrices):
            weight.grad = None

    def moments(self) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Return Adam's first and second moments of each weight."""
        return list(zip(self._first, self._second, strict=True))

    def start_moments(self, steps: int) -> None:
        """Make moments of zeros that count as those after some steps, to lay others into."""
        self._first, self._second = ([torch.zeros_like(weight) for weight in self.rest] for _ in range(2))
        counts = torch.full((len(self.rest),), float(steps), device=self.rest[0].device if self._fused else None)
        self._steps = list(counts.unbind())

    @torch.no_grad()
    def step(self, factor: float | torch.Tensor) -> None:
        """Take a step with all rates times `factor`, which may be a tensor of the device."""
        self._adam_step(self.adam_rate * factor)
        if self._momenta is not None and self.muon_rate is not None:
            self._muon_step(self._momenta, self.muon_rate * factor)

    def _adam_step(self, rate: float | torch.Tensor) -> None:
        """Take Adam's step by its function, which takes a third of the time of torch's class of it."""
        gradients = [cast("torch.Tensor", weight.grad) for weight in self.rest]
        adam(
            self.rest,
            gradients,
            self._first,
            self._second,
            [],
            self._steps,
            fused=self._fused,
            amsgrad=False,
            beta1=self.betas[0],
            beta2=self.betas[1],
            lr=rate,
            weight_decay=0.0,
            eps=ADAM_EPSILON,
            maximize=False,
        )

    def _muon_step(self, momenta: torch.Tensor, rate: float | torch.Tensor) -> None:
        gradients = self._stacked([cast("torch.Tensor", weight.grad) for weight in self.matrices])
        momenta.lerp_(gradients, 1 - MUON_MOMENTUM)
        looked_ahead = gradients.lerp_(momenta, MUON_MOMENTUM)
        updates = orthogonalised(looked_ahead.flatten(2)).view(momenta.shape)
        if self.muon_decay:
            torch._foreach_mul_(self.matrices, 1 - rate * self.muon_decay)
        if isinstance(rate, torch.Tensor):
            updates, rate = updates * rate, 1.0
        torch._foreach_add_(self.matrices, list(updates.permute(0, 1, 4, 2, 3).unbind()), alpha=-rate)

    @staticmethod
    def _stacked(weights: list[torch.Tensor]) -> torch.Tensor:
        """Stack weights (out, in, 3, 3) with the channels last: shape (k, out, 3, 3, in)."""
        return torch.stack([weight.permute(0, 2, 3, 1) for weight in weights])
