"""RRDBNet: the generator of ESRGAN (Wang et al. 2018) and of Real-ESRGAN (Wang et al. 2021)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from zssr_studio.methods.networks.architectures.layers import Convolution, Tensors, convolution, found_layers
from zssr_studio.methods.networks.network import Network

SLOPE, SHARE = 0.2, 0.2
DENSE, BLOCK = 5, 3  # convolutions in a dense block, dense blocks in a block


class Dense(nn.Module):
    """Five convolutions, each of which sees what all before it gave."""

    def __init__(self, layers: list[Convolution]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(convolution(one) for one in layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Pass features (1, C, h, w) on."""
        seen = [x]
        for layer in self.layers[:-1]:
            seen.append(F.leaky_relu_(layer(torch.cat(seen, dim=1)), SLOPE))
        y: torch.Tensor = self.layers[-1](torch.cat(seen, dim=1))
        return x + SHARE * y


class Block(nn.Module):
    """A residual of three dense blocks."""

    def __init__(self, layers: list[Convolution]) -> None:
        super().__init__()
        self.parts = nn.Sequential(*(Dense(layers[at : at + DENSE]) for at in range(0, DENSE * BLOCK, DENSE)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Pass features (1, C, h, w) on."""
        y: torch.Tensor = self.parts(x)
        return x + SHARE * y


class Rrdb(nn.Module):
    """First features, blocks, enlarging by nearest neighbour and convolution, and the last two convolutions.

    Parameters
    ----------
    ends : tuple of Convolution
        The first one, the trunk's last, the one that works at the result's size, and the last one.
    blocks : list of list of Convolution
        15 each.
    ups : list of Convolution
        One for each doubling.
    unshuffle : int
        By how much the picture is folded into channels first.
    """

    def __init__(
        self,
        ends: tuple[Convolution, Convolution, Convolution, Convolution],
        blocks: list[list[Convolution]],
        ups: list[Convolution],
        unshuffle: int,
    ) -> None:
        super().__init__()
        self.first, self.trunk, self.fine, self.last = (convolution(one) for one in ends)
        self.blocks = nn.Sequential(*(Block(block) for block in blocks))
        self.ups = nn.ModuleList(convolution(one) for one in ups)
        self.unshuffle = unshuffle

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, 3, h, w)."""
        first = self.first(F.pixel_unshuffle(x, self.unshuffle))
        y = first + self.trunk(self.blocks(first))
        for up in self.ups:
            y = F.leaky_relu_(up(F.interpolate(y, scale_factor=2, mode="nearest")), SLOPE)
        out: torch.Tensor = self.last(F.leaky_relu_(self.fine(y), SLOPE))
        return out


def recognised(tensors: Tensors) -> list[Network]:
    """Return the network that tensors are of, or nothing."""
    found = found_layers(tensors)
    if found is None or found.norms or found.slopes:
        return []
    dense = [one for one in found.convolutions if "rdb" in one.name.lower()]
    others = [one for one in found.convolutions if "rdb" not in one.name.lower()]
    blocks = [dense[at : at + DENSE * BLOCK] for at in range(0, len(dense), DENSE * BLOCK)]
    first = [one for one in others if one.shape[1] in (3, 12, 48)]
    last = [one for one in others if one.shape[0] == 3]
    if not blocks or len(first) != 1 or len(last) != 1:
        return []
    width = first[0].shape[0]
    between = [one for one in others if one not in (first[0], last[0])]
    trunk, ups, fine = _roles(between)
    if len(trunk) != 1 or len(fine) != 1 or any(one.shape != (width, width, 3) for one in between):
        return []
    if not all(_fits(block, width) for block in blocks) or last[0].shape != (3, width, 3) or first[0].shape[2] != 3:
        return []
    unshuffle = {3: 1, 12: 2, 48: 4}[first[0].shape[1]]
    scale = 2 ** len(ups) // unshuffle
    if scale < 1:
        return []
    module = Rrdb((first[0], trunk[0], fine[0], last[0]), blocks, ups, unshuffle)
    at_lr = 2 + len(dense)
    halo = unshuffle * at_lr + 2 * len(ups) + 2
    title = f"ESRGAN (RRDB), {len(blocks)} blocks of {width} channels"
    return [Network("rrdb", title, module, 3, scale, halo_px=halo, multiple=unshuffle, is_generative=True)]


def _roles(between: list[Convolution]) -> tuple[list[Convolution], list[Convolution], list[Convolution]]:
    """Tell apart what ends the trunk, what enlarges and what refines: by names, else by their order."""
    ups = [one for one in between if "up" in one.name.lower()]
    fine = [one for one in between if "hr" in one.name.lower()]
    if ups or fine:
        taken = {id(one) for one in (*ups, *fine)}
        return [one for one in between if id(one) not in taken], ups, fine
    return between[:1], between[1:-1], between[-1:]


def _fits(block: list[Convolution], width: int) -> bool:
    if len(block) != DENSE * BLOCK:
        return False
    growth = block[0].shape[0]
    wanted = [(growth, width + at * growth, 3) for at in range(DENSE - 1)]
    wanted.append((width, width + (DENSE - 1) * growth, 3))
    return [one.shape for one in block] == wanted * BLOCK
