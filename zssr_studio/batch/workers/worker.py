"""A worker's process: orders come as lines of JSON on standard input, what happens goes out as such lines.

It ends when its input does, so that it never outlives the batch that it works for.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import signal
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from zssr_studio.batch.workers.crew import END, GO_ON, PAUSE, SURVEY
from zssr_studio.host.machine import check_room

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.options import Plain

# Linux' prctl: the signal that a process gets as soon as the one that started it ends.
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Work until the input ends."""
    _end_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _answers()
    orders: queue.SimpleQueue[Plain | None] = queue.SimpleQueue()
    goes_on = threading.Event()
    goes_on.set()
    threading.Thread(target=_listen, args=(orders, goes_on), daemon=True).start()
    _work(orders, goes_on, answers)


def _work(orders: queue.SimpleQueue[Plain | None], goes_on: threading.Event, answers: TextIO) -> None:
    """Do the orders one after the other."""

    def tell(plain: Plain) -> None:
        answers.write(json.dumps(plain) + "\n")
        answers.flush()

    check_room()
    # What takes seconds to load is there before the first picture is counted.
    import_module("zssr_studio.pipeline")
    from zssr_studio.batch.workers.one_picture import do_order
    from zssr_studio.batch.workers.survey import survey

    tell({"kind": "ready"})
    while (order := orders.get()) is not None:
        tell(survey(order) if order.get("do") == SURVEY else do_order(order, tell, goes_on.wait))


def _listen(orders: queue.SimpleQueue[Plain | None], goes_on: threading.Event) -> None:
    """Take orders while a picture is being done; the end of the input ends the process at once."""
    for line in sys.stdin:
        match json.loads(line):
            case {"do": str(word)} if word == PAUSE:
                goes_on.clear()
            case {"do": str(word)} if word == GO_ON:
                goes_on.set()
            case {"do": str(word)} if word == END:
                orders.put(None)
                return
            case order:
                orders.put(order)
    os._exit(1)


def _answers() -> TextIO:
    """Return a stream to standard output that nobody else writes to: what libraries print goes to standard error."""
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "w", encoding="ascii")


def _end_with_parent(parent: int) -> None:
    """Let the system end this process when the one that started it ends, where the system can."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


if __name__ == "__main__":
    main()
