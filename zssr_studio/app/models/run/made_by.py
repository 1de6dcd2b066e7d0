"""Which method a result is by, where it is not this program's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.engine.weights import LearnedFrom
    from zssr_studio.methods.method import Method


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What is told of a method; see `Method`."""

    key: str
    name: str
    learned_from: LearnedFrom

    @classmethod
    def of(cls, method: Method) -> MadeBy:
        """Take a method's own words."""
        return cls(method.key, method.name, method.learned_from)
