"""Shows where a file lies, in the program that the system has for folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from zssr_studio.app.language import tr
from zssr_studio.errors import BadInputError, FailureError

if TYPE_CHECKING:
    from pathlib import Path


def show_in_folder(path: Path) -> None:
    """Open the folder of a file.

    Raises
    ------
    BadInputError
        If the file is not there any more.
    FailureError
        If the system has no program that opens folders.
    """
    if not path.exists():
        raise BadInputError(
            tr("{name} is not in {parent} any more. It was moved or removed.", name=path.name, parent=path.parent)
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
        raise FailureError(tr("No program here opens folders. The file is {path}.", path=path))
