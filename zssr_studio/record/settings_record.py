"""What a run does, as JSON, for the metadata that its result carries and from which it can be set again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from zssr_studio.record.plain import packed_kernel, plain_crop, plain_damage

if TYPE_CHECKING:
    from zssr_studio.job import Job
    from zssr_studio.record.plain import Plain


def settings_record(job: Job) -> str:
    """Write a job's settings, without its picture and its weights.

    Examples
    --------
    >>> import numpy as np
    >>> from zssr_studio.imaging.picture import Picture
    >>> from zssr_studio.job import Job
    >>> settings_record(Job(Picture(np.zeros((8, 8, 3), np.float32))))[:44]
    '{"scale":[2,2],"preset":"fast","seed":0,"sec'
    """
    return json.dumps(plain_job_settings(job), separators=(",", ":"))


def plain_job_settings(job: Job, *, exact: bool = False) -> Plain:
    """Take a job's settings apart; `exact` keeps the taps of a kernel to the bit."""
    return {
        "scale": list(job.scale.factors),
        **{name: getattr(job, name) for name in ("preset", "seed", "seconds", "steps", "device")},
        "crop": plain_crop(job.crop),
        "kernel": packed_kernel(job.kernel, job.scale.factors, exact=exact),
        "damage": plain_damage(job.damage),
    }
