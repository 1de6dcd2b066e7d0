"""Does a run again from its record."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zssr_studio.door.enlarge import weights_of
from zssr_studio.door.intake import path_of, taken
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record_files import check_record, read_record
from zssr_studio.evidence.recorded_job import job_of, source_page, source_path
from zssr_studio.evidence.reproduce import Reproduction, reproduced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.door.intake import Source
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.weights import Weights
    from zssr_studio.imaging.picture import Picture

__all__ = ["Reproduction", "reproduce"]


def reproduce(
    result: Mapping[str, Any] | str | os.PathLike[str],
    source: Source | None = None,
    *,
    init: Weights | str | os.PathLike[str] | None = None,
    on_event: Callable[[Event], object] | None = None,
) -> Reproduction:
    """Do a run again from its record, and tell whether its pixels are the same.

    A run that was bounded in seconds is done by the steps that it made.

    Parameters
    ----------
    result : path or dict
        A file that this program wrote, the .json file that `--record` wrote, or the `record` of a `Result`.
    source : ndarray, PIL.Image.Image, path, Picture or None
        What was enlarged. None takes the file of the record's name that lies beside `result`.
    init : Weights, path or None
        The weights that the run began with, where it began with some.
    on_event : callable or None
        Called with every event of the run.

    Returns
    -------
    Reproduction
        `is_equal`, `largest_difference`, `reasons` and `sentence`.

    Raises
    ------
    BadInputError
        If there is no record or it is damaged, or the source or the weights are others.
    FailureError
        If the work could not be done.

    Examples
    --------
    >>> import numpy as np
    >>> import zssr_studio as zs
    >>> pixels = np.random.default_rng(0).random((16, 20)).astype(np.float32)
    >>> result = zs.upscale(pixels, steps=2)
    >>> zs.reproduce(result.record, pixels).is_equal
    True
    """
    where: Path | None = None
    if isinstance(result, Mapping):
        record, where_result = check_record(dict(result), ""), None
    else:
        where = path_of(result, "result")
        found = read_record(where)
        record, where_result = found.record, found.result
    picture = _source(record, where, source)
    return reproduced(record, job_of(record, picture, weights_of(init)), on_event or _ignored, where_result)


def _source(record: dict[str, Any], where: Path | None, source: Source | None) -> Picture:
    """Read what was enlarged, of a file the page that it was."""
    if source is not None and not isinstance(source, str | os.PathLike):
        return taken(source).picture
    from zssr_studio.imaging.read import read_picture

    if source is not None:
        return read_picture(path_of(source, "source"), source_page(record))
    if where is None:
        raise BadInputError("The source of the run is needed to do it again. Give it as source.")
    return read_picture(source_path(record, where, None), source_page(record))


def _ignored(_event: Event) -> None:
    """Take an event that nobody wants."""
