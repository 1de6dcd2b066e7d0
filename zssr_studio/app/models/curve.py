"""A curve of bounded length, however long a run takes."""

from __future__ import annotations

MAX_POINTS = 1200


class Curve:
    """Values against steps. Once it is full, neighbours are averaged in pairs, and each point stands for more steps.

    Painting stays fast, and a noisy curve stays readable.
    """

    def __init__(self) -> None:
        self.steps: list[float] = []
        self.values: list[float] = []
        self._group = 1
        self._waiting: list[tuple[int, float]] = []

    def add(self, step: int, value: float) -> None:
        """Append a value."""
        self._waiting.append((step, value))
        if len(self._waiting) < self._group:
            return
        self.steps.append(sum(step for step, _ in self._waiting) / self._group)
        self.values.append(sum(value for _, value in self._waiting) / self._group)
        self._waiting = []
        if len(self.steps) == MAX_POINTS:
            self.steps, self.values = _halved(self.steps), _halved(self.values)
            self._group *= 2


def _halved(numbers: list[float]) -> list[float]:
    return [(a + b) / 2 for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
