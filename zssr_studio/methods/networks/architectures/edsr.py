"""Tells EDSR, SRResNet and SRGAN's generator by their tensors, and with which values each is run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from torch import nn

from zssr_studio.methods.networks.architectures.layers import Tensors, found_layers
from zssr_studio.methods.networks.architectures.modified import Modified
from zssr_studio.methods.networks.architectures.residual import Parts
from zssr_studio.methods.networks.network import Network, Values

if TYPE_CHECKING:
    import torch

# The mean of DIV2K's pictures, which EDSR takes off.
DIV2K_MEAN = (0.4488, 0.4371, 0.4040)
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
# The paper scales what blocks of 256 channels add, and leaves narrower ones alone.
WIDE, WIDE_SHARE = 256, 0.1
BARE_MEANS = ("mean", "rgb_mean", "img_mean")


class Mean(NamedTuple):
    """What is taken off each channel: by a layer of the network, in its own range, or by the program around it."""

    values: tuple[float, ...]
    is_shift: bool


def recognised(tensors: Tensors) -> list[Network]:
    """Return what tensors may be, the likeliest first, or nothing."""
    left = dict(tensors)
    mean = _taken_mean(left)
    found = found_layers(left)
    if found is None or not any(one.shape[1] in (1, 3) for one in found.convolutions):
        return []
    parts = Parts(found)
    if not parts.fits:
        return []
    if found.norms or found.slopes:
        return _srresnets(parts)
    return _modified(parts) if "hr" in parts.singles[0].name.lower() else _edsrs(parts, mean)


def _modified(parts: Parts) -> list[Network]:
    """Return the one that has a convolution at the result's size, where EDSR has one at the end of its trunk."""
    if len(parts.factors) != len(parts.ups):
        return []
    module = Modified((parts.head, parts.singles[0], parts.lasts[0]), parts.blocks, parts.ups, parts.factors)
    title = f"SRResNet without normalisation, {len(parts.blocks)} blocks of {parts.width} channels"
    halo = _halo_px(parts)
    return [Network("srgan", title, module, parts.channels, _scale(parts), halo_px=halo, is_generative=True)]


def _edsrs(parts: Parts, mean: Mean | None) -> list[Network]:
    shares = (WIDE_SHARE, 1.0) if parts.width >= WIDE else (1.0, WIDE_SHARE)
    networks = []
    for values in _edsr_values(parts.channels, mean):
        for share in shares:
            module = parts.built(share, is_bounded=False)
            if module is None:
                return []
            title = f"EDSR, {len(parts.blocks)} blocks of {parts.width} channels"
            networks.append(
                Network("edsr", title, module, parts.channels, _scale(parts), values, halo_px=_halo_px(parts))
            )
    return networks


def _edsr_values(channels: int, mean: Mean | None) -> list[Values]:
    """Return the values that EDSR may take: by the mean that the file keeps, or what its authors' code does."""
    if mean is not None and (mean.is_shift or max(map(abs, mean.values)) > 1):
        span = 255.0 if max(map(abs, mean.values)) > 1 else 1.0
        return [Values((span,), tuple(-value for value in mean.values))]
    if mean is not None:
        # One that keeps the mean of 0 to 1 (krasserm/super-resolution) divides what is left by half of the range.
        return [Values((span,), tuple(-span * value for value in mean.values)) for span in (2.0, 1.0, 255.0)]
    means = [DIV2K_MEAN, (0.0,)] if channels == 3 else [(0.0,)]
    return [Values((span,), tuple(-span * one for one in of)) for of in means for span in (255.0, 1.0)]


def _srresnets(parts: Parts) -> list[Network]:
    networks = []
    for is_bounded in (True, False):
        module = parts.built(1.0, is_bounded=is_bounded)
        if module is None:
            return []
        depends_on_whole = any(isinstance(one, nn.InstanceNorm2d) for one in module.modules())
        title = f"SRGAN or SRResNet, {len(parts.blocks)} blocks of {parts.width} channels"
        halo = None if depends_on_whole else _halo_px(parts)
        networks += [
            Network("srgan", title, module, parts.channels, _scale(parts), values, halo, least_px=2, is_generative=True)
            for values in _srgan_values(parts.channels, is_bounded=is_bounded)
        ]
    return networks


def _srgan_values(channels: int, *, is_bounded: bool) -> list[Values]:
    """Return the values in use: out in -1 to 1 (a hyperbolic tangent's), in the same or 0 to 1, or as ImageNet's."""
    both = Values((2.0,), (-1.0,))
    out = {"out_span": (2.0,), "out_low": (-1.0,)}
    half = Values((1.0,), (0.0,), (2.0,), (-1.0,))
    values = [both, half] if is_bounded else [Values(), both, half]
    if channels == 3:
        span = tuple(1 / one for one in IMAGENET_STD)
        low = tuple(-mean / std for mean, std in zip(IMAGENET_MEAN, IMAGENET_STD, strict=True))
        values.append(Values(span, low, **out))
    return values


def _scale(parts: Parts) -> int:
    return math.prod(parts.factors)


def _halo_px(parts: Parts) -> int:
    """Pixels of the input around a block that it depends on; what is done behind the first shuffle reaches less far."""
    sides = [parts.head.shape[2], parts.singles[0].shape[2], parts.lasts[0].shape[2]]
    return sum(side // 2 for side in sides) + 2 * len(parts.blocks) + len(parts.ups)


def _taken_mean(left: dict[str, torch.Tensor]) -> Mean | None:
    """Take out what a file keeps of the mean that is taken off and added again, and return it."""
    mean = None
    for name in [one for one in left if "sub_mean" in one or "add_mean" in one or one in BARE_MEANS]:
        values = tuple(float(value) for value in left.pop(name).flatten())
        if name in BARE_MEANS:
            mean = Mean(values, is_shift=False)
        elif name.endswith("bias") and "sub_mean" in name:
            mean = Mean(tuple(-value for value in values), is_shift=True)
    return mean
