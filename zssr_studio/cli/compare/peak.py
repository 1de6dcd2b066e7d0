"""How much memory the program held at most while something was done."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import psutil

# Linux forgets the peak when this is written, and tells it in the other file.
_FORGET, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class PeakMemory:
    """Watches the memory that is held from now on.

    Linux keeps the peak itself. Elsewhere it is the largest that `look` saw, which can miss some.
    """

    def __init__(self) -> None:
        self._seen_bytes = 0
        self._is_kept = False
        with contextlib.suppress(OSError):  # another system, or a container without it
            _FORGET.write_text("5", encoding="ascii")
            self._is_kept = True

    def look(self) -> None:
        """Take what is held now."""
        self._seen_bytes = max(self._seen_bytes, int(psutil.Process().memory_info().rss))

    @property
    def held_bytes(self) -> int:
        """The largest so far."""
        self.look()
        found = _PEAK.search(_STATUS.read_text(encoding="ascii")) if self._is_kept else None
        return self._seen_bytes if found is None else int(found[1]) * 1024
