"""The pictures that were opened together, and how far they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zssr_studio.app.models.box.state import PictureState

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from zssr_studio.app.models.box.picture import BoxPicture
    from zssr_studio.app.models.box.plan import BoxPlan


class BoxState(StrEnum):
    """What is being done with the box."""

    IDLE = "idle"
    WORKING = "working"
    PAUSED = "paused"
    ENDING = "ending"  # begins no more pictures
    STOPPING = "stopping"  # ends what it has in hand


class BoxModel(QObject):
    """Holds the pictures in the order in which they were opened.

    Signals
    -------
    reset()
        Pictures came or went.
    changed(int)
        Something is known of the picture in this place that was not before.
    state_changed()
        Work begins, pauses or ends.
    plan_changed()
    """

    reset = Signal()
    changed = Signal(int)
    state_changed = Signal()
    plan_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pictures: list[BoxPicture] = []
        self._places: dict[Path, int] = {}
        self._counts: Counter[PictureState] = Counter()
        self._state = BoxState.IDLE
        self._plan: BoxPlan | None = None

    @property
    def pictures(self) -> Sequence[BoxPicture]:
        """All pictures."""
        return tuple(self._pictures)

    @property
    def home(self) -> Path | None:
        """Where its pictures came from."""
        return None if self._plan is None else self._plan.home

    @property
    def is_open(self) -> bool:
        """Whether there is a box."""
        return bool(self._pictures)

    @property
    def state(self) -> BoxState:
        """What is being done with the box."""
        return self._state

    @property
    def is_working(self) -> bool:
        """Whether pictures are being enlarged, or are about to be."""
        return self._state is not BoxState.IDLE

    @property
    def plan(self) -> BoxPlan | None:
        """How they are enlarged; None without a box."""
        return self._plan

    @property
    def counts(self) -> Counter[PictureState]:
        """How many pictures are in each state."""
        return self._counts.copy()

    @property
    def wanted(self) -> int:
        """How many pictures are to be enlarged, or were."""
        return len(self._pictures) - self._counts[PictureState.SKIPPED]

    def get(self, place: int) -> BoxPicture:
        """Return the picture in a place."""
        return self._pictures[place]

    def place_of(self, path: Path | None) -> int | None:
        """Return the place of a file; None where it is not in the box."""
        return None if path is None else self._places.get(path)

    def open(self, pictures: Sequence[BoxPicture], plan: BoxPlan | None) -> None:
        """Take other pictures in, or with none close the box; nothing may be working."""
        self._plan = plan
        self._take(list(pictures))
        self.plan_changed.emit()

    def add(self, pictures: Sequence[BoxPicture]) -> None:
        """Take in those of these pictures that are not there yet, behind the others; nothing may be working."""
        self._take([*self._pictures, *(one for one in pictures if one.path not in self._places)])

    def remove(self, places: Collection[int]) -> None:
        """Take pictures out; their files stay."""
        gone = set(places)
        self._take([one for place, one in enumerate(self._pictures) if place not in gone])

    def change(self, place: int, **values: Any) -> None:
        """Note something of one picture."""
        before = self._pictures[place]
        after = self._pictures[place] = replace(before, **values)
        self._counts[before.shown_state] -= 1
        self._counts[after.shown_state] += 1
        self.changed.emit(place)

    def set_state(self, state: BoxState) -> None:
        """Say what is being done."""
        if state is not self._state:
            self._state = state
            self.state_changed.emit()

    def set_plan(self, plan: BoxPlan) -> None:
        """Take what a person chose for all."""
        if plan != self._plan:
            self._plan = plan
            self.plan_changed.emit()

    def _take(self, pictures: list[BoxPicture]) -> None:
        self._pictures = pictures
        self._counts = Counter(one.shown_state for one in pictures)
        self._places = {one.path: place for place, one in enumerate(pictures)}
        self.reset.emit()
