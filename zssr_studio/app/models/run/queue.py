"""Runs that wait for their turn, each with the settings of the moment at which it was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zssr_studio.job import Job
    from zssr_studio.methods.method import Method


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A job that has not begun; `method` does it, where it is not this program's own."""

    key: int
    job: Job
    method: Method | None = None


class QueueModel(QObject):
    """Jobs in the order in which they were asked for.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.waiting: tuple[Waiting, ...] = ()
        self._next_key = 0

    def add(self, job: Job, method: Method | None = None) -> None:
        """Let a job wait behind the others."""
        self._next_key += 1
        self._set((*self.waiting, Waiting(self._next_key, job, method)))

    def remove(self, key: int) -> None:
        """Let a job not be done; one that has begun meanwhile goes on."""
        self._set(tuple(one for one in self.waiting if one.key != key))

    def take(self) -> Waiting | None:
        """Take the one that has waited longest out; None where none waits."""
        if not self.waiting:
            return None
        first, *rest = self.waiting
        self._set(tuple(rest))
        return first

    def clear(self) -> None:
        """Forget all."""
        self._set(())

    def _set(self, waiting: tuple[Waiting, ...]) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit()
