"""What became of a picture of a box."""

from __future__ import annotations

from enum import StrEnum


class PictureState(StrEnum):
    """What became of a picture."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
