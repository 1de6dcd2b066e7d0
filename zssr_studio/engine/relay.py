"""Passes on what a generator yields, changed, and what it returns. Imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    E = TypeVar("E")
    F = TypeVar("F")
    R = TypeVar("R")


def relayed(run: Generator[E, None, R], each: Callable[[E], Iterable[F]]) -> Generator[F, None, R]:
    """Advance a generator.

    Parameters
    ----------
    run : generator
        What it returns is returned.
    each : callable
        Takes what it yields, and gives what is yielded in its place: one, several or none.
    """
    while True:
        try:
            item = next(run)
        except StopIteration as end:
            result: R = end.value
            return result
        yield from each(item)


def returned(run: Generator[E, None, R]) -> R:
    """Advance a generator to its end, and return what it returns."""
    while True:
        try:
            next(run)
        except StopIteration as end:
            result: R = end.value
            return result
