"""What an estimate said of the open picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.kernels.kernel import Kernel


@dataclass(frozen=True, slots=True)
class Found:
    """Noise and compression that were found, and the kernel, where there is one but bicubic."""

    damage: Damage
    kernel: Kernel | None
