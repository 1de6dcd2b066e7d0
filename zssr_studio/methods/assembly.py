"""From rows that a method makes to a picture with all that belongs to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.clock import Watch, enlarging_left_s
from zssr_studio.engine.events import Band, Enlarging, Notice, Started
from zssr_studio.engine.output.bands import interpolated_rows
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import CPU, is_out_of_memory
from zssr_studio.engine.runtime.memory import memory_failure
from zssr_studio.imaging.colour.trained_values import TrainedValues
from zssr_studio.job import Job
from zssr_studio.pipeline import to_array, to_tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from numpy.typing import NDArray

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Picture

    # What a method makes of pixels (H, W, C) in [0, 1]: now and then the share that is done, 0 to 1, notices, and each
    # band of rows of the output once, from the top on, without alpha.
    Making = Generator[float | Notice | Band, None, None]


def assembled(
    picture: Picture,
    scale: Scale,
    make: Callable[[NDArray[np.float32]], Making],
    device: str = CPU,
    parameters: int = 0,
) -> Generator[Event, None, Picture]:
    """Advance what a method makes, and put its rows into a picture.

    Floating-point samples beyond [0, 1] come back to their range, and alpha is enlarged by bicubic interpolation.

    Parameters
    ----------
    picture : Picture
    scale : Scale
    make : callable
        Takes pixels (H, W, C), float32, in [0, 1], in which hidden colours are filled, and makes rows.
    device, parameters : str, int
        For the first event.

    Yields
    ------
    Event

    Returns
    -------
    Picture

    Raises
    ------
    FailureError
        If the memory is not enough.
    """
    job = Job(picture, scale)
    height, width = job.out_size
    yield Started(device, height, width, 0, parameters)
    try:
        pixels = np.empty((height, width, picture.channels), np.float32)
        values = TrainedValues.of(picture)
        yield from relayed(make(values.pixels), _Placing(pixels, values))
        alpha = None if picture.alpha is None else _enlarged_alpha(picture.alpha, scale)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise memory_failure(job.out_size) from error
    return replace(job.enlarged_header, pixels=pixels, alpha=alpha)


class _Placing:
    """Puts bands into their place, and turns shares into events with the time that is left."""

    def __init__(self, pixels: NDArray[np.float32], values: TrainedValues) -> None:
        self._pixels, self._values = pixels, values
        self._watch = Watch()

    def __call__(self, made: float | Notice | Band) -> Iterator[Event]:
        """Take what was made."""
        self._watch.halt()
        match made:
            case Band():
                self._pixels[made.top : made.top + len(made.pixels)] = self._values.restored(made.pixels)
            case Notice():
                yield made
            case _:
                spent_s = self._watch.spent_s
                yield Enlarging(0, made, spent_s, enlarging_left_s(made, spent_s, 0.0))
        self._watch.go_on()


def _enlarged_alpha(alpha: NDArray[np.float32], scale: Scale) -> NDArray[np.float32]:
    rows = scale.out_size(*alpha.shape)[0]
    enlarged = interpolated_rows(to_tensor(alpha[:, :, None], torch.device(CPU)), scale.factors, (0, rows))
    return to_array(enlarged)[:, :, 0]
