"""What ends a run from outside: Ctrl+C, and what a closed terminal, a container or a batch system sends."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

# `kill`, `docker stop` and Slurm send the first, a terminal that is closed the second; the third is Windows' own.
_ENDING_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")
# One press of Ctrl+C, or `timeout`, may reach a program twice at once; no finger is so fast. Chosen.
ONE_PRESS_S = 0.1


def ending_signals() -> list[signal.Signals]:
    """Return the signals besides that of Ctrl+C that ask a program to end, as far as this system has them."""
    found = [getattr(signal, name) for name in _ENDING_NAMES if hasattr(signal, name)]
    # Who started the program may have said that it outlives its terminal, as nohup does.
    return [one for one in found if signal.getsignal(one) is not signal.SIG_IGN]


def end_at_once() -> None:
    """Let these signals end the program as Ctrl+C does where nothing is there to be kept: what it began is removed."""
    for number in ending_signals():
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Interrupt:
    """Remembers that the end was asked for, so that the best result so far is kept; a second Ctrl+C ends the program.

    Only Ctrl+C counts twice: `timeout` and a terminal that closes send their signals more than once.
    """

    def __init__(self) -> None:
        self._seen = False
        self._pressed_s = -1.0

    def install(self) -> None:
        """Take the signals from now on."""
        for number in (signal.SIGINT, *ending_signals()):
            signal.signal(number, self.on_signal)

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """Take one of them."""
        if number == signal.SIGINT:
            now_s = time.monotonic()
            if 0 <= self._pressed_s < now_s - ONE_PRESS_S:
                raise KeyboardInterrupt
            if self._pressed_s < 0:
                self._pressed_s = now_s
        self._seen = True

    def requested(self) -> bool:
        """Tell whether the end was asked for."""
        return self._seen
