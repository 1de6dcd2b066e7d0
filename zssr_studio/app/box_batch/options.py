"""What a batch is told of the settings of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.options import Options
from zssr_studio.engine.config import Scale
from zssr_studio.record.plain import plain_damage, plain_kernel

if TYPE_CHECKING:
    from zssr_studio.app.models.box.plan import BoxPlan
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.record.plain import Plain


def options_of(settings: Settings, plan: BoxPlan) -> Options:
    """Return the options with which each picture of a box is enlarged.

    Parameters
    ----------
    settings : Settings
        Of the next run. What a person gave by hand, kernel or noise, is undone in every picture.
    plan : BoxPlan
        Whether all else that is undone is that of these settings, or found in each picture.
    """
    return Options(
        # As the terminal has it where nobody says otherwise: what one of the two did, the other passes over.
        scale=None if settings.scale == Scale(2, 2) else _exactly(settings.scale),
        preset=settings.preset,
        seed=settings.seed,
        seconds=settings.seconds,
        steps=settings.steps,
        device=settings.device,
        grain=settings.damage.grain,
        grain_colour=settings.damage.grain_colour,
        given=_given(settings, is_shared=plan.is_shared),
    )


def _exactly(scale: Scale) -> str:
    """Write a scale with all of its digits: a size that a person typed gives an odd one."""
    vertical, horizontal = (repr(float(factor)).removesuffix(".0") for factor in scale.factors)
    return vertical if vertical == horizontal else f"{vertical}x{horizontal}"


def _given(settings: Settings, *, is_shared: bool) -> Plain | None:
    given: Plain = {}
    if is_shared or settings.kernel_by_hand:
        given["kernel"] = plain_kernel(settings.kernel)
    if is_shared or settings.noise_by_hand:
        given["damage"] = plain_damage(settings.damage)
    return given or None
