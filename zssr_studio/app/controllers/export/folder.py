"""Shows where a file lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from zssr_studio.app.language import tr
from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from pathlib import Path


def show_in_folder(path: Path) -> None:
    """Open the folder of a file in the system's file manager.

    Raises
    ------
    FailureError
        If there is none, or the folder is gone.
    """
    folder = path.parent
    if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        raise FailureError(tr("{folder} could not be shown. Open it in a file manager.", folder=folder))
