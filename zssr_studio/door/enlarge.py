"""Enlarges a picture in one call, or event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from zssr_studio.door import choices
from zssr_studio.door.choices import AUTO
from zssr_studio.door.intake import path_of, taken
from zssr_studio.door.work import finished, prepared
from zssr_studio.engine.weights import Weights
from zssr_studio.job import Job
from zssr_studio.record.weights import read_weights

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator

    from numpy.typing import NDArray
    from PIL import Image

    import zssr_studio.job
    from zssr_studio.door.choices import CleaningLike, CropLike, KernelLike, ScaleLike
    from zssr_studio.door.intake import ArraySource, Source
    from zssr_studio.door.result import Result
    from zssr_studio.engine.events import Event


@overload
def upscale(
    source: Image.Image,
    scale: ScaleLike = 2,
    *,
    kernel: KernelLike = AUTO,
    cleaning: CleaningLike = AUTO,
    grain: float | None = None,
    grain_colour: float | None = None,
    crop: CropLike | None = None,
    preset: str = "fast",
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    device: str = AUTO,
    memory_bytes: int | None = None,
    init: Weights | str | os.PathLike[str] | None = None,
    on_event: Callable[[Event], object] | None = None,
) -> Result[Image.Image]: ...
@overload
def upscale(
    source: ArraySource,
    scale: ScaleLike = 2,
    *,
    kernel: KernelLike = AUTO,
    cleaning: CleaningLike = AUTO,
    grain: float | None = None,
    grain_colour: float | None = None,
    crop: CropLike | None = None,
    preset: str = "fast",
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    device: str = AUTO,
    memory_bytes: int | None = None,
    init: Weights | str | os.PathLike[str] | None = None,
    on_event: Callable[[Event], object] | None = None,
) -> Result[NDArray[Any]]: ...
def upscale(
    source: Source,
    scale: ScaleLike = 2,
    *,
    kernel: KernelLike = AUTO,
    cleaning: CleaningLike = AUTO,
    grain: float | None = None,
    grain_colour: float | None = None,
    crop: CropLike | None = None,
    preset: str = "fast",
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    device: str = AUTO,
    memory_bytes: int | None = None,
    init: Weights | str | os.PathLike[str] | None = None,
    on_event: Callable[[Event], object] | None = None,
) -> Result[Any]:
    """Train a small network on a picture alone, and enlarge the picture with it.

    Parameters
    ----------
    source : ndarray, PIL.Image.Image, path or Picture
        An array of shape (H, W) or (H, W, C), C being 1 (gray), 2 (gray and alpha), 3 (RGB) or 4 (RGB and alpha); of
        dtype uint8, uint16, or floating point in [0, 1]. It is never written to. Alpha is enlarged beside the colours
        and never trained on.
    scale : float, tuple of float, str or Scale
        Enlargement, 1 to 8; for each axis as (vertical, horizontal) or `"2x1.5"`. Sizes are rounded up.
    kernel : str, path, array or Kernel
        The blur that made the picture: `auto` estimates it, `bicubic` is ordinary downscaling; else a shape such as
        `gaussian:1.4,0.8,30` (lengths in pixels of the result), the path of a kernel file, an array (n, m) or a Kernel.
    cleaning : str, float or Damage
        Noise and compression that are cleaned: `auto` finds them, `none` cleans nothing; a number is the noise's
        standard deviation as a share of the value range, 0 to 0.5.
    grain : float or None
        Share of the cleaned grain that comes back, 0 to 1; None leaves what `cleaning` says, which is 0 unless it is a
        Damage.
    grain_colour : float or None
        The same for the colour of the grain alone; None is as much as `grain`, or what a Damage says.
    crop : tuple of int, Crop or None
        Train on this part only and enlarge it: (top, left, height, width) in pixels.
    preset : str
        `fast`, `best`, `paper` or `gradual`.
    seconds : float or None
        Bound of the training time; None takes the preset's own (40 for `fast`).
    steps : int or None
        Number of training steps. On the CPU the same seed and steps give the same bits.
    seed : int
        Of every random draw, from 0.
    device : str
        `auto`, `cpu`, `cuda`, `mps` or `xpu`.
    memory_bytes : int or None
        Budget of the whole program while the output is made; None takes most of what is free.
    init : Weights, path or None
        Weights to start from, such as another result's `weights` or a .safetensors file.
    on_event : callable or None
        Called with every event of the run; previews among them, which take about a twentieth of the time. What it
        raises ends the run.

    Returns
    -------
    Result
        `result.pixels` is as the source came: the same dtype, dimensions and channels, or a PIL image.

    Raises
    ------
    BadInputError
        If something cannot be used, with a sentence that says what, where and what to do.
    FailureError
        If the work could not be done, such as for too little memory.
    TypeError
        If something is of another type.

    Examples
    --------
    >>> import zssr_studio as zs
    >>> from skimage import data
    >>> result = zs.upscale(data.coffee()[100:124, 200:240], scale=2, steps=2)
    >>> result.pixels.shape, result.pixels.dtype
    ((48, 80, 3), dtype('uint8'))
    >>> result.settings.preset, result.settings.steps
    ('fast', 2)
    >>> result.consistency_db > 30
    True

    Events tell how far it is:

    >>> from zssr_studio.engine.events import Step
    >>> def tell(event):
    ...     if isinstance(event, Step):
    ...         print(event.step, "of 2")
    >>> result = zs.upscale(data.camera()[:20, :20], steps=2, kernel="bicubic", cleaning="none", on_event=tell)
    1 of 2
    2 of 2
    """
    if on_event is not None and not callable(on_event):
        raise TypeError(f"on_event takes a function of one event, such as print, not {type(on_event).__name__}.")
    came, factors = taken(source), choices.scale_of(scale)
    damage = choices.named_damage(cleaning, came.picture.channels)
    kept = choices.grain_of("grain", grain), choices.grain_of("grain_colour", grain_colour)
    job = Job(
        picture=came.picture,
        scale=factors,
        preset=choices.text_of("preset", preset),
        crop=choices.crop_of(crop),
        kernel=choices.named_kernel(kernel, factors),
        seed=choices.whole("seed", seed),
        seconds=None if seconds is None else choices.number("seconds", seconds),
        steps=None if steps is None else choices.whole("steps", steps),
        device=choices.text_of("device", device),
        memory_bytes=None if memory_bytes is None else choices.whole("memory_bytes", memory_bytes),
        init=weights_of(init),
        name=came.name,
    )
    ready, told = prepared(job, damage, kept, finds_kernel=choices.is_estimated(kernel))
    return finished(came, ready, told, on_event)


def run(
    job: Job, stop: Callable[[], bool] | None = None, *, previews: bool = True
) -> Generator[Event, None, zssr_studio.job.Result]:
    """Do a job event by event.

    Parameters
    ----------
    job : Job
        All that a run needs, with its picture; `zssr_studio.read` gives one.
    stop : callable or None
        Asked between two steps; once it says True, training ends and the best so far is enlarged and returned.
    previews : bool
        Whether to spend about a twentieth of the time on previews.

    Yields
    ------
    Event
        A frozen value of `zssr_studio.engine.events`. Advancing is what makes the run go on; not advancing pauses it,
        closing discards it.

    Returns
    -------
    zssr_studio.job.Result
        With `picture`, `bicubic` to compare with, and `outcome`. `result = yield from run(job)` hands it on, and a loop
        finds it as the `value` of `StopIteration`.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    TypeError
        If it is no job.

    Examples
    --------
    >>> import zssr_studio as zs
    >>> picture = zs.read(zs.resource_path("sample.png"))
    >>> job = zs.Job(picture, zs.Scale(2, 2), crop=zs.Crop(100, 120, 24, 32), steps=2)
    >>> events = [type(event).__name__ for event in zs.run(job, previews=False)]
    >>> events[0], events.count("Step")
    ('Started', 2)
    """
    if not isinstance(job, Job):
        raise TypeError(
            f"run takes a Job, not {type(job).__name__}. Make one, zs.Job(zs.read(path), zs.Scale(2, 2)), or call "
            "zs.upscale."
        )
    from zssr_studio import pipeline

    return pipeline.upscale(job, pipeline.never if stop is None else stop, previews=previews)


def weights_of(init: Weights | str | os.PathLike[str] | None) -> Weights | None:
    """Take weights, or read them from a file."""
    if init is None or isinstance(init, Weights):
        return init
    return read_weights(path_of(init, "init"))
