"""A network of a file, as a method: colours, scales and blocks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import nn

from zssr_studio.engine.damage import LUMA
from zssr_studio.engine.events import Band, Notice
from zssr_studio.engine.psnr_ssim import LUMA_OFFSET, LUMA_WEIGHTS, PEAK
from zssr_studio.engine.runtime.device import CPU, choose_device
from zssr_studio.engine.runtime.memory import budget_for_output
from zssr_studio.engine.runtime.threads import beside_others
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.methods.assembly import assembled
from zssr_studio.methods.interpolated_bands import interpolated
from zssr_studio.methods.method import WHAT_IS_FREE, Allowance
from zssr_studio.methods.names import ENSEMBLE_MARK, words_of
from zssr_studio.methods.networks.blocks import bytes_per_px, plan, rows_of_blocks
from zssr_studio.pipeline import to_array, to_tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.methods.assembly import Making
    from zssr_studio.methods.networks.network import Network

# Scales of networks that work on the bicubic enlargement, where the file does not tell one. VDSR was trained for these.
LEAST, LARGEST = 1.0, 4.0


@dataclass(frozen=True, slots=True, eq=False)
class FileMethod:
    """Enlarges by a network that others trained.

    Parameters
    ----------
    path : Path
        Of its file.
    network : Network
    told_scale : int or None
        The scale that the file's name tells, which binds a network that works on the bicubic enlargement.
    is_ensemble : bool
        Whether the mean of the answers to the 8 flips and rotations is taken, as EDSR+ does.
    load : callable or None
        Reads the network anew where `network` has no weights; see `at_rest`.
    """

    path: Path
    network: Network
    told_scale: int | None = None
    is_ensemble: bool = False
    load: Callable[[], Network] | None = None

    @property
    def key(self) -> str:
        """`KIND:FILE`, and a + behind it for the self-ensemble."""
        return f"{self.network.kind}:{self.path}{ENSEMBLE_MARK if self.is_ensemble else ''}"

    @property
    def name(self) -> str:
        """What people call the network, and the file's name."""
        return f"{self.title} ({self.path.name})"

    @property
    def title(self) -> str:
        """What people call the network, with what sets its size: EDSR+, 8 blocks of 64 channels."""
        kind, comma, size = self.network.title.partition(",")
        return f"{kind}{ENSEMBLE_MARK if self.is_ensemble else ''}{comma}{size}"

    @property
    def parameters(self) -> int:
        """Numbers that the network learned."""
        return self.network.parameters

    @property
    def learned_from(self) -> LearnedFrom:
        """It was trained on other pictures, and if it is of a generative kind mostly to please."""
        return LearnedFrom.OUTSIDE_TO_PLEASE if self.network.is_generative else LearnedFrom.OUTSIDE_PICTURES

    @property
    def kinds(self) -> tuple[str, ...]:
        """The terminal's words for its architecture."""
        return words_of(self.network.kind)

    @property
    def scale(self) -> int | None:
        """The only scale that it enlarges by; None for any of the usual ones."""
        return self.network.scale or self.told_scale

    @property
    def with_ensemble(self) -> FileMethod:
        """The same, with the self-ensemble."""
        return replace(self, is_ensemble=True)

    def at_rest(self, load: Callable[[], Network]) -> FileMethod:
        """Return the same without the weights, which are read when it enlarges: a folder may hold many networks."""
        emptied = replace(self.network, module=nn.Identity(), count=self.parameters)
        return replace(self, network=emptied, load=load)

    def check(self, picture: Picture, scale: Scale) -> None:
        """Refuse another scale than the network's."""
        del picture
        if self.takes(scale):
            return
        if self.scale is not None:
            raise BadInputError(
                f"{self.path.name} enlarges by {self.scale} only, not by {scale}. Choose the scale {self.scale}."
            )
        raise BadInputError(
            f"{self.path.name} was trained for scales up to {LARGEST:g}, not for {scale}. Choose a smaller scale."
        )

    def takes(self, scale: Scale) -> bool:
        """Tell whether it enlarges by a scale."""
        if self.scale is not None:
            return scale.factors == (self.scale, self.scale)
        return all(LEAST <= factor <= LARGEST for factor in scale.factors)

    def enlarge(
        self, picture: Picture, scale: Scale, allowance: Allowance = WHAT_IS_FREE
    ) -> Generator[Event, None, Picture]:
        """Run the network over the picture; see `Method.enlarge`."""
        self.check(picture, scale)
        device = choose_device(allowance.device)
        network = self.network if self.load is None else self.load()
        run = _Run(network, scale, device, allowance, is_ensemble=self.is_ensemble)
        made = assembled(picture, scale, run.make, str(device), self.parameters)
        try:
            return (yield from beside_others(made, same_bits=False, threads=allowance.threads))
        except RuntimeError as error:
            told = " ".join(str(error).split())[:200]
            raise FailureError(f"{self.path.name} failed: {told}. Try another file or another size.") from error


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """A network at work on one picture."""

    network: Network
    scale: Scale
    device: torch.device
    allowance: Allowance
    is_ensemble: bool

    def make(self, pixels: NDArray[np.float32]) -> Making:
        """Make bands of pixels (H, W, C) in [0, 1]."""
        lr = to_tensor(pixels, torch.device(CPU))
        x = self._taken(lr)
        network = self.network
        network.module.to(self.device)
        size = (x.shape[-2], x.shape[-1])
        budget = budget_for_output(self.allowance.memory_bytes, self.device)
        cut = plan(network, size, bytes_per_px(network), budget)
        for made in rows_of_blocks(network, x.to(self.device), cut, is_ensemble=self.is_ensemble):
            if isinstance(made, float | Notice):
                yield made
            else:
                top, rows = made
                yield Band(top, to_array(self._coloured(rows, lr, top)), None)

    def _taken(self, lr: torch.Tensor) -> torch.Tensor:
        """Return what the network takes of a picture (1, C, h, w): luma or colours, enlarged where it wants that."""
        x = luma(lr) if self.network.channels == 1 else lr.expand(-1, self.network.channels, -1, -1)
        if self.network.scale is not None:
            return x
        return interpolated(x, self.scale, (0, self.scale.out_size(x.shape[-2], x.shape[-1])[0]))

    def _coloured(self, rows: torch.Tensor, lr: torch.Tensor, top: int) -> torch.Tensor:
        """Turn rows of what the network gave into the picture's colours, those by bicubic where it gave luma."""
        if self.network.channels == 1:
            bicubic = interpolated(lr, self.scale, (top, top + rows.shape[-2]))
            # With the colour differences of bicubic, a step of luma is the same step of red, green and blue.
            return (bicubic + (rows - luma(bicubic)) * (PEAK / sum(LUMA_WEIGHTS))).clamp_(0, 1)
        if lr.shape[1] == 1:
            rows = (rows * rows.new_tensor(LUMA)[:, None, None]).sum(dim=1, keepdim=True)
        return rows.clamp(0, 1)


def luma(x: torch.Tensor) -> torch.Tensor:
    """Return the luma (1, 1, h, w) of a picture (1, C, h, w) in [0, 1]: 16 to 235 of 255, as BT.601 has it."""
    weights = x.new_tensor(LUMA_WEIGHTS) if x.shape[1] > 1 else x.new_tensor([math.fsum(LUMA_WEIGHTS)])
    return ((x * weights[:, None, None]).sum(dim=1, keepdim=True) + LUMA_OFFSET) / PEAK
