"""Networks that spandrel knows by their tensors (https://github.com/chaiNNer-org/spandrel)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from zssr_studio.errors import BadInputError
from zssr_studio.methods.networks.network import Network

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.methods.networks.architectures.layers import Tensors

KNOWN = "SRCNN, VDSR, EDSR, SRResNet, SRGAN, RLFN, ESRGAN (RRDB), Real-ESRGAN Compact"
# What spandrel raises of tensors that look like a network's and are not quite.
_REFUSALS = (RuntimeError, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError)


class SpandrelModule(nn.Module):
    """Runs a network as spandrel describes it: its values, its padding."""

    def __init__(self, descriptor: Any) -> None:
        super().__init__()
        self.model, self._descriptor = descriptor.model.eval(), descriptor

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, C, h, w) in [0, 1]."""
        given: torch.Tensor = self._descriptor(x)
        return given


def network_of_spandrel(path: Path, tensors: Tensors) -> Network:
    """Return the network that spandrel tells tensors to be of.

    Raises
    ------
    BadInputError
        If it does not know them either or is not installed, or they do not enlarge.
    """
    descriptor = _descriptor(path, tensors)
    needs = descriptor.size_requirements
    title = f"{descriptor.architecture.name}{', ' if descriptor.tags else ''}{', '.join(descriptor.tags)}"
    return Network(
        "spandrel",
        title,
        SpandrelModule(descriptor),
        descriptor.input_channels,
        descriptor.scale,
        multiple=max(1, needs.multiple_of),
        least_px=max(1, needs.minimum),
        is_generative="gan" in descriptor.architecture.id.lower(),
    )


def _descriptor(path: Path, tensors: Tensors) -> Any:
    """Return what spandrel makes of tensors, and refuse what does not enlarge pictures."""
    spandrel = _imported(path.name)
    try:
        descriptor = spandrel.ModelLoader("cpu").load_from_state_dict(dict(tensors))
    except (spandrel.UnsupportedModelError, *_REFUSALS) as error:
        raise BadInputError(
            f"{path.name} holds {len(tensors)} tensors, of none of the networks that are known here ({KNOWN}), nor of "
            "one that spandrel knows or can load. Choose another file."
        ) from error
    if not isinstance(descriptor, spandrel.ImageModelDescriptor) or descriptor.input_channels not in (1, 3):
        raise BadInputError(f"{path.name} is no network that enlarges pictures of one or three channels.")
    if descriptor.output_channels != descriptor.input_channels:
        raise BadInputError(f"{path.name} gives {descriptor.output_channels} channels, so it is none that enlarges.")
    return descriptor


def _imported(name: str) -> Any:
    """Import spandrel, or say of a file why that cannot be done: shortly, since it has one line in the window."""
    unknown = f"{name} is of no network that is known here, and spandrel, which knows more,"
    try:
        import spandrel
    except ImportError as error:
        raise BadInputError(f"{unknown} is not installed ({error}): pip install zssr-studio[spandrel]") from error
    except RuntimeError as error:
        # torchvision of another build, such as PyPI's, which is for CUDA, beside PyTorch's for the processor alone
        # (https://github.com/pytorch/pytorch/issues/122494).
        raise BadInputError(
            f"{unknown} does not load ({error}): the torchvision beside it is of another build than torch "
            f"{torch.__version__}. Install torchvision from where that torch is from."
        ) from error
    return spandrel
