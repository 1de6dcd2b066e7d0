"""A display of its own, and a person at it, for what is tried on a real X server."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Without one of these Qt ends the process before it has a window.
XCB_LIBRARIES = (
    *("libxkbcommon-x11.so.0", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1"),
    "libxcb-shape.so.0",
)


def _lacks(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
if sys.platform.startswith("linux"):
    MISSING += filter(_lacks, XCB_LIBRARIES)
PATIENCE_S = 600.0


class Person:
    """Sees windows by their titles, and has a keyboard and a mouse."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def do(self, *words: object) -> str:
        """Run xdotool; an empty answer where it finds nothing."""
        command = ["xdotool", *map(str, words)]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False).stdout

    def see(self, title: str) -> str:
        """Return the window with this title, or nothing."""
        found = self.do("search", "--onlyvisible", "--name", title).split()
        return found[-1] if found else ""

    def go_to(self, title: str) -> str:
        """Wait for a window and turn to it, which a window manager would do by itself."""
        wait_for(lambda: bool(self.see(title)), f"no window is called {title}")
        window = self.see(title)
        wait_for(lambda: self._turn(window), f"{title} does not take the focus")
        return window

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.do("key", "--delay", 60, *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.do("type", "--delay", 15, text)

    def size(self, window: str) -> tuple[int, int]:
        """Width and height of a window."""
        lines = dict(line.split("=") for line in self.do("getwindowgeometry", "--shell", window).split())
        return int(lines["WIDTH"]), int(lines["HEIGHT"])

    def _turn(self, window: str) -> bool:
        self.do("windowfocus", "--sync", window)
        return self.do("getwindowfocus").strip() == window


def wait_for(condition: Callable[[], bool], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < limit, otherwise
        time.sleep(0.1)


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """A display of its own, by the first number that is free."""
    reading, writing = os.pipe()
    # Without -noreset it begins anew when its last client leaves, and refuses whoever comes meanwhile.
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()
