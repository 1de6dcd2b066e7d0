"""A studio in this process, with a loop of asyncio under Qt's, for tests, screenshots and benchmarks."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, cast

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QPushButton, QToolButton, QWidget

from zssr_studio.app.main import build, garbage_taken_here, take_apart
from zssr_studio.app.views.files.export_dialog import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zssr_studio.app.studio import Studio

# How long a test waits for what it expects, on a machine whose cores are all busy with other things.
PATIENCE_S = 600.0
# Of events that a pause lets pass at least: on a busy machine its time is over before the first of them.
LEAST_ROUNDS = 5
# Where an action keeps when it was clicked last.
CLICKED_S = "clicked_s"


@contextmanager
def running_loop(application: QApplication) -> Iterator[qasync.QEventLoop]:
    """Make coroutines run whenever Qt's events do."""
    loop = qasync.QEventLoop(application, already_running=True)
    asyncio.set_event_loop(loop)
    try:
        yield loop
    finally:
        loop.stop()
        asyncio.events._set_running_loop(None)
        loop.close()
        asyncio.set_event_loop(None)
        # Stopping told Qt to leave a loop that never ran, and each later one would end at once; running one clears it.
        # Unlike `quit`, `exit` asks no window, one of which may say no.
        QTimer.singleShot(0, application.exit)
        application.exec()


@contextmanager
def open_studio(application: QApplication) -> Iterator[Studio]:
    """Show a studio; at the end a run is discarded and everything is gone."""
    application.setQuitOnLastWindowClosed(False)
    # What is left of an earlier studio, see `garbage_taken_here`; its test held it until now.
    gc.collect()
    # A start finds no style sheet; that of an earlier studio would dress each widget anew wherever it is put.
    application.setStyleSheet("")
    with running_loop(application), garbage_taken_here():
        studio = build(application)
        studio.window.show()
        _activate(studio.window)
        try:
            yield studio
        finally:
            try:
                _let_go(studio)
            finally:
                # Also where something goes on for too long: a window that stays open is one more in each later test.
                studio.autosave.end()
                studio.window.close_now()
                take_apart(studio)


def _let_go(studio: Studio) -> None:
    """Close what asks, discard the run, and wait for all that goes on."""
    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.close()
        pause(20)
    studio.in_place.drop()
    studio.look.drop()
    studio.sample.end()
    studio.scores.end()
    ended: list[bool] = []
    studio.tasks.start(_discard(studio, ended))
    wait_for(lambda: bool(ended) and not studio.tasks.is_busy)


@contextmanager
def open_fresh_studio(application: QApplication) -> Iterator[Studio]:
    """Show a studio that neither knows nor changes what the person at this machine has set."""
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        os.environ["XDG_DATA_HOME"] = folder
        with open_studio(application) as studio:
            yield studio


def _activate(window: QWidget) -> None:
    """Do what a window manager does after a dialog; the offscreen platform has none.

    It is asked for until it is so: a dialog of the window before, which goes away meanwhile, takes it along. A window
    that is closed meanwhile, as the answer to a question may ask, is not waited for.
    """

    def is_active() -> bool:
        if not window.isVisible():
            return True
        if not window.isActiveWindow():
            window.activateWindow()
        return window.isActiveWindow()

    wait_for(is_active)


def told_ahead(studio: Studio) -> None:
    """Wait until the line under the settings tells how long a run takes, which lays them out anew."""
    wait_for(lambda: bool(studio.window.start_footer.forecast) and not studio.tasks.is_busy)


async def _discard(studio: Studio, ended: list[bool]) -> None:
    await studio.runs.discard()
    await studio.box.end()
    await studio.closer.end()
    ended.append(True)


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Let events pass until something is so; fail if it never is."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"not so after {seconds:g} s")
        pause(10)


def pause(milliseconds: int) -> None:
    """Let events pass for a while."""
    limit = time.monotonic() + milliseconds / 1000
    for round_ in count(1):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if time.monotonic() >= limit and round_ >= LEAST_ROUNDS:
            return
        time.sleep(0.001)


def steps_of(studio: Studio) -> int:
    """How many steps the window knows of."""
    return 0 if studio.run.step is None else studio.run.step.step


