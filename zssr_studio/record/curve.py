"""A curve of bounded length, however long a run takes, and what of it stands in the record of the run."""

from __future__ import annotations

MAX_POINTS = 1200
# Of the curve in a record: some kilobytes of text. Chosen.
RECORDED_POINTS, RECORDED_DIGITS = 200, 4


class Curve:
    """Values against steps. Once it is full, neighbours are averaged in pairs, and each point stands for more steps.

    Painting stays fast, and a noisy curve stays readable.

    Attributes
    ----------
    steps, values : list of float
    group : int
        How many steps a point stands for.
    """

    def __init__(self) -> None:
        self.steps: list[float] = []
        self.values: list[float] = []
        self.group = 1
        self._waiting: list[tuple[int, float]] = []

    def add(self, step: int, value: float) -> None:
        """Append a value."""
        self._waiting.append((step, value))
        if len(self._waiting) < self.group:
            return
        self.steps.append(sum(step for step, _ in self._waiting) / self.group)
        self.values.append(sum(value for _, value in self._waiting) / self.group)
        self._waiting = []
        if len(self.steps) == MAX_POINTS:
            self.steps, self.values = _halved(self.steps), _halved(self.values)
            self.group *= 2

    def copied(self) -> Curve:
        """Return the curve as it stands; what waits for its group is left out."""
        copy = Curve()
        copy.lay_in(list(self.steps), list(self.values), self.group)
        return copy

    def lay_in(self, steps: list[float], values: list[float], group: int) -> None:
        """Take points that were made before.

        Raises
        ------
        ValueError
            If they are no curve.
        """
        if len(steps) != len(values) or len(steps) >= MAX_POINTS or group < 1:
            raise ValueError("a curve is damaged")
        self.steps, self.values, self.group = [float(step) for step in steps], [float(one) for one in values], group


def recorded_curve(curve: Curve) -> dict[str, list[float]] | None:
    """Take a curve apart for a record, with fewer points and digits; None where it has none."""
    steps, values = curve.steps, curve.values
    while len(steps) > RECORDED_POINTS:
        steps, values = _halved(steps), _halved(values)
    if not steps:
        return None
    return {
        "steps": [round(step, 1) for step in steps],
        "values": [float(f"{value:.{RECORDED_DIGITS}g}") for value in values],
    }


def _halved(numbers: list[float]) -> list[float]:
    """Average neighbours in pairs; the last of an odd number stays."""
    pairs = [(a + b) / 2 for a, b in zip(numbers[::2], numbers[1::2], strict=False)]
    return pairs + numbers[2 * len(pairs) :]
