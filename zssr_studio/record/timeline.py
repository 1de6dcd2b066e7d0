"""A timeline to plain values, as JSON has them, and back; what does not fit raises an error of Python."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from zssr_studio.engine.timeline import LEVELS, NO_TIMELINE, StageTimes, ThreadsSet, Timeline

if TYPE_CHECKING:
    from zssr_studio.record.plain import Plain

# No run has more; it only keeps out what would fill the memory.
MOST_STEPS, MOST_LEVELS = 10**9, 2 * LEVELS


def plain_timeline(timeline: Timeline) -> Plain:
    """Take a timeline apart."""
    return {
        "stages": [
            {
                "index": times.index,
                "steps": times.steps,
                "levels": _text_of(times.borders),
                "part_px": times.part_px,
            }
            for times in timeline.stages
        ],
        "threads": [[change.steps, change.events, change.threads] for change in timeline.threads],
        "block_px": timeline.block_px,
        "passes": list(timeline.passes),
        "broken_off": list(timeline.broken_off),
    }


def timeline_from(plain: Plain | None) -> Timeline:
    """Put a timeline together; None is one of which nothing is known."""
    if plain is None:
        return NO_TIMELINE
    return Timeline(
        tuple(_stage_from(stage) for stage in plain["stages"]),
        tuple(ThreadsSet(*map(_count, change)) for change in plain["threads"]),
        _count(plain["block_px"]),
        tuple(map(_count, plain["passes"])),
        tuple(map(_count, plain["broken_off"])),
    )


def _stage_from(plain: Plain) -> StageTimes:
    part_px = None if plain["part_px"] is None else _count(plain["part_px"])
    return StageTimes(_count(plain["index"]), _count(plain["steps"]), _borders_from(plain["levels"]), part_px)


def _text_of(borders: tuple[int, ...]) -> str:
    """Write borders as `steps:levels`, how many further steps were done before how many further levels began."""
    begun = Counter(borders)
    return " ".join(f"{after - before}:{begun[after]}" for before, after in pairwise((0, *begun)))


def _borders_from(text: str) -> tuple[int, ...]:
    """Read what `_text_of` wrote."""
    pairs = [tuple(map(int, pair.split(":"))) for pair in text.split()]
    after = accumulate(_count(steps) for steps, _ in pairs)
    if sum(_count(levels) for _, levels in pairs) > MOST_LEVELS:
        raise ValueError("it has more levels than a run")
    return tuple(step for step, (_, levels) in zip(after, pairs, strict=True) for _ in range(levels))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_STEPS:
        raise ValueError(f"{value!r} is no count")
    return value
