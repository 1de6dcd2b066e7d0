"""Tries which values a network takes, where its file does not tell: on a photo that is made small first."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from zssr_studio.engine.degradation.orientations import AS_IT_IS
from zssr_studio.engine.degradation.resample import resize
from zssr_studio.engine.metrics import psnr_db, rmse
from zssr_studio.methods.networks.blocks import oriented
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.methods.networks.network import Network

# The part of the sample photo that is tried: its first row and column, and its side. Chosen: it has edges.
TRIED_PART = (96, 144, 96)
# An answer so much nearer to the photo than that of the authors' values shows that a file takes others. Chosen: with
# wrong values the files that were tried lose 0.01 to 5 dB here.
TELLING_DB = 1.0
# An answer farther than this from bicubic interpolation's shows nothing: no values are the right ones. Chosen; those
# made to please the eye lose 2 dB.
SANE_DB = 4.0


def likeliest(networks: Sequence[Network]) -> Network:
    """Return the first network, or one that answers to the sample photo far better, since its values are others."""
    first, *others = networks
    if not others:
        return first
    tried = {id(one): answer_db(one) for one in networks}
    best = max(networks, key=lambda one: tried[id(one)])
    least = max(tried[id(first)] + TELLING_DB, bicubic_db(first.scale or 2) - SANE_DB)
    return best if tried[id(best)] > least else first


def answer_db(network: Network) -> float:
    """Enlarge a part of the sample photo that was made small, and return the PSNR in dB against what it was."""
    scale = network.scale or 2
    lr, wanted = _pair(scale, network.channels)
    if network.block_px is not None and network.block_px < lr.shape[-1]:
        side = network.block_px
        lr, wanted = lr[..., :side, :side], wanted[..., : side * scale, : side * scale]
    given = oriented(network, lr if network.scale else _enlarged(lr, scale), AS_IT_IS)
    if given.shape != wanted.shape or not bool(given.isfinite().all()):
        return -math.inf
    return psnr_db(rmse(given.clamp(0, 1), wanted))


def bicubic_db(scale: int) -> float:
    """Return the same for bicubic interpolation."""
    lr, wanted = _pair(scale, 3)
    return psnr_db(rmse(_enlarged(lr, scale).clamp(0, 1), wanted))


def _pair(scale: int, channels: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the part made small, and as it was."""
    truth = _sample()[:, :channels]
    side = truth.shape[-1] // scale
    lr = resize(truth, (1 / scale, 1 / scale), (side, side))
    return lr, truth[..., : side * scale, : side * scale]


def _enlarged(lr: torch.Tensor, scale: int) -> torch.Tensor:
    return resize(lr, (scale, scale), (lr.shape[-2] * scale, lr.shape[-1] * scale))


@cache
def _sample() -> torch.Tensor:
    top, left, side = TRIED_PART
    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        pixels = np.asarray(image.convert("RGB").crop((left, top, left + side, top + side)), np.float32) / 255
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]
