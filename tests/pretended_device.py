"""A pretended graphics card: it computes on the processor, but its tensors are of another device.

Mixing its tensors with the processor's is refused, as a card refuses it. What would make the processor wait for the
card, and what is copied to and fro, is written down. It is blind for speed, memory, and a card's own arithmetic.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map
from torch.utils.backend_registration import _DummyBackendModule, _setup_privateuseone_for_python_backend

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "pretended"
# Operations whose result is for the processor to decide by, or whose shape depends on values.
WAITING = {"_local_scalar_dense", "nonzero", "masked_select", "is_nonzero", "equal", "_unique2", "unique_consecutive"}
INDEXING = {"index", "index_put", "index_put_", "_index_put_impl_"}


@dataclass
class Seen:
    """What was asked of the device.

    Parameters
    ----------
    to_device, to_processor : int
        Copies.
    waits : list of str
        Operations for whose result the processor waits.
    """

    to_device: int = 0
    to_processor: int = 0
    waits: list[str] = field(default_factory=list)


class _Tensor(torch.Tensor):
    """A tensor of the device, which holds one of the processor."""

    held: torch.Tensor
    __torch_function__ = torch._C._disabled_torch_function_impl

    @staticmethod
    def __new__(cls, held: torch.Tensor, requires_grad: bool = False) -> _Tensor:
        if held.dtype == torch.float64:
            raise TypeError("the device has no 64-bit numbers, as those of Apple have none")
        made = torch.Tensor._make_wrapper_subclass(
            cls,
            held.size(),
            strides=held.stride(),
            storage_offset=held.storage_offset(),
            dtype=held.dtype,
            device=torch.device(NAME, 0),
            requires_grad=requires_grad,
        )
        made.held = held
        return made

    def __repr__(self) -> str:
        return f"of the device: {self.held!r}"

    def __deepcopy__(self, memo: dict[int, Any]) -> _Tensor:
        if id(self) not in memo:
            made = _Tensor(self.held.detach().clone(memory_format=torch.preserve_format), self.requires_grad)
            if isinstance(self, torch.nn.Parameter):
                made._is_param = True
            memo[id(self)] = made
        return memo[id(self)]

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return _SEEN[-1].computed(function, args, kwargs or {})


class _Watcher(TorchDispatchMode):
    """Computes what is asked of either device."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        return self.computed(function, args, kwargs or {})

    def computed(self, function, args, kwargs):
        name = function._schema.name.split("::")[1]
        values = tree_flatten((args, kwargs))[0]
        ours = [value for value in values if isinstance(value, _Tensor)]
        theirs = [value for value in values if isinstance(value, torch.Tensor) and not isinstance(value, _Tensor)]
        wanted = kwargs.get("device")
        on_device = bool(ours) if wanted is None else torch.device(wanted).type == NAME
        self._note(name, args, ours, theirs, on_device=on_device)
        plain_args, plain = tree_map(_plain, args), tree_map(_plain, kwargs)
        if wanted is not None:
            plain["device"] = torch.device("cpu")
        if plain.get("pin_memory"):
            plain["pin_memory"] = False
        out = function(*plain_args, **plain)
        if name == "copy_":
            return args[0]
        if not on_device or name == "_local_scalar_dense":
            return out
        held = {id(tensor.held): tensor for tensor in ours}
        return tree_map(lambda x: held.get(id(x), _Tensor(x)) if isinstance(x, torch.Tensor) else x, out)

    def _note(self, name, args, ours, theirs, *, on_device: bool) -> None:
        if name in WAITING and ours:
            self._seen.waits.append(name)
        is_copy = name in {"_to_copy", "copy_"}
        if is_copy:
            target = on_device if name == "_to_copy" else isinstance(args[0], _Tensor)
            source = isinstance(args[0] if name == "_to_copy" else args[1], _Tensor)
            self._seen.to_device += target and not source
            self._seen.to_processor += source and not target
            return
        if ours and name in INDEXING:
            indices = [index for index in args[1] if index is not None]
            if any(index.dtype == torch.bool for index in indices):
                self._seen.waits.append("indexing by a mask")
            self._seen.to_device += sum(not isinstance(index, _Tensor) for index in indices)
            return
        mixed = [tensor for tensor in theirs if tensor.ndim]
        if ours and mixed:
            raise RuntimeError(
                f"{name} mixes a tensor of the device with one of the processor, {tuple(mixed[0].shape)}"
            )


class _Lists(TorchFunctionMode):
    """Makes tensors of lists and numbers, which copies them to the device."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        device = kwargs.get("device")
        if function in (torch.tensor, torch.as_tensor) and device is not None and torch.device(device).type == NAME:
            self._seen.to_device += 1
            return _Tensor(function(*args, **{**kwargs, "device": "cpu"}))
        return function(*args, **kwargs)


_SEEN: list[_Watcher] = []


def _plain(value: object) -> object:
    return value.held if isinstance(value, _Tensor) else value


class _Backend(_DummyBackendModule):
    def get_amp_supported_dtype(self) -> list[torch.dtype]:
        return [torch.bfloat16]


@cache
def _registered() -> None:
    """Make the device known to torch, once for the process."""
    _setup_privateuseone_for_python_backend(NAME, backend_module=_Backend())


@contextmanager
def pretended_device() -> Iterator[tuple[torch.device, Seen]]:
    """Have the device for a while, and what is seen of it."""
    _registered()
    seen = Seen()
    watcher = _Watcher(seen)
    with ExitStack() as stack:
        stack.enter_context(_Lists(seen))
        stack.enter_context(watcher)
        _SEEN.append(watcher)
        stack.callback(_SEEN.pop)
        yield torch.device(NAME, 0), seen
