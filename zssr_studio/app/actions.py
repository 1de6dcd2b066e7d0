"""One table of actions: the menus, the toolbar and the shortcuts are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

SEPARATOR = "-"
# Where the submenu with the pictures that were opened last stands.
RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Spec:
    """One thing that a person can do; the tip says it in a sentence."""

    name: str
    text: str
    tip: str
    shortcut: str = ""
    checkable: bool = False
    group: str = ""


# A table reads best as one.
# fmt: off
SPECS = (
    Spec("open", "&Open…", "Open a picture or a project.", "Ctrl+O"),
    Spec("export", "&Export…", "Write the enlarged picture to a file.", "Ctrl+S"),
    Spec("save_project", "Save &project…", "Keep picture, settings, results and training in one file.", "Ctrl+Shift+S"),
    Spec("clear_recent", "&Clear this list", "Forget which pictures were opened; the files stay."),
    Spec("quit", "&Quit", "Leave the studio.", "Ctrl+Q"),
    Spec("undo", "&Undo", "Take the last change back; runs stay.", "Ctrl+Z"),
    Spec("redo", "&Redo", "Make a change again that was taken back.", "Ctrl+Shift+Z"),
    Spec("paste", "&Paste", "Open the picture, or the picture's file, that was copied.", "Ctrl+V"),
    Spec("preferences", "Pre&ferences…", "Theme, screen, shortcuts, and what the studio starts with.", "Ctrl+,"),
    Spec("crop", "&Region", "Drag on the picture to draw the part to enlarge.", "C", checkable=True),
    Spec("remove_crop", "Remove re&gion", "Enlarge the whole picture again.", "Ctrl+Shift+C"),
    Spec(
        "try_here", "&Try in place", "Train some seconds on the region and see it in its place; again takes it away.",
        "T", checkable=True,
    ),
    Spec("fit", "&Fit", "Show the whole picture.", "F"),
    Spec("actual", "&1:1", "One pixel of the picture (of the result, once there is one) is one of the screen.", "1"),
    Spec("double", "&2:1", "One pixel of the picture (of the result, once there is one) is two of the screen.", "2"),
    Spec("slider", "&Slider", "Compare two pictures under a line that you drag.", "S", checkable=True, group="mode"),
    Spec(
        "side_by_side", "Side &by side", "Show up to four pictures beside each other, moved and zoomed as one.", "B",
        checkable=True, group="mode",
    ),
    Spec("flip", "Fl&ip", "Show one picture after the other in the same place.", "I", checkable=True, group="mode"),
    Spec(
        "difference", "&Difference", "Show how far two pictures differ in each pixel, amplified.", "D",
        checkable=True, group="mode",
    ),
    Spec("exchange", "E&xchange", "Change the sides; in Flip, show the next picture.", "X"),
    Spec("level_line", "&Horizontal line", "Divide above and below instead of left and right.", "H", checkable=True),
    Spec("grid", "&Grid", "Stack the pictures instead of putting all in one row.", "G", checkable=True),
    Spec("gain_less", "&Less gain", "Amplify the difference half as much.", "["),
    Spec("gain_more", "&More gain", "Amplify the difference twice as much.", "]"),
    Spec("loupe", "Lo&upe", "Show what is under the pointer large, for each picture compared.", "L", checkable=True),
    Spec("add", "&Add…", "Add a picture file to compare with.", "Ctrl+Shift+O"),
    Spec("remove_entry", "&Remove", "Take the selected run or file out of the list.", "Ctrl+Backspace"),
    Spec(
        "truth", "Use as ground &truth", "Give PSNR and SSIM of the results against the selected file.", "Ctrl+T",
        checkable=True,
    ),
    Spec("start", "&Enlarge", "Train a network on this picture and enlarge it.", "Ctrl+Return"),
    Spec("pause", "&Pause", "Halt the training; it goes on where it was.", "P", checkable=True),
    Spec("stop", "S&top", "End the training and keep the best so far.", "Ctrl+."),
    Spec("train_on", "Train o&n…", "Go on from the weights of the run with the dot for more seconds."),
    Spec("use_settings", "&Use these settings", "Set the settings, and the region, to those of the selected run."),
    Spec("remove_waiting", "Remo&ve from the queue", "Let the selected run, which waits, not have its turn."),
    Spec("save_curves", "Save &curves…", "Write the curves of the run as a picture or as a table (CSV)."),
    Spec("theme_system", "Theme as the &system", "Light or dark, as the system is.", checkable=True, group="theme"),
    Spec("theme_light", "&Light theme", "Always light.", checkable=True, group="theme"),
    Spec("theme_dark", "&Dark theme", "Always dark.", checkable=True, group="theme"),
    Spec("screen_profile", "Profile of the &screen…", "Show colours right on this screen: choose its ICC profile."),
    Spec("screen_srgb", "Screen is s&RGB", "Show colours for an ordinary screen.", checkable=True),
    Spec("show_results", "R&esults panel", "Show the list of results at the left.", checkable=True),
    Spec("show_settings", "Sett&ings panel", "Show the settings of the next run at the right.", checkable=True),
    Spec("show_training", "Trai&ning panel", "Show the curves and figures of the run below.", checkable=True),
    Spec("reset_layout", "Reset la&yout", "Show all panels again, as wide and high as they were at first."),
    Spec("palette", "&Commands…", "Find anything that can be done here by its name.", "Ctrl+Shift+P"),
    Spec("about", "&About ZSSR Studio", "Version, method, and the licences of all that is used."),
)
# fmt: on
MENUS = (
    ("&File", ("open", RECENT, "save_project", "export", SEPARATOR, "quit")),
    ("&Edit", ("undo", "redo", SEPARATOR, "paste", SEPARATOR, "preferences")),
    ("&Picture", ("crop", "try_here", "remove_crop")),
    (
        "&View",
        (
            *("fit", "actual", "double", SEPARATOR),
            *("theme_system", "theme_light", "theme_dark", SEPARATOR),
            *("screen_srgb", "screen_profile", SEPARATOR),
            *("show_results", "show_settings", "show_training", "reset_layout"),
        ),
    ),
    (
        "&Compare",
        (
            *("slider", "side_by_side", "flip", "difference", SEPARATOR),
            *("exchange", "level_line", "grid", "gain_less", "gain_more", "loupe", SEPARATOR),
            *("add", "remove_entry", "truth"),
        ),
    ),
    (
        "&Run",
        ("start", "pause", "stop", SEPARATOR, "train_on", "use_settings", "remove_waiting", SEPARATOR, "save_curves"),
    ),
    ("&Help", ("palette", "about")),
)
MODES = ("slider", "side_by_side", "flip", "difference")
TOOLBAR_LEFT = ("open", "export", SEPARATOR, "crop", "fit", "actual", "double", SEPARATOR, *MODES)
TOOLBAR_RIGHT = ("pause", "stop", "start")
PRIMARY = "start"
# Of these one may be checked, or none.
OPTIONAL_GROUPS = ("mode",)

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
        give_shortcut(action, QKeySequence(spec.shortcut))
        if spec.group:
            groups.setdefault(spec.group, _group(parent, spec.group)).addAction(action)
        actions[spec.name] = action
    return actions


def give_shortcut(action: QAction, keys: QKeySequence) -> None:
    """Let keys take an action, and its tool tip name them; an empty sequence is none."""
    action.setShortcut(keys)
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{action.statusTip()} ({shown})" if shown else action.statusTip())


def _group(parent: QObject, name: str) -> QActionGroup:
    group = QActionGroup(parent)
    if name in OPTIONAL_GROUPS:
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
    return group
