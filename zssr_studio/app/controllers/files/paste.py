"""Opens what was copied: a picture's file, or a picture, which becomes a file of its own first."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage

from zssr_studio.app.language import marked, tr
from zssr_studio.app.qimage import picture_of
from zssr_studio.app.user_settings import pasted_folder
from zssr_studio.app.views.files.dropped_files import local_files
from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.views.window.message_bar import MessageBar

NOTHING = marked("There is no picture on the clipboard. Copy a picture, or a picture's file, and paste again.")


class PasteController(QObject):
    """Clipboard to file, file to window.

    Parameters
    ----------
    open_first : callable
        Opens the first of several picture files.
    ask : callable
        Notes that something is asked for, and returns what tells whether nothing else was since.
    """

    def __init__(
        self,
        open_first: Callable[[list[Path]], None],
        ask: Callable[[], Callable[[], bool]],
        action: QAction,
        messages: MessageBar,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._open_first, self._ask, self._messages, self._tasks = open_first, ask, messages, tasks
        action.triggered.connect(self.on_paste)

    @Slot()
    def on_paste(self) -> None:
        """Open the picture of the clipboard."""
        clipboard = QGuiApplication.clipboard()
        paths = local_files(clipboard.mimeData())
        image = clipboard.image()
        # File managers give a file's icon along with it.
        if paths:
            self._open_first(paths)
        elif not image.isNull():
            self._tasks.start(self._keep_and_open(image))
        else:
            self._messages.show_notice(tr(NOTHING))

    async def _keep_and_open(self, image: QImage) -> None:
        is_wanted = self._ask()
        path = await asyncio.to_thread(_kept, image, pasted_folder())
        if is_wanted():
            self._open_first([path])


def _kept(image: QImage, folder: Path) -> Path:
    """Write a picture that has no file into one, named after the moment."""
    # What encodes files takes a moment to load, and the window shows before that.
    from zssr_studio.imaging.write import write_picture

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FailureError(
            tr(
                "{folder} cannot be made: {reason}. The picture was not pasted.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error
    stem = tr("Pasted {moment:%Y-%m-%d %H.%M.%S}", moment=datetime.now().astimezone())
    names = (f"{stem}.png", *(f"{stem} ({number}).png" for number in range(2, 100)))
    path = next(folder / name for name in names if not (folder / name).exists())
    write_picture(picture_of(image), path, overwrite=False)
    return path
