"""Takes steps: forward pass, loss, backward pass, the optimiser's step and the averaging of the weights."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.training.steps.capture import capture_for
from zssr_studio.engine.training.steps.halves import Halves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zssr_studio.engine.network import SingleImageNetwork, Window
    from zssr_studio.engine.training.optimiser import Optimiser

# The first steps of a shape let libraries choose how they compute and make the optimiser's memory, which no recording
# may hold. Three are usual; five were tried on a card (docs/lab/engine.md, "The computation").
ORDINARY_STEPS = 5


class Stepper:
    """Changes the weights of a network step by step.

    On a graphics card the steps after the first of a shape are one recorded graph.

    Parameters
    ----------
    network, averaged : SingleImageNetwork
        What is trained, and the moving average of its weights; the same object where nothing is averaged.
    optimiser : Optimiser

    Attributes
    ----------
    failure : Exception or None
        Why steps could not be recorded; they are done one operation after the other since then.
    """

    def __init__(self, network: SingleImageNetwork, averaged: SingleImageNetwork, optimiser: Optimiser) -> None:
        self._network, self._optimiser = network, optimiser
        self._weights: list[torch.Tensor] = list(network.parameters())
        self._averages: list[torch.Tensor] = [] if averaged is network else list(averaged.parameters())
        self._capture = capture_for(self._weights[0].device)
        self._halves: Halves | None = None
        self.failure: Exception | None = None
        self.forget()

    def forget(self) -> None:
        """Record anew: a new stage begins, or something that the recording reads was put elsewhere."""
        self._window: Window | None = None
        self._recorded: _Recorded | None = None
        self._ordinary_left = ORDINARY_STEPS

    @contextmanager
    def in_halves(self) -> Iterator[None]:
        """Take the steps inside by two threads, each half of a batch, where several train a network in tiles.

        This thread computes alone meanwhile, and so does the other.
        """
        threads = torch.get_num_threads()
        if self._network.tiled is None or threads == 1:
            self._halves = None
            yield
            return
        self._halves = self._halves or Halves()
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)

    def step(
        self, father: torch.Tensor, son: torch.Tensor, window: Window, factor: float, renewed: float
    ) -> torch.Tensor:
        """Take a step, and return its loss.

        Parameters
        ----------
        father, son : Tensor, shape (batch, C, H, W) and (batch, C, h, w)
        window : Window
            How the sons are enlarged.
        factor : float
            On all learning rates.
        renewed : float
            The share of the new weights in the averaged ones.
        """
        if self._capture is None or self.failure is not None:
            return self._ordinary(father, son, window, factor, renewed)
        if window != self._window or (self._recorded is not None and not self._recorded.fits(father, son)):
            self.forget()
            self._window = window
        if self._ordinary_left:
            self._ordinary_left -= 1
            return self._ordinary(father, son, window, factor, renewed)
        if self._recorded is None:
            try:
                self._recorded = _Recorded(self._ordinary, self._capture, father, son, window)
            # What a driver or a full memory may refuse to record is done as before, and told.
            except RuntimeError as error:
                self.failure = error
                return self._ordinary(father, son, window, factor, renewed)
        return self._recorded.replay(father, son, factor, renewed)

    def _ordinary(
        self,
        father: torch.Tensor,
        son: torch.Tensor,
        window: Window,
        factor: float | torch.Tensor,
        renewed: float | torch.Tensor,
    ) -> torch.Tensor:
        loss = self._take_gradients(father, son, window)
        self._optimiser.step(factor)
        self._average(renewed)
        return loss

    def _take_gradients(self, father: torch.Tensor, son: torch.Tensor, window: Window) -> torch.Tensor:
        """Lay the gradients of a batch's loss beside the weights, and return the loss."""
        if self._halves is None or len(son) == 1:
            loss: torch.Tensor = (self._network(son, window) - father).abs().mean()
            self._optimiser.zero_grad()
            torch.autograd.backward(loss)
            return loss.detach()

        def loss_of(part: slice) -> torch.Tensor:
            of_part: torch.Tensor = (self._network(son[part], window) - father[part]).abs().sum() / father.numel()
            return of_part

        loss, gradients = self._halves.gradients(loss_of, len(son), self._weights)
        for weight, gradient in zip(self._weights, gradients, strict=True):
            weight.grad = gradient
        return loss

    @torch.no_grad()
    def _average(self, renewed: float | torch.Tensor) -> None:
        if isinstance(renewed, torch.Tensor):
            for average, weight in zip(self._averages, self._weights, strict=False):
                average.lerp_(weight, renewed)
        elif self._averages:
            torch._foreach_lerp_(self._averages, self._weights, renewed)


class _Recorded:
    """A step that was recorded, with the tensors that it reads and writes."""

    def __init__(
        self,
        step: Callable[..., torch.Tensor],
        capture: Callable[[Callable[[], None]], Callable[[], None]],
        father: torch.Tensor,
        son: torch.Tensor,
        window: Window,
    ) -> None:
        self._father, self._son = father.clone(), son.clone()
        self._rates = torch.zeros(2, device=son.device, dtype=torch.float32)
        self._loss = torch.zeros((), device=son.device, dtype=son.dtype)
        # The matrices of the enlargement are read by each replay, and a cache elsewhere might let them go.
        self._matrices = window.matrices(son)
        factor, renewed = self._rates

        def work() -> None:
            self._loss.copy_(step(self._father, self._son, window, factor, renewed))

        self._replay = capture(work)

    def fits(self, father: torch.Tensor, son: torch.Tensor) -> bool:
        """Whether crops have the shape that was recorded."""
        return father.shape == self._father.shape and son.shape == self._son.shape

    def replay(self, father: torch.Tensor, son: torch.Tensor, factor: float, renewed: float) -> torch.Tensor:
        """Do the step with other crops and rates."""
        self._father.copy_(father)
        self._son.copy_(son)
        self._rates[0].fill_(factor)
        self._rates[1].fill_(renewed)
        self._replay()
        return self._loss.clone()
