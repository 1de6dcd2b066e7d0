"""The devices of this machine, and the errors that mean that the memory of one is full."""

from __future__ import annotations

import torch

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.host.machine import processor_quota

AUTO = "auto"
CPU = "cpu"
# torch's names, the fastest first.
KNOWN = ("cuda", "mps", "xpu", CPU)
# What a quota of the processor's time may lack of a whole processor, and another thread still gains. Chosen, as for a
# core that others use (`threads.TOLERATED_SHARE`).
LACKING_SHARE = 0.3
# With one and with two a step in tiles takes 0.57 to 0.85 of the time that it takes with the library's convolutions.
# With more it was not measured (docs/lab/engine.md, "The computation").
MOST_THREADS_IN_TILES = 2
# Where memory is full torch raises an error of its own on accelerators only; on the processor it says so in words, the
# last of these on Windows.
_FULL_MEMORY_WORDS = ("out of memory", "can't allocate memory", "not enough memory")


def available_devices() -> list[str]:
    """Return the usable devices, the best first; `cpu` is always the last."""
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "xpu": torch.xpu.is_available(),
        CPU: True,
    }
    return [name for name in KNOWN if present[name]]


def device_title(name: str) -> str:
    """Name a device as a person knows it, such as the model of the GPU."""
    if name == "cuda":
        return f"NVIDIA or AMD GPU ({torch.cuda.get_device_name()})"
    threads = usable_threads()
    titles = {"mps": "Apple GPU", "xpu": "Intel GPU", CPU: f"Processor ({threads} thread{'s' * (threads > 1)})"}
    return titles[name]


def device_count(name: str) -> int:
    """Return how many devices of a name this machine has, at least one."""
    return max(1, torch.cuda.device_count()) if name == "cuda" else 1


def usable_threads() -> int:
    """Return how many of torch's threads a container's quota of the processor's time lets run, at least one.

    One more would only use the time up sooner, and then all of them wait for the rest of each tenth of a second.
    """
    return max(1, int(min(torch.get_num_threads(), processor_quota() + LACKING_SHARE)))


def choose_device(wanted: str) -> torch.device:
    """Turn a name into a device; `auto` takes the best that there is.

    Raises
    ------
    BadInputError
        If there is no device of that name.
    FailureError
        If this machine does not have it.
    """
    devices = available_devices()
    if wanted == AUTO:
        return torch.device(devices[0])
    if wanted not in KNOWN:
        raise BadInputError(f"There is no device '{wanted}'. Choose auto, {', '.join(KNOWN)}.")
    if wanted not in devices:
        raise FailureError(f"This machine has no usable '{wanted}' device. It has: {', '.join(devices)}; or say auto.")
    return torch.device(wanted)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error of torch means that memory was not enough, on any device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(words in text for words in _FULL_MEMORY_WORDS)


def half_precision(device: torch.device) -> torch.dtype | None:
    """Return the 16-bit type in which a device computes convolutions about twice as fast, or None.

    A processor needs instructions for it (AVX-512 BF16 or AMX); one that emulates them would be slower. The choice
    never depends on timing, so that the same seed gives the same bits (docs/lab, "The computation").
    """
    if device.type == CPU:
        checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
        has = any(getattr(torch.cpu, check, lambda: False)() for check in checks)
        return torch.bfloat16 if has else None
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else None
    return None


def convolves_in_tiles(device: torch.device) -> bool:
    """Whether a network of 32 bits trains faster by convolutions in tiles: on processors with AVX2 and no more.

    And with one or two threads only, since the library's own convolutions gain by each further one, and tiles do not.
    Processors with AVX-512 gain as much by the library's, and others were not measured (docs/lab, "The computation").
    Never chosen by timing either.
    """
    if device.type != CPU or torch.backends.cpu.get_cpu_capability() != "AVX2":
        return False
    return torch.get_num_threads() <= MOST_THREADS_IN_TILES
