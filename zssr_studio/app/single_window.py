"""Hands pictures to a window that is already open, so that a click on a file does not open one program more."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from zssr_studio.app.user_settings import user_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

# A window that does not answer so soon hangs; then there is a second one rather than none.
PATIENCE_MS = 3000
# More than any list of files that a desktop passes on a command line.
MOST_BYTES = 4_000_000
TAKEN, BUSY = b"taken\n", b"busy\n"
# With it the compositor of Wayland lets a window come to the front that did not have the click.
ACTIVATION = "XDG_ACTIVATION_TOKEN"


def place() -> str:
    """Return where the first window of this user on this display listens; a test has one by its own data folder."""
    display = [os.environ.get(name, "") for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")]
    told = hashlib.sha256("\n".join([str(user_data()), *display]).encode()).hexdigest()[:16]
    # Only its user can enter this folder. Without it Qt takes the folder for passing files, and bounds the socket.
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(folder) / f"zssr-studio-{told}") if Path(folder).is_absolute() else f"zssr-studio-{told}"


def handed_over(paths: tuple[Path, ...]) -> bool:
    """Give files to the window that is open, and tell whether it took them.

    Parameters
    ----------
    paths : tuple of Path
        Without any, a person asked for a window, and it is a new one.
    """
    if not paths:
        return False
    socket = QLocalSocket()
    socket.connectToServer(place())
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    asked = {"paths": [str(path.absolute()) for path in paths], "activation": os.environ.get(ACTIVATION, "")}
    socket.write(json.dumps(asked).encode() + b"\n")
    answer = b""
    while not answer.endswith(b"\n") and (socket.bytesAvailable() or socket.waitForReadyRead(PATIENCE_MS)):
        answer += bytes(socket.readAll().data())
    return answer == TAKEN


class FirstWindow(QObject):
    """Takes files from programs that start later.

    Parameters
    ----------
    window : QWidget
        Comes to the front.
    open_files : callable
        Takes the paths.
    """

    def __init__(self, window: QWidget, open_files: Callable[[list[Path]], None]) -> None:
        super().__init__(window)
        self._window, self._open_files = window, open_files
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._listen()

    def end(self) -> None:
        """Listen no more."""
        self._server.close()

    def _listen(self) -> None:
        """Listen, unless another window does; a socket that a killed program left is in nobody's way."""
        if self._server.listen(place()):
            return
        first = QLocalSocket()
        first.connectToServer(place())
        if not first.waitForConnected(PATIENCE_MS):
            QLocalServer.removeServer(place())
            self._server.listen(place())

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_ready)
            self._read(socket)

    @Slot()
    def _on_ready(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MOST_BYTES:
                socket.abort()
            return
        paths, activation = _asked(bytes(socket.readLine().data()))
        # Behind a question that waits for its answer no other picture is opened.
        is_free = bool(paths) and QApplication.activeModalWidget() is None
        socket.write(TAKEN if is_free else BUSY)
        socket.disconnectFromServer()
        if is_free:
            self._come_to_front(activation)
            self._open_files(paths)

    def _come_to_front(self, activation: str) -> None:
        if activation:
            os.environ[ACTIVATION] = activation
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def _asked(line: bytes) -> tuple[list[Path], str]:
    """Read what a later program sent; of another version it may be anything."""
    try:
        asked = json.loads(line)
        return [Path(str(path)) for path in asked["paths"]], str(asked["activation"])
    except (ValueError, KeyError, TypeError):
        return [], ""
