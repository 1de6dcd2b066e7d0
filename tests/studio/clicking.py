"""A hand at a mouse on a real X server, which counts: every press of a button is a click, a drag too.

As a program of its own (`python -m tests.studio.clicking FILE ...`) it is the folder that files are dragged out of.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from tests.studio.display import Person
from tests.studio.studio_loop import pause, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QMouseEvent

# Of the folder on the screen, at the right of a window of 1440 pixels.
FOLDER_LEFT_PX, FOLDER_WIDTH_PX, ROW_PX = 1480, 300, 60
# What a person does not need to see, and the server does: a drag begins at some distance.
SETTLES_MS, DRAG_POINTS = 60, 12


class Hand:
    """Presses what is on the screen, by X events from outside of the program.

    Attributes
    ----------
    done : list of str
        What was clicked, in a person's words.
    """

    def __init__(self) -> None:
        self._person = Person(os.environ["DISPLAY"])
        self.done: list[str] = []

    def click(self, what: str, widget: QWidget, at: QPoint | None = None, button: int = 1) -> None:
        """Click a widget, in its middle or at a point of it."""
        wait_for(lambda: widget.isVisible() and widget.isEnabled())
        pause(SETTLES_MS)
        point = widget.mapToGlobal(widget.rect().center() if at is None else at)
        self._person.do("mousemove", point.x(), point.y(), "click", button)
        self._count(what)

    def choose(self, what: str, widget: QWidget, area: QRect, words: str) -> None:
        """Open the menu of a part of a widget, and choose from it by what it says."""
        self.click(f"menu of {what}", widget, area.center(), button=3)
        wait_for(lambda: any(menu.isVisible() for menu in widget.findChildren(QMenu)) or _menu() is not None)
        menu = _menu() or next(menu for menu in widget.findChildren(QMenu) if menu.isVisible())
        (action,) = (one for one in menu.actions() if one.text().replace("&", "").split("\t")[0] == words)
        self.click(words, menu, menu.actionGeometry(action).center())

    def drag(self, what: str, start: QPoint, widget: QWidget, at: QPoint | None = None) -> None:
        """Drag from a point of the screen to a widget."""
        end = widget.mapToGlobal(widget.rect().center() if at is None else at)
        self._person.do("mousemove", start.x(), start.y(), "mousedown", 1)
        for number in range(1, DRAG_POINTS + 1):
            point = start + (end - start) * number / DRAG_POINTS
            self._person.do("mousemove", point.x(), point.y())
            pause(SETTLES_MS)
        self._person.do("mouseup", 1)
        self._count(what)

    def _count(self, what: str) -> None:
        self.done.append(what)
        pause(SETTLES_MS)


def _menu() -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


@contextmanager
def folder_with(files: Sequence[Path]) -> Iterator[dict[str, QPoint]]:
    """Show a folder on the screen beside the studio; gives the place of each file by its name."""
    command = [sys.executable, "-m", "tests.studio.clicking", *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "shown\n"
            yield {
                file.name: QPoint(FOLDER_LEFT_PX + FOLDER_WIDTH_PX // 2, ROW_PX * number + ROW_PX // 2)
                for number, file in enumerate(files)
            }
        finally:
            process.terminate()


class _File(QLabel):
    """A file that can be dragged to another program."""

    def __init__(self, path: str, folder: QWidget) -> None:
        super().__init__(os.path.basename(path), folder)  # noqa: PTH119 - a text, not a place
        self._path = path

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Take it up at the next move."""

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        drag, data = QDrag(self), QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._path)])
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def _show_folder(paths: list[str]) -> int:
    application = QApplication(sys.argv[:1])
    folder = QWidget()
    folder.setGeometry(FOLDER_LEFT_PX, 0, FOLDER_WIDTH_PX, ROW_PX * len(paths))
    for number, path in enumerate(paths):
        _File(path, folder).setGeometry(0, ROW_PX * number, FOLDER_WIDTH_PX, ROW_PX)
    folder.show()
    print("shown", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(_show_folder(sys.argv[1:]))
