"""The consistency map of a result that no run made here: from the result, its source and what was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.maps import MapFigures, Maps
from zssr_studio.engine.output.consistency import Explained
from zssr_studio.engine.runtime.device import CPU
from zssr_studio.imaging.colour.trained_values import TrainedValues
from zssr_studio.pipeline import to_tensor

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job

# Rows of the source that are compared at once. Chosen: those of any picture take some megabytes.
ROWS_AT_ONCE = 64


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
    size = job.out_size
    if (result.height, result.width) != size or result.channels != source.channels:
        return None
    if result.icc_profile != source.icc_profile:
        return None
    values = TrainedValues.of(source)
    lr, cpu = to_tensor(values.pixels, torch.device(CPU)), torch.device(CPU)
    explained, degradation = Explained(job.damage, values.bits), Degradation(job.scale.factors, job.kernel)
    error, beyond = (
        np.empty((source.height, source.width), np.float32),
        np.empty((source.height, source.width), np.bool_),
    )
    for top in range(0, source.height, ROWS_AT_ONCE):
        region = Region((top, 0), (min(source.height, top + ROWS_AT_ONCE), source.width))
        held = degradation.hr_needed(region, size)
        hr = held.cut(to_tensor(result.pixels, cpu)).sub(values.low).div_(values.span)
        again = degradation.downscale_part(hr, held.start, size, region)
        compared = explained.compared(again, region.cut(lr))
        rows = slice(top, region.stop[0])
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
