"""EDSR (Lim et al. 2017), SRResNet and SRGAN's generator (Ledig et al. 2017): residual blocks, then pixel shuffles.

They differ in what stands between the convolutions, so one network is built of whatever layers a file has.
"""

from __future__ import annotations

import math

import torch
from torch import nn

from zssr_studio.methods.networks.architectures.layers import Convolution, Found, Norm, convolution, norm, slope

# Numbers in a name that are tried for what tells blocks apart.
MAX_DEPTH = 4


class Block(nn.Module):
    """Two convolutions, each with its normalisation if there is one, an activation between, and a residual."""

    def __init__(self, layers: list[Convolution], norms: list[nn.Module], activation: nn.Module, share: float) -> None:
        super().__init__()
        first, second = (convolution(one) for one in layers)
        self.layers = nn.Sequential(first, *norms[:1], activation, second, *norms[1:])
        self.share = share

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Pass features (1, C, h, w) on."""
        y: torch.Tensor = self.layers(x)
        return x + self.share * y


class Residual(nn.Module):
    """Head, blocks, end of the trunk, pixel shuffles, tail."""

    def __init__(self, head: nn.Module, trunk: nn.Module, tail: nn.Module) -> None:
        super().__init__()
        self.head, self.trunk, self.tail = head, trunk, tail

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, C, h, w)."""
        first = self.head(x)
        out: torch.Tensor = self.tail(first + self.trunk(first))
        return out


class Parts:
    """The layers of a file by what they do in such a network.

    Attributes
    ----------
    head : Convolution
    width : int
        Channels that it gives, and that all between the head and the last one work with.
    blocks : list of list of Convolution
        Two each.
    singles : list of Convolution
        As wide, and of no block: in a network of this kind the one that ends the trunk.
    ups : list of Convolution
        Each before a pixel shuffle.
    lasts : list of Convolution
        Of no other kind: in a network of this kind the one that gives the picture.
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        layers = found.convolutions
        self.head = next(one for one in layers if one.shape[1] in (1, 3))
        self.width = self.head.shape[0]
        inner = [one for one in layers if one.shape[:2] == (self.width, self.width)]
        self._depth, groups = _grouped(inner)
        self.blocks = [ones for ones in groups if len(ones) == 2]
        self.singles = [one for ones in groups if len(ones) == 1 for one in ones]
        self.ups = [
            one for one in layers if one.shape[0] > self.width == one.shape[1] and one.shape[0] % self.width == 0
        ]
        known = {id(one) for one in (self.head, *inner, *self.ups)}
        self.lasts = [one for one in layers if id(one) not in known]

    @property
    def channels(self) -> int:
        """Of the picture."""
        return self.head.shape[1]

    @property
    def factors(self) -> list[int]:
        """By how much each pixel shuffle enlarges."""
        factors = [math.isqrt(one.shape[0] // self.width) for one in self.ups]
        left = math.isqrt(self.lasts[0].shape[0] // self.channels)
        return [*factors, left] if left > 1 else factors

    @property
    def fits(self) -> bool:
        """Whether the layers make such a network, each once."""
        if len(self.singles) != 1 or len(self.lasts) != 1 or not self.blocks:
            return False
        last, shuffled = self.lasts[0], [one.shape[0] // self.width for one in self.ups]
        sides = {one.shape[2] for pair in self.blocks for one in pair} | {self.singles[0].shape[2]}
        is_square = all(math.isqrt(count) ** 2 == count for count in (*shuffled, last.shape[0] // self.channels))
        return is_square and sides == {3} and last.shape[1] == self.width and last.shape[0] % self.channels == 0

    def built(self, share: float, *, is_bounded: bool) -> Residual | None:
        """Build the network; None where a normalisation or a slope finds no place.

        Parameters
        ----------
        share : float
            Of what a block adds (`res_scale`).
        is_bounded : bool
            Whether a hyperbolic tangent ends it.
        """
        norms, slopes = list(self.found.norms), dict(self.found.slopes)
        blocks = []
        for pair in self.blocks:
            own = group(pair[0].name, self._depth)
            activation = _take_slope(slopes, own) or nn.ReLU()
            own_norms = _take_norms(norms, own)
            if len(own_norms) not in (0, 2):
                return None
            blocks.append(Block(pair, self._norms(pair, own_norms), activation, share))
        if len(norms) > 1:
            return None
        end = self.singles[0]
        end_slope = _maybe(_take_slope(slopes, parent(end.name)))
        trunk_end = [convolution(end), *self._norms([end], norms), *end_slope]
        head = [convolution(self.head), *_maybe(_take_slope(slopes, parent(self.head.name)))]
        shuffles: list[nn.Module] = []
        for up, factor in zip(self.ups, self.factors, strict=False):
            own_slope = _take_slope(slopes, parent(up.name))
            shuffles += [convolution(up), nn.PixelShuffle(factor), *_maybe(own_slope)]
        tail = [*shuffles, convolution(self.lasts[0])]
        if len(self.factors) > len(self.ups):
            tail.append(nn.PixelShuffle(self.factors[-1]))
        if slopes:
            return None
        bound = [nn.Tanh()] if is_bounded else []
        return Residual(nn.Sequential(*head), nn.Sequential(*blocks, *trunk_end), nn.Sequential(*tail, *bound))

    def _norms(self, layers: list[Convolution], norms: list[Norm]) -> list[nn.Module]:
        """Make the normalisations of layers; where one learned nothing, the bias before it is left out."""
        if norms:
            return [norm(one) for one in norms]
        if all(one.bias is None for one in layers):
            return [nn.InstanceNorm2d(self.width) for _ in layers]
        return []


def _grouped(layers: list[Convolution]) -> tuple[int, list[list[Convolution]]]:
    """Group layers into pairs and a single one by their names, and tell how many numbers of a name that takes."""
    for depth in range(MAX_DEPTH):
        groups: dict[str, list[Convolution]] = {}
        for one in layers:
            groups.setdefault(group(one.name, depth), []).append(one)
        sizes = [len(ones) for ones in groups.values()]
        if set(sizes) == {1, 2} and sizes.count(1) == 1:
            return depth, list(groups.values())
    return 0, []


def group(name: str, depth: int) -> str:
    """Return a name up to a number that stands alone or ends a word: what a block's layers share.

    Parameters
    ----------
    name : str
    depth : int
        0 for the first number.
    """
    parts = name.split(".")
    places = [index for index, part in enumerate(parts) if part[-1:].isdigit()]
    return ".".join(parts[: places[depth] + 1]) if depth < len(places) else name


def parent(name: str) -> str:
    """Return the name of what holds a layer."""
    return name.rpartition(".")[0]


def _take_slope(slopes: dict[str, torch.Tensor], holder: str) -> nn.Module | None:
    name = next((one for one in slopes if one.startswith(f"{holder}.")), None)
    return None if name is None else slope(slopes.pop(name))


def _take_norms(norms: list[Norm], holder: str) -> list[Norm]:
    taken = [one for one in norms if one.name.startswith(f"{holder}.")]
    norms[:] = [one for one in norms if one not in taken]
    return taken


def _maybe(module: nn.Module | None) -> list[nn.Module]:
    return [] if module is None else [module]
