"""All of a person's work at one moment, frozen, so that it can be written while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.engine.checkpoint import Checkpoint
    from zssr_studio.imaging.picture import Crop, Picture
    from zssr_studio.job import Job


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """A run that was going on; `checkpoint` is None before its first one."""

    job: Job
    checkpoint: Checkpoint | None
    history: History


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """The picture, what is set, what was made of it, and what was being made.

    Parameters
    ----------
    picture : Picture
    source : SourceFile
        The file that the picture was read from.
    crop : Crop or None
    settings : Settings
    entries : tuple of Entry
        The list of results, the input first.
    current, truth : int or None
        Keys of the run that is exported and of the ground truth.
    runs : int
        How many runs have been numbered.
    waiting : tuple of Job
        In their order.
    training : Training or None
    """

    picture: Picture
    source: SourceFile
    crop: Crop | None
    settings: Settings
    entries: tuple[Entry, ...]
    current: int | None
    truth: int | None
    runs: int
    waiting: tuple[Job, ...]
    training: Training | None
