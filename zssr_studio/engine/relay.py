"""Passes on what a generator yields, changed, and what it returns. Imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

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


def returned(run: Generator[E, None, R], take: Callable[[E], object] | None = None) -> R:
    """Advance a generator to its end, hand what it yields to `take`, and return what it returns."""
    while True:
        try:
            item = next(run)
        except StopIteration as end:
            result: R = end.value
            return result
        if take is not None:
            take(item)


class Followed(Generic[F, R]):
    """An iterator over what `relayed` yields, which keeps what the generator returned.

    Parameters
    ----------
    run : generator
    each : callable
        As `relayed` takes it.
    """

    def __init__(self, run: Generator[E, None, R], each: Callable[[E], Iterable[F]]) -> None:
        self._items = self._through(relayed(run, each))
        self._returned: list[R] = []

    def __iter__(self) -> Iterator[F]:
        return self

    def __next__(self) -> F:
        return next(self._items)

    def end(self) -> R:
        """Go through what is left, and return what the generator returned.

        Raises
        ------
        RuntimeError
            If it failed before, which was raised then.
        """
        for _ in self:
            pass
        if not self._returned:
            raise RuntimeError("a generator that failed has returned nothing")
        return self._returned[0]

    def _through(self, run: Generator[F, None, R]) -> Iterator[F]:
        self._returned.append((yield from run))