def click_tool(studio: Studio, name: str) -> None:
    """Click the button of an action; what has none on the screen is pressed by its key, on the picture.

    Who clicks twice means it: a second click waits until it cannot be taken for a double click, also where what the
    first one asked for was done sooner.
    """
    action = studio.window.actions_by_name[name]
    clicked_s = action.property(CLICKED_S) or 0.0
    wait_for(lambda: time.monotonic() > clicked_s + QApplication.doubleClickInterval() / 1000)
    if (button := tool_button(studio, name)) is not None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        keys = action.shortcut()
        assert not keys.isEmpty(), f"{name} has neither a button nor a key"
        studio.window.canvas.setFocus()
        QTest.keyClick(studio.window.canvas, keys[0].key(), keys[0].keyboardModifiers())
    action.setProperty(CLICKED_S, time.monotonic())


def tool_button(studio: Studio, name: str) -> QToolButton | None:
    """Return the button of an action that is on the screen."""
    action = studio.window.actions_by_name[name]
    buttons = (one for one in studio.window.findChildren(QToolButton) if one.defaultAction() is action)
    return next((one for one in buttons if not one.visibleRegion().isEmpty()), None)


def open_details(studio: Studio) -> None:
    """Open the curves, the film and the runs by a click on the strip under the picture."""
    if not studio.window.run_panel.isVisible():
        QTest.mouseClick(studio.window.status_strip, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    wait_for(studio.window.run_panel.isVisible)
    pause(20)


def unfold(studio: Studio, *names: str) -> None:
    """Open sections of the settings by a click on their headings."""
    panel = studio.window.settings_panel
    for name in names or tuple(panel.sections):
        section = panel.sections[name]
        if not section.is_open:
            panel.ensureWidgetVisible(section.heading)
            QTest.mouseClick(section.heading, Qt.MouseButton.LeftButton)
    pause(20)


def look_over(studio: Studio) -> None:
    """Wait until the picture that is open was looked at."""
    wait_for(lambda: studio.document.picture is not None and not studio.look.is_looking)


def drag(studio: Studio, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the left button from one point of the picture (row, column) to another, over points between."""
    canvas = studio.window.canvas
    # A layout that is still to be done would move the picture under the pointer.
    pause(20)
    first, last = (view_point(studio, point) for point in (start, end))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    for share in (0.25, 0.5, 0.75, 1.0):
        between = QPointF(first) + share * QPointF(last - first)
        QTest.mouseMove(canvas, between.toPoint())
        pause(5)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=last)


def turn_wheel(widget: QWidget, at: QPoint | QPointF, notches: int) -> None:
    """Turn the wheel over a point of a widget, away from the hand where `notches` is positive."""
    point = QPointF(at)
    event = QWheelEvent(
        point, widget.mapToGlobal(point), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def view_point(studio: Studio, point: tuple[float, float]) -> QPoint:
    """Where a point of the picture (row, column) is on the canvas."""
    canvas = studio.window.canvas
    return canvas.camera.to_view(*point, canvas.size().toSizeF()).toPoint()


# How late a dialog may empty its line. Chosen.
LATE_MS = 300


def answer_file_dialog(path: Path) -> None:
    """Type a path into the file dialog that is open and click its Open or Save."""
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    window = dialog.parentWidget().window()
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    # The list of completions opens when it likes; on a busy machine it takes the focus and what is typed with it.
    line.setCompleter(None)
    line.selectAll()
    QTest.keyClicks(line, str(path))
    box = dialog.findChild(QDialogButtonBox)
    (accept,) = (one for one in box.buttons() if box.buttonRole(one) is QDialogButtonBox.ButtonRole.AcceptRole)
    wait_for(accept.isEnabled)

    def clicked() -> bool:
        if line.text() != str(path):
            # The folder was read late, and the dialog emptied the line.
            dialog.activateWindow()
            line.setFocus()
            line.selectAll()
            QTest.keyClicks(line, str(path))
        # It may be emptied a moment later, and then the folder that is shown would be taken.
        pause(LATE_MS)
        if line.text() != str(path):
            return False
        QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
        return QApplication.activeModalWidget() is not dialog

    wait_for(clicked)
    _activate(window)


def export_dialog() -> ExportDialog:
    """Wait for the dialog that asks how to export."""
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), ExportDialog))
    return cast("ExportDialog", QApplication.activeModalWidget())


def answer_export(path: Path) -> None:
    """Choose a place in the export dialog that is open, and click its Export."""
    dialog = export_dialog()
    QTest.mouseClick(dialog.place_button, Qt.MouseButton.LeftButton)
    answer_file_dialog(path)
    wait_for(lambda: dialog.path == path and dialog.export_button.isEnabled())
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def answer_question(text: str) -> None:
    """Click a button of the dialog that is open by what stands on it."""
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    dialog_parent = dialog.parentWidget().window()
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: QApplication.activeModalWidget() is not dialog)
    _activate(dialog_parent)
