"""What a batch would find and take, without doing it: each picture looked at, its time and its room told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.order import Order
from zssr_studio.batch.one_file.preparation import prepared
from zssr_studio.errors import FailureError, StudioError
from zssr_studio.words.findings import damage_text

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.options import Plain
    from zssr_studio.forecast import Speed


def survey(plain: Plain) -> Plain:
    """Look at one picture as if it were to be enlarged.

    Parameters
    ----------
    plain : dict
        An `Order`, as JSON has it.

    Returns
    -------
    dict
        `kind` is `done` with `height`, `width` (of the result), `kernel`, `damage`, `training_s`, `output_s`, `at_most`
        (whether training may end sooner), `held_bytes` and `file_bytes`; or `failed` with a `sentence`.
    """
    from zssr_studio.forecast import forecast
    from zssr_studio.imaging.export import Format
    from zssr_studio.imaging.write import estimate_bytes
    from zssr_studio.record.told import kernel_name

    try:
        ready = prepared(Order.from_plain(plain))
        job, export = ready.job, ready.export
        size = {"height": job.out_size[0], "width": job.out_size[1]}
        # An enlarged picture is smoother than its source, so this is rather too much.
        area = job.scale.factors[0] * job.scale.factors[1]
        file_bytes = round(area * estimate_bytes(job.source, export.format or Format.TIFF, export))
        found = {**size, "kernel": kernel_name(job), "damage": damage_text(job.damage) if job.damage else ""}
        if job.scale.is_copy:
            return {"kind": "done", **found, "file_bytes": file_bytes, **_COPIED}
        took = forecast(job, _speed(job.preset, job.device))
        times = {"training_s": took.training_s, "output_s": took.output_s, "at_most": took.at_most}
        return {"kind": "done", **found, "file_bytes": file_bytes, **times, "held_bytes": took.held_bytes}
    except StudioError as error:
        return {"kind": "failed", "sentence": str(error)}


_COPIED = {"training_s": 0.0, "output_s": 0.0, "at_most": False, "held_bytes": 0}


@cache
def _speed(preset: str, device: str) -> Speed:
    """Measure this machine once for each preset."""
    from zssr_studio.forecast import measure

    speed = measure(preset, device, _never)
    if speed is None:
        raise FailureError("The speed of this machine could not be measured. Try again.")
    return speed


def _never() -> bool:
    return False
