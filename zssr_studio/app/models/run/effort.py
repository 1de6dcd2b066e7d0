"""How much effort the next run takes, in three steps; anything else is set by preset, time and steps."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from zssr_studio.engine.config import BEST, FAST, PRESETS

if TYPE_CHECKING:
    from zssr_studio.app.models.run.settings import Settings


class Effort(StrEnum):
    """What most people choose from."""

    TRY = "try"
    GOOD = "good"
    BEST = "best"


# Preset, and seconds of training; None takes the preset's own. Ten seconds are a quarter of the usual time. Chosen.
RECIPES: dict[Effort, tuple[str, float | None]] = {
    Effort.TRY: (FAST.name, 10.0),
    Effort.GOOD: (FAST.name, None),
    Effort.BEST: (BEST.name, None),
}


def effort_of(settings: Settings) -> Effort | None:
    """Return the effort that settings stand for; None where they are others."""
    if settings.steps is not None:
        return None
    asked = settings.preset, seconds_of(settings)
    known = {(preset, seconds or PRESETS[preset].seconds): effort for effort, (preset, seconds) in RECIPES.items()}
    return known.get(asked)


def with_effort(settings: Settings, effort: Effort) -> Settings:
    """Return settings with an effort."""
    preset, seconds = RECIPES[effort]
    return replace(settings, preset=preset, seconds=seconds, steps=None)


def seconds_of(settings: Settings) -> float | None:
    """Return for how long the next run trains at most; None where its preset ends by its own rule."""
    return settings.seconds or PRESETS[settings.preset].seconds
