"""Kin: a few pictures of a box are learned from first, and the others start from what was learned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from zssr_studio.batch.one_file.options import Options

# Enough letters of the settings' hash to tell the weights of two batches in one folder apart.
HASH_LETTERS = 8


class Kin:
    """Which weights each picture of a batch starts from.

    The first pictures are trained on one after the other, each from the weights of the one before, so that the last
    weights have learned from all of them. Those weights stay beside the journal, for a batch that goes on later.

    Parameters
    ----------
    folder : Path
        Of the results.
    stem : str
        What the names of the weights begin with.
    settings : str
        Hash of the settings.
    count : int
        Pictures that are learned from.
    """

    def __init__(self, folder: Path, stem: str, settings: str, count: int) -> None:
        mark = settings[:HASH_LETTERS]
        self._files = [folder / f"{stem}-kin-{mark}-{number}.safetensors" for number in range(1, count + 1)]
        self._seconds: list[float] = []
        self._first_s: float | None = None

    @property
    def is_learning(self) -> bool:
        """Whether a picture is still to be learned from, before the others may begin."""
        return not self._files[-1].exists()

    def options(self, options: Options) -> tuple[Options, Path | None]:
        """Return the options of the next picture, and where what it learns is to be kept."""
        learned = [file for file in self._files if file.exists()]
        begun = options if not learned else replace(options, init=str(learned[-1]))
        return begun, self._files[len(learned)] if self.is_learning else None

    def take(self, figures: Mapping[str, Any]) -> None:
        """Take what a picture took."""
        if figures["other_pictures"]:
            self._seconds.append(figures["seconds"])
        elif self._first_s is None:
            self._first_s = figures["seconds"]

    @property
    def saved(self) -> tuple[float, float, int] | None:
        """Seconds of training of the first picture, mean seconds of those that began with weights, and their number."""
        if self._first_s is None or not self._seconds:
            return None
        return self._first_s, sum(self._seconds) / len(self._seconds), len(self._seconds)
