"""What asks the studio to end from outside: Ctrl+C in its terminal, `kill`, a session that ends, a closed terminal."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

# As far as the system has them; the last one is Windows' own.
ENDING_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def end_without_a_word() -> None:
    """Let these signals end the program as the system does, until there is a window that can be left.

    A handler of Python's would raise inside one of Qt's events, which only prints it, and go on half built.
    """
    for name in ENDING_NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


class SignalsController(QObject):
    """Leaves at the first of these signals; a second Ctrl+C ends the program at once.

    Python runs its handlers only when Qt happens to call into it, so the signal comes through a socket, which Qt waits
    for.

    Parameters
    ----------
    leave : callable
        Closes the window and asks nobody.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._numbers = [getattr(signal, name) for name in ENDING_NAMES if hasattr(signal, name)]
        self._before = {
            number: signal.signal(number, lambda *_: None)
            for number in self._numbers
            # nohup and the like say that the program outlives its terminal.
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        self._fd_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def end(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()

    @Slot()
    def _on_signal(self) -> None:
        seen = self._read.recv(64)
        if any(number in self._before for number in seen):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            self._leave()
