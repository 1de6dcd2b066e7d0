"""What was found in the open picture, kind by kind, and how it stands in the settings of the next run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from zssr_studio.engine.kernels.kernel import Kernel

if TYPE_CHECKING:
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.engine.config import Factors
    from zssr_studio.engine.damage import ColouredNoise, Damage, Noise
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.engine.kernels.estimate import Estimate
    from zssr_studio.jpeg_tables import JpegTables

    Cause = KernelChoice | Noise | ColouredNoise | JpegTables


class FindingKind(StrEnum):
    """What can be undone by itself: the kernel (blur or sharpening), the noise, the compression."""

    KERNEL = "kernel"
    NOISE = "noise"
    JPEG = "jpeg"


@dataclass(frozen=True, slots=True)
class Found:
    """Noise and compression that were found, and what was found of the kernel, which is for one scale."""

    damage: Damage
    estimate: Estimate
    scale: Factors

    @property
    def kernel(self) -> Kernel | None:
        """The kernel that was found; None where bicubic fits, or nothing better is known."""
        return self.estimate.kernel


def cause_in(holder: Found | Settings, kind: FindingKind) -> Cause:
    """Return what was found of a kind, or what the next run undoes of it; None for nothing."""
    match kind:
        case FindingKind.KERNEL:
            return holder.kernel
        case FindingKind.NOISE:
            return holder.damage.noise
        case FindingKind.JPEG:
            return holder.damage.jpeg


def with_cause(settings: Settings, kind: FindingKind, cause: Cause) -> Settings:
    """Let the next run undo something that belongs to the open picture, or nothing of that kind."""
    match kind:
        case FindingKind.KERNEL:
            return replace(settings, kernel=cast("KernelChoice", cause), kernel_by_hand=False)
        case FindingKind.NOISE:
            noise = cast("Noise | ColouredNoise | None", cause)
            return replace(settings, damage=replace(settings.damage, noise=noise), noise_by_hand=False)
        case FindingKind.JPEG:
            return replace(settings, damage=replace(settings.damage, jpeg=cast("JpegTables | None", cause)))


def is_same(one: Cause, other: Cause) -> bool:
    """Whether two are the same; kernels that a project keeps come back as others of the same taps."""
    if isinstance(one, Kernel) and isinstance(other, Kernel):
        return one.has_taps_of(other) and one.name == other.name
    return one == other
