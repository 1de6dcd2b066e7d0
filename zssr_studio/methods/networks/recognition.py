"""Which network a file of weights is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError
from zssr_studio.methods.names import scale_of_name
from zssr_studio.methods.networks.architectures import chains, compact, edsr, rlfn, rrdb
from zssr_studio.methods.networks.file_method import FileMethod
from zssr_studio.methods.networks.tensor_files import read_tensors
from zssr_studio.methods.networks.trial import likeliest

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.methods.networks.architectures.layers import Tensors
    from zssr_studio.methods.networks.network import Network

RECOGNISERS = (chains.recognised, edsr.recognised, rlfn.recognised, rrdb.recognised, compact.recognised)


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
            return likeliest(networks)
    count = sum(value.numel() for value in tensors.values())
    raise BadInputError(
        f"{name} holds {len(tensors)} tensors with {count:,} numbers, of no network that is known here: SRCNN, VDSR, "
        "EDSR, SRResNet, SRGAN, RLFN, ESRGAN (RRDB) and Real-ESRGAN Compact are."
    )
