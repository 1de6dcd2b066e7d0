"""Folders in which the studio saves its work by itself, one for each studio that runs."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from zssr_studio.app.language import tr
from zssr_studio.app.project.store import RECORD
from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from pathlib import Path


class Sessions:
    """Tells the folders of studios that run from those that a crash or a power cut left.

    Parameters
    ----------
    root : Path
        Holds the folders, and a lock beside each, which knows whether its process is alive.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._locks: dict[Path, QLockFile] = {}

    def begin(self) -> Path:
        """Name a folder for this studio and lock it.

        Raises
        ------
        FailureError
            If nothing can be written there.
        """
        folder = self._root / f"{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}-{os.getpid()}"
        with suppress(OSError):
            self._root.mkdir(parents=True, exist_ok=True)
        if not self._lock(folder):
            raise FailureError(tr("{root} cannot be written to, so the work is not saved by itself.", root=self._root))
        return folder

    def left(self) -> list[Path]:
        """Return the folders that nobody holds any more, the newest first; they are this studio's from now on.

        One that was cut off before its first record is removed: there is nothing to go on from.
        """
        if not self._root.is_dir():
            return []
        found = sorted((path for path in self._root.iterdir() if path.is_dir()), reverse=True)
        free = [path for path in found if path not in self._locks and self._lock(path)]
        for path in free:
            if not (path / RECORD).exists():
                self.drop(path)
        return [path for path in free if path in self._locks]

    def drop(self, folder: Path) -> None:
        """Remove a folder and its lock."""
        shutil.rmtree(folder, ignore_errors=True)
        lock = self._locks.pop(folder, None)
        if lock is not None:
            lock.unlock()

    def release(self) -> None:
        """Let go of all folders that were not dropped, for a later start."""
        for lock in self._locks.values():
            lock.unlock()
        self._locks.clear()

    def _lock(self, folder: Path) -> bool:
        lock = QLockFile(str(folder.with_name(f"{folder.name}.lock")))
        # Only the death of its process makes a lock stale, never its age.
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return False
        self._locks[folder] = lock
        return True
