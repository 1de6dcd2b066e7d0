"""One table of actions: the menus, the toolbar and the shortcuts are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class Spec:
    """One thing that a person can do; the tip says it in a sentence."""

    name: str
    text: str
    tip: str
    shortcut: str = ""
    checkable: bool = False
    group: str = ""


SPECS = (
    Spec("open", "&Open…", "Open a picture.", "Ctrl+O"),
    Spec("export", "&Export…", "Write the enlarged picture to a file.", "Ctrl+S"),
    Spec("quit", "&Quit", "Leave the studio.", "Ctrl+Q"),
    Spec("crop", "&Crop", "Drag on the picture to draw the part to enlarge.", "C", checkable=True),
    Spec("remove_crop", "&Remove crop", "Enlarge the whole picture again.", "Ctrl+Shift+C"),
    Spec("fit", "&Fit", "Show the whole picture.", "F"),
    Spec("actual", "&1:1", "One pixel of the picture (of the result, once there is one) is one of the screen.", "1"),
    Spec("double", "&2:1", "One pixel of the picture (of the result, once there is one) is two of the screen.", "2"),
    Spec("compare", "&Slider", "Compare before and after under a slider.", "S", checkable=True),
    Spec("start", "&Enlarge", "Train a network on this picture and enlarge it.", "Ctrl+Return"),
    Spec("pause", "&Pause", "Halt the training; it goes on where it was.", "P", checkable=True),
    Spec("stop", "S&top", "End the training and keep the best so far.", "Ctrl+."),
    Spec("theme_system", "As the &system", "Light or dark, as the system is.", checkable=True, group="theme"),
    Spec("theme_light", "&Light", "Always light.", checkable=True, group="theme"),
    Spec("theme_dark", "&Dark", "Always dark.", checkable=True, group="theme"),
    Spec("about", "&About ZSSR Studio", "Version, method and licence."),
)
MENUS = (
    ("&File", ("open", "export", SEPARATOR, "quit")),
    ("&Picture", ("crop", "remove_crop")),
    (
        "&View",
        ("fit", "actual", "double", SEPARATOR, "compare", SEPARATOR, "theme_system", "theme_light", "theme_dark"),
    ),
    ("&Run", ("start", "pause", "stop")),
    ("&Help", ("about",)),
)
TOOLBAR_LEFT = ("open", "export", SEPARATOR, "crop", "fit", "actual", "double", SEPARATOR, "compare")
TOOLBAR_RIGHT = ("pause", "stop", "start")
PRIMARY = "start"

Actions = dict[str, QAction]


def build(parent: QObject) -> Actions:
    """Make a QAction of each line of the table."""
    groups: dict[str, QActionGroup] = {}
    actions: Actions = {}
    for spec in SPECS:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setStatusTip(spec.tip)
        keys = QKeySequence(spec.shortcut)
        if spec.shortcut:
            action.setShortcut(keys)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip} ({shown})" if shown else spec.tip)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        actions[spec.name] = action
    return actions
