"""Which network a file of weights is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError
from zssr_studio.methods.names import scale_of_name
from zssr_studio.methods.networks.architectures import chains, compact, edsr, rlfn, rrdb
from zssr_studio.methods.networks.file_method import FileMethod
from zssr_studio.methods.networks.foreign.ncnn_files import network_of_ncnn
from zssr_studio.methods.networks.foreign.onnx_files import networks_of_onnx
from zssr_studio.methods.networks.foreign.spandrel_files import network_of_spandrel
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
        If the file cannot be read, or no network that is known has such tensors.
    FailureError
        If it needs a package that is not installed.
    """
    network = _network_of(path)
    return FileMethod(path, network, scale_of_name(path.stem) if network.scale is None else None)


def _network_of(path: Path) -> Network:
    match path.suffix.lower():
        case ".param":
            return network_of_ncnn(path)
        case ".onnx":
            return _likeliest_of_onnx(path)
    tensors = read_tensors(path)
    network = recognised(tensors)
    return network_of_spandrel(path, tensors) if network is None else network


def _likeliest_of_onnx(path: Path) -> Network:
    networks = networks_of_onnx(path)
    try:
        return likeliest(networks)
    except RuntimeError as error:
        raise BadInputError(f"{path.name} does not enlarge a photo ({error}). Choose another file.") from error


def recognised(tensors: Tensors) -> Network | None:
    """Return the network that tensors are of, with the values that it takes; None where it is none of those here."""
    for recogniser in RECOGNISERS:
        networks = recogniser(tensors)
        if networks:
            return likeliest(networks)
    return None
