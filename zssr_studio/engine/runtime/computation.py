"""With what a run computes: what decides the last bits of its result beside the settings."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import numpy as np
import torch

from zssr_studio.engine.runtime.device import CPU, half_precision


@dataclass(frozen=True, slots=True)
class Computation:
    """Versions and abilities.

    Parameters
    ----------
    torch, numpy, python : str
        Versions.
    machine : str
        Kind of processor, such as `x86_64`.
    instructions : str
        The instructions that torch uses of it, such as `AVX512`.
    half_precision : str or None
        The 16-bit type that convolutions may be computed in on the processor.
    threads : int
        That torch takes where nothing else is said.
    """

    torch: str
    numpy: str
    python: str
    machine: str
    instructions: str
    half_precision: str | None
    threads: int

    @classmethod
    def here(cls) -> Computation:
        """Tell of this machine."""
        half = half_precision(torch.device(CPU))
        return cls(
            torch=str(torch.__version__),
            numpy=np.__version__,
            python=platform.python_version(),
            machine=platform.machine(),
            instructions=torch.backends.cpu.get_cpu_capability(),
            half_precision=None if half is None else str(half).removeprefix("torch."),
            threads=torch.get_num_threads(),
        )
