"""Whether a job fits into the memory that there is, and what is said where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.runtime.memory import needed_bytes
from zssr_studio.errors import FailureError
from zssr_studio.host.machine import free_in_bounds_bytes

if TYPE_CHECKING:
    from zssr_studio.job import Job


def check_bounds(job: Job) -> None:
    """Refuse what a container or a limit of this process cannot hold, before it ends the program.

    Raises
    ------
    FailureError
    """
    (height, width), free = job.out_size, free_in_bounds_bytes()
    needed = needed_bytes(height * width * job.picture.channels)
    if needed > free:
        raise FailureError(
            f"The container, service or shell that this runs in leaves {free / 1e6:.0f} MB of memory, and to enlarge "
            f"to {width} x {height} pixels takes about {needed / 1e6:.0f} MB more than now. Allow it more memory, draw "
            "a smaller crop or choose a smaller scale. The picture is untouched."
        )


def memory_failure(job: Job) -> FailureError:
    """Say that the memory was not enough."""
    height, width = job.out_size
    return FailureError(
        f"This machine's memory is not enough to enlarge to {width} x {height} pixels. Close other programs, draw a "
        "smaller crop or choose a smaller scale. The picture is untouched."
    )
