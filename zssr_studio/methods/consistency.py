"""A result that no run made here, downscaled again and compared with its source, pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.maps import MapFigures, Maps
from zssr_studio.engine.output.consistency import UNDAMAGED, Explained
from zssr_studio.engine.runtime.device import CPU
from zssr_studio.imaging.colour.trained_values import TrainedValues, bits_of
from zssr_studio.pipeline import to_tensor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job

# Rows of the source that are compared at once. Chosen: those of any picture take some megabytes.
ROWS_AT_ONCE = 64


class _Rows(NamedTuple):
    """Some rows of the source, with those beside them that are looked at, too.

    Parameters
    ----------
    region, looked_at : Region
        Of the source.
    again, wanted : Tensor, shape (1, C, h, w), in [0, 1]
        The result downscaled to `looked_at`, and the source there.
    """

    region: Region
    looked_at: Region
    again: torch.Tensor
    wanted: torch.Tensor


def downscaled_again(
    result: Picture, source: Picture, scale: Scale, kernel: Kernel | None, explained: Explained = UNDAMAGED
) -> Iterator[_Rows]:
    """Downscale a result again, some rows of its source at a time.

    Parameters
    ----------
    result, source : Picture
        Of the sizes that the scale gives, with the same channels.
    scale : Scale
    kernel : Kernel or None
        The blur that made the source; None means an antialiased bicubic downscaling.
    explained : Explained
        Tells what beside the rows is looked at with them.
    """
    size, cpu = (result.height, result.width), torch.device(CPU)
    values, degradation = TrainedValues.of(source), Degradation(scale.factors, kernel)
    lr, hr = to_tensor(values.pixels, cpu), to_tensor(result.pixels, cpu)
    for top in range(0, source.height, ROWS_AT_ONCE):
        region = Region((top, 0), (min(source.height, top + ROWS_AT_ONCE), source.width))
        looked_at = explained.needed(region, lr)
        held = degradation.hr_needed(looked_at, size)
        part = held.cut(hr).sub(values.low).div_(values.span)
        again = degradation.downscale_part(part, held.start, size, looked_at)
        yield _Rows(region, looked_at, again, looked_at.cut(lr))


@torch.no_grad()
def consistency_maps(job: Job, result: Picture) -> Maps | None:
    """Compare a result with the source of its job, pixel by pixel.

    Parameters
    ----------
    job : Job
        With the kernel and the damage that were assumed.
    result : Picture
        Of another method, or of a file, whose samples are rounded.

    Returns
    -------
    Maps or None
        Without a disagreement; None where the file is of another size, or has other channels or another profile, than
        the run made it.
    """
    source = job.source
    if (result.height, result.width) != job.out_size or result.channels != source.channels:
        return None
    if result.icc_profile != source.icc_profile:
        return None
    # A file may keep fewer bits than the source has, and what its rounding explains is no inconsistency.
    rounded = [bits for bits in (bits_of(source), bits_of(result)) if bits is not None]
    explained = Explained(job.damage, min(rounded, default=None))
    error, beyond = (
        np.empty((source.height, source.width), np.float32),
        np.empty((source.height, source.width), np.bool_),
    )
    for region, looked_at, again, wanted in downscaled_again(result, source, job.scale, job.kernel, explained):
        compared = explained.compared(again, wanted).cut(region, looked_at.start)
        rows = slice(region.start[0], region.stop[0])
        error[rows], beyond[rows] = compared.error.numpy(), compared.beyond.numpy()
    if source.alpha is not None:
        # What nobody sees may be anything in a file.
        hidden = source.alpha <= 0
        error[hidden], beyond[hidden] = 0.0, False
    return Maps(error, beyond, None)


def consistency_figures(job: Job, maps: Maps | None) -> MapFigures | None:
    """Return what a consistency map comes to; nothing is known of passes."""
    if maps is None:
        return None
    explained = Explained(job.damage, None)
    return MapFigures(float(maps.beyond.mean()), explained.expected_share(job.source.channels), None)
