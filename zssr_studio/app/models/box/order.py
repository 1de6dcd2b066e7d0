"""What the window asks of the room of batches, and what it wants of a batch while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from zssr_studio.app.models.box.picture import BoxPicture
    from zssr_studio.app.models.box.plan import BoxPlan
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.batch.events import BatchEvent
    from zssr_studio.evidence.signing import Signature

    Asked = Sequence[BoxPicture]


@dataclass(frozen=True, slots=True, eq=False)
class BoxOrder:
    """What is to be done.

    Parameters
    ----------
    pictures : sequence of BoxPicture
    plan : BoxPlan
    settings : Settings
        The same for all.
    signature : Signature or None
        With what results are signed.
    """

    pictures: Sequence[BoxPicture]
    plan: BoxPlan
    settings: Settings
    signature: Signature | None = None


@dataclass(slots=True)
class Wishes:
    """What a person wants of a batch that goes on: set by the window, read where the batch is done."""

    is_paused: bool = False
    ends_after_these: bool = False


@dataclass(frozen=True, slots=True)
class Batches:
    """The room of batches.

    Parameters
    ----------
    events : callable
        Does an order, and yields what happens; closed, it ends at once.
    outputs : callable
        Names the results below their folder, by which the events and the journal know the pictures.
    recalled : callable
        Reads from the journal what became of pictures, as fields of `BoxPicture`.
    stamp : callable
        Tells what changes whenever the journal of a folder does; empty where there is none.
    report : callable
        Writes the report of a folder and returns its page.
    """

    events: Callable[[BoxOrder, Wishes], Generator[BatchEvent]]
    outputs: Callable[[Asked, BoxPlan, Settings], list[str]]
    recalled: Callable[[Asked, BoxPlan, Settings], list[tuple[Path, dict[str, Any]]]]
    stamp: Callable[[Path], tuple[float, ...]]
    report: Callable[[Path], Path]
