"""Which network a file of weights is of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from zssr_studio.engine.degradation.resample import resize
from zssr_studio.engine.metrics import psnr_db
from zssr_studio.errors import BadInputError
from zssr_studio.methods.names import scale_of_name
from zssr_studio.methods.networks.architectures import chains, compact, edsr, rlfn, rrdb
from zssr_studio.methods.networks.file_method import FileMethod
from zssr_studio.methods.networks.tensor_files import read_tensors
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.methods.networks.architectures.layers import Tensors
    from zssr_studio.methods.networks.network import Network

RECOGNISERS = (chains.recognised, edsr.recognised, rlfn.recognised, rrdb.recognised, compact.recognised)
# The part of the sample photo on which values are tried: rows, columns, side.
TRIED_PART = (96, 144, 96)
# An answer so much nearer to the photo than that of the authors' values shows that a file takes others. Chosen: with
# wrong values the files that were tried lose 0.01 to 5 dB here.
TELLING_DB = 1.0


def method_of_file(path: Path) -> FileMethod:
    """Read a file and return the network in it, as a method.

    Raises
    ------
    BadInputError
        If the file cannot be read, or no network here has such tensors.
    """
    network = recognised(path.name, read_tensors(path))
    return FileMethod(path, network, scale_of_name(path.stem) if network.scale is None else None)


def recognised(name: str, tensors: Tensors) -> Network:
    """Return the network that tensors are of, with the values that it takes.

    Raises
    ------
    BadInputError
    """
    for recogniser in RECOGNISERS:
        networks = recogniser(tensors)
        if networks:
            return _likeliest(networks)
    count = sum(value.numel() for value in tensors.values())
    raise BadInputError(
        f"{name} holds {len(tensors)} tensors with {count:,} numbers, of no network that is known here: SRCNN, VDSR, "
        "EDSR, SRResNet, SRGAN, RLFN, ESRGAN (RRDB) and Real-ESRGAN Compact are."
    )


def _likeliest(networks: list[Network]) -> Network:
    """Return the first network, or one that answers to the sample photo far better, since its values are others."""
    first, *others = networks
    if not others:
        return first
    tried = [(_tried_db(one), one) for one in networks]
    best_db, best = max(tried, key=lambda pair: pair[0])
    return best if best_db > tried[0][0] + TELLING_DB else first


def _tried_db(network: Network) -> float:
    """Enlarge a part of the sample photo that was made small, and return the PSNR in dB against what it was."""
    truth = _sample()[:, : network.channels]
    scale = network.scale or 2
    side = truth.shape[-1] // scale
    lr = resize(truth, (1 / scale, 1 / scale), (side, side))
    given = network(lr if network.scale else resize(lr, (scale, scale), (side * scale, side * scale)))
    wanted = truth[..., : side * scale, : side * scale]
    if given.shape != wanted.shape or not bool(given.isfinite().all()):
        return -np.inf
    return psnr_db(float((given.clamp(0, 1) - wanted).square().mean().sqrt()))


@cache
def _sample() -> torch.Tensor:
    top, left, side = TRIED_PART
    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        pixels = np.asarray(image.convert("RGB").crop((left, top, left + side, top + side)), np.float32) / 255
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]
