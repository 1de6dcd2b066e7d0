"""Runs a generator to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

    E = TypeVar("E")
    R = TypeVar("R")


def returned(run: Generator[E, None, R]) -> tuple[list[E], R]:
    """Return what a generator yielded, and what it returned."""
    yielded = []
    while True:
        try:
            yielded.append(next(run))
        except StopIteration as end:
            return yielded, end.value
