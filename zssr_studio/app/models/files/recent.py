"""The pictures that were opened last, remembered from one start to the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

MOST_FILES = 10
_FILES = "recent/files"


class RecentModel(QObject):
    """Holds paths, the newest first.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._paths = _read(str(settings.value(_FILES, "[]")))

    @property
    def paths(self) -> tuple[Path, ...]:
        """At most `MOST_FILES` of them; some may be gone."""
        return self._paths

    def add(self, path: Path) -> None:
        """Put a file first."""
        path = path.absolute()
        self._take((path, *(one for one in self._paths if one != path))[:MOST_FILES])

    def clear(self) -> None:
        """Forget them all."""
        self._take(())

    def _take(self, paths: tuple[Path, ...]) -> None:
        if paths != self._paths:
            self._paths = paths
            self._settings.setValue(_FILES, json.dumps([str(path) for path in paths]))
            self.changed.emit()


def _read(text: str) -> tuple[Path, ...]:
    """Take what is readable: the file may come from another version, or from a person's hand."""
    try:
        names = json.loads(text)
    except json.JSONDecodeError:
        return ()
    names = names if isinstance(names, list) else []
    return tuple(Path(name) for name in names if isinstance(name, str))[:MOST_FILES]
