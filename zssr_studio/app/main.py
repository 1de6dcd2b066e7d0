"""Shows the window and lives until it is closed; Qt and the studio are imported once a display is there."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from zssr_studio.errors import FailureError
from zssr_studio.host.machine import check_room, share_heaps

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.models.box.order import Batches
    from zssr_studio.app.models.compare.methods import Found, OtherMethods
    from zssr_studio.app.studio import Studio
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Result
    from zssr_studio.methods.method import Method

# The name of the desktop entry and of the icon, packaging/desktop/.
DESKTOP_ID = "io.github.zssr_studio.ZssrStudio"
# How often the window's thread looks for garbage: the three generations then have their turns after a second, 11 and
# 121 at the soonest. Chosen.
GARBAGE_INTERVAL_MS = 1000


def run_window(paths: tuple[Path, ...] = ()) -> int:
    """Show the window, with a picture if one is given, until it is closed.

    Parameters
    ----------
    paths : tuple of Path
        One is opened, several become a box, in the window that is already there if there is one.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    FailureError
        If there is no display, or a library that it needs is missing.
    """
    check_display()
    check_room()
    share_heaps()
    if sys.platform == "win32":
        # On Windows torch's libraries do not load once Qt's are there (WinError 1114).
        import zssr_studio.pipeline  # noqa: F401
    import qasync
    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.controllers.window.signals import end_without_a_word
    from zssr_studio.app.language import kept_language, speak
    from zssr_studio.app.single_window import handed_over
    from zssr_studio.app.user_settings import user_settings

    end_without_a_word()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ZSSR Studio")
    # The desktop finds the icon and the menu entry of a window by it.
    application.setDesktopFileName(DESKTOP_ID)
    if handed_over(paths):
        sys.stdout.write(f"zssr-studio: {paths[0].name} is shown in the window that is open\n")
        return 0
    speak(application, kept_language(user_settings()))
    # Closing the last window would stop the loop under the coroutines that still tidy up.
    application.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(application) as loop, garbage_taken_here():
        loop.run_until_complete(_live(application, paths))
    # The studio's objects hold one another. Python would take them apart at its very end, after Qt has gone: a crash.
    gc.collect()
    return 0


@contextmanager
def garbage_taken_here() -> Iterator[None]:
    """Let Python collect garbage in this thread only, between two events of its loop.

    By itself Python collects in any thread, and would take apart there what belongs to the window: an object of Qt that
    ends in another thread holds a lock of Qt and waits for Python's, and this thread may do so the other way round.
    """
    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.timeout.connect(_take_garbage)
    gc.disable()
    timer.start(GARBAGE_INTERVAL_MS)
    try:
        yield
    finally:
        timer.stop()
        gc.enable()


def _take_garbage() -> None:
    """Collect the oldest generation that is due by Python's own thresholds."""
    due = [
        number
        for number, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > limit
    ]
    if due:
        gc.collect(due[-1])


def check_display() -> None:
    """Find out before Qt does, which would end the process without a sentence.

    Raises
    ------
    FailureError
        If there is no display, or the library that Qt needs for X11 is missing.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise FailureError(
            "There is no display here for the window. In the terminal: zssr-studio upscale IMAGE -o OUT (see --help)."
        )
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        raise FailureError(
            "The window needs the library libxcb-cursor. Install it: sudo apt-get install libxcb-cursor0"
        ) from error


def build(application: QApplication) -> Studio:
    """Wire a studio; a loop of asyncio must be running."""
    from zssr_studio.app.icons import app_icon
    from zssr_studio.app.studio import Studio
    from zssr_studio.app.theme import load_fonts, set_typeface
    from zssr_studio.app.user_settings import user_settings

    family = load_fonts()
    set_typeface(application, family)
    application.setWindowIcon(app_icon())
    return Studio(family, user_settings(), _other_methods(), _batches)


def take_apart(studio: Studio) -> None:
    """End a studio's window while all that Python knows of it is whole.

    Python takes what is left apart in any order: changes before the undo stack that ends them once more, which is a
    crash, and what a widget needs before the widget.
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    studio.undo.forget()
    studio.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _other_methods() -> OtherMethods:
    """Hand the window what it asks of the methods: from here the chain of imports to the engine is not long."""
    from zssr_studio.app.models.compare.methods import OtherMethods

    return OtherMethods(_built_in, _methods_in, _as_run)


@cache
def _batches() -> Batches:
    """Hand the window what it asks of batches, for the same reason, and once it asks: boxes come after the window."""
    from zssr_studio.app.box_batch.events import batch_events
    from zssr_studio.app.box_batch.journal import outputs_of, recalled, reported, stamp_of
    from zssr_studio.app.models.box.order import Batches

    return Batches(batch_events, outputs_of, recalled, stamp_of, reported)


def _built_in() -> Sequence[Method]:
    from zssr_studio.methods.registry import built_in

    return built_in()


def _methods_in(folder: Path) -> Iterable[Found]:
    from zssr_studio.methods.registry import methods_in

    return methods_in(folder)


def _as_run(method: Method, job: Job) -> Generator[Event, None, Result]:
    # torch takes seconds to load, and the window shows before that.
    from zssr_studio.engine.runtime.threads import take_all
    from zssr_studio.methods.as_run import as_run

    take_all()
    return as_run(method, job)


async def _live(application: QApplication, paths: tuple[Path, ...]) -> None:
    from zssr_studio.app.controllers.window.signals import SignalsController
    from zssr_studio.app.single_window import FirstWindow

    studio = build(application)
    signals = SignalsController(studio.frame.on_signal)
    # A small screen, or one whose units are large, has no room for the usual size.
    studio.window.resize(studio.window.size().boundedTo(studio.window.screen().availableSize()))
    studio.window.show()
    studio.recovery.offer()
    if paths:
        studio.box.open(list(paths))
    first = FirstWindow(studio.window, studio.box.open)
    # A picture that is handed over once the window is being left would be shown nowhere.
    studio.frame.leaving.connect(first.end)
    await studio.frame.closed.wait()
    studio.in_place.drop()
    studio.look.drop()
    studio.sample.end()
    studio.scores.end()
    await studio.box.end()
    await studio.closer.end()
    await studio.tasks.finish()
    studio.autosave.end()
    signals.end()
    take_apart(studio)
