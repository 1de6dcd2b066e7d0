"""A result that no run made here, downscaled again and compared with its source, pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.maps import MapFigures, Maps
from zssr_studio.engine.output.consistency import Explained
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


def downscaled_again(
    result: Picture, source: Picture, scale: Scale, kernel: Kernel | None
) -> Iterator[tuple[slice, torch.Tensor, torch.Tensor]]:
    """Downscale a result again, some rows of its source at a time.

    Parameters
    ----------
    result, source : Picture
        Of the sizes that the scale gives, with the same channels.
    scale : Scale
    kernel : Kernel or None
        The blur that made the source; None means an antialiased bicubic downscaling.

    Yields
    ------
    tuple of slice, Tensor, Tensor
        Rows of the source, the result downscaled to them, and the source there, both (1, C, rows, W) in [0, 1].
    """
    size, cpu = (result.height, result.width), torch.device(CPU)
    values, degradation = TrainedValues.of(source), Degradation(scale.factors, kernel)
    lr, hr = to_tensor(values.pixels, cpu), to_tensor(result.pixels, cpu)
    for top in range(0, source.height, ROWS_AT_ONCE):
        region = Region((top, 0), (min(source.height, top + ROWS_AT_ONCE), source.width))
        held = degradation.hr_needed(region, size)
        part = held.cut(hr).sub(values.low).div_(values.span)
        yield slice(top, region.stop[0]), degradation.downscale_part(part, held.start, size, region), region.cut(lr)


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
    for rows, again, wanted in downscaled_again(result, source, job.scale, job.kernel):
        compared = explained.compared(again, wanted)
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
