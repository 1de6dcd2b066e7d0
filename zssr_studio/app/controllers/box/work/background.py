"""Events of long work on a thread of its own, such as those of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.worker import Background, EventsThread

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


class BackgroundEvents(Background):
    """Goes through one series of events after the other; it ends with a sentence where it failed.

    Parameters
    ----------
    is_gentle : bool
        Whether everything else on the machine goes first.
    """

    def __init__(self, *, is_gentle: bool = False) -> None:
        super().__init__()
        self._is_gentle = is_gentle

    def start(self, events: Callable[[], Generator[object]]) -> None:
        """Begin; nothing may be going on."""
        self._begin(EventsThread(events, is_gentle=self._is_gentle))
