"""One table of actions: the menus, the toolbar and the shortcuts are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from zssr_studio.app.icons import has_icon, icon
from zssr_studio.app.language import marked, tr
from zssr_studio.evidence.colours import MapKind

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
    Spec("open", marked("&Open…"), marked("Open a picture, several, or a project."), "Ctrl+O"),
    Spec(
        "open_folder", marked("Open &folder…"), marked("Open all pictures of a folder as a box, to enlarge them all."),
        "Ctrl+Alt+O",
    ),
    Spec("export", marked("&Export…"), marked("Write the enlarged picture to a file."), "Ctrl+S"),
    Spec(
        "report", marked("&Report…"),
        marked("Write a page on the shown run: before and after, its maps, settings and hashes."), "Ctrl+Shift+R",
    ),
    Spec(
        "save_project", marked("Save &project…"), marked("Keep picture, settings, results and training in one file."),
        "Ctrl+Shift+S",
    ),
    Spec("clear_recent", marked("&Clear this list"), marked("Forget which pictures were opened; the files stay.")),
    Spec("quit", marked("&Quit"), marked("Leave the studio."), "Ctrl+Q"),
    Spec("undo", marked("&Undo"), marked("Take the last change back; runs stay."), "Ctrl+Z"),
    Spec("redo", marked("&Redo"), marked("Make a change again that was taken back."), "Ctrl+Shift+Z"),
    Spec("paste", marked("&Paste"), marked("Open the picture, or the picture's file, that was copied."), "Ctrl+V"),
    Spec(
        "preferences", marked("Pre&ferences…"), marked("Theme, screen, shortcuts, and what the studio starts with."),
        "Ctrl+,",
    ),
    Spec("crop", marked("&Region"), marked("Drag on the picture to draw the part to enlarge."), "C", checkable=True),
    Spec("remove_crop", marked("Remove re&gion"), marked("Enlarge the whole picture again."), "Ctrl+Shift+C"),
    Spec(
        "try_here", marked("&Try in place"),
        marked("Train some seconds on the region and see it in its place; again takes it away."),
        "T", checkable=True,
    ),
    Spec("zoom_out", marked("Zoom &out"), marked("Show the picture smaller."), "Ctrl+-"),
    Spec("zoom_in", marked("&Zoom in"), marked("Show the picture larger."), "Ctrl++"),
    Spec("info", marked("&Info…"), marked("Show what the file says: format, profile, metadata, how it was made."), "I"),
    Spec("fit", marked("&Fit"), marked("Show the whole picture."), "F"),
    Spec(
        "actual", marked("&100 %"),
        marked("One pixel of the picture (of the result, once there is one) is one of the screen."),
        "1",
    ),
    Spec(
        "double", marked("&200 %"),
        marked("One pixel of the picture (of the result, once there is one) is two of the screen."),
        "2",
    ),
    Spec(
        "slider", marked("&Slider"), marked("Compare two pictures under a line that you drag."),
        "S", checkable=True, group="mode",
    ),
    Spec(
        "side_by_side", marked("Side &by side"),
        marked("Show up to nine pictures beside each other, moved and zoomed as one."),
        "B", checkable=True, group="mode",
    ),
    Spec(
        "flip", marked("Fl&ip"), marked("Show one picture after the other in the same place."),
        "A", checkable=True, group="mode",
    ),
    Spec(
        "difference", marked("&Difference"), marked("Show how far two pictures differ in each pixel, amplified."),
        "D", checkable=True, group="mode",
    ),
    Spec("exchange", marked("Swa&p sides"), marked("Let the two pictures change sides; in Flip, show the next."), "X"),
    Spec(
        "level_line", marked("&Horizontal line"), marked("Divide above and below instead of left and right."),
        "H", checkable=True,
    ),
    Spec(
        "grid", marked("One ro&w"), marked("Put all pictures in one row instead of the grid that shows them largest."),
        "G", checkable=True,
    ),
    Spec("gain_less", marked("Fainter differe&nce"), marked("Amplify the difference half as much."), "["),
    Spec("gain_more", marked("Str&onger difference"), marked("Amplify the difference twice as much."), "]"),
    Spec(
        "loupe", marked("Lo&upe"), marked("Show what is under the pointer large, for each picture compared."),
        "L", checkable=True,
    ),
    Spec(
        "consistency_map", marked("&Consistency map"),
        marked("Mark where the result, downscaled again, is not the input."), "K", checkable=True, group="map",
    ),
    Spec(
        "disagreement_map", marked("Disagreement &map"),
        marked("Mark where several results of the network deviate from each other."), "M", checkable=True, group="map",
    ),
    Spec(
        "members_map", marked("Map of other s&eeds"),
        marked("Mark where networks of other seeds differ, once Look closer has trained them."),
        checkable=True, group="map",
    ),
    Spec(
        "look_closer", marked("Loo&k closer…"),
        marked("Train networks of other seeds, or under another blur, to see how sure the shown run is."),
    ),
    Spec("add", marked("&Add…"), marked("Add a picture file to compare with."), "Ctrl+Shift+O"),
    Spec(
        "compare_with", marked("Compare wi&th…"),
        marked("Let other methods enlarge the picture too: interpolation, and networks of others."), "Ctrl+Shift+M",
    ),
    Spec("remove_entry", marked("&Remove"), marked("Take the selected run or file out of the list."), "Ctrl+Backspace"),
    Spec(
        "truth", marked("Use as &ground truth"), marked("Give PSNR and SSIM of the results against the selected file."),
        "Ctrl+T", checkable=True,
    ),
    Spec("start", marked("&Enlarge"), marked("Train a network on this picture and enlarge it."), "Ctrl+Return"),
    Spec("pause", marked("&Pause"), marked("Halt the training; it goes on where it was."), "P", checkable=True),
    Spec("stop", marked("S&top"), marked("End the training and keep the best so far."), "Ctrl+."),
    Spec("train_on", marked("Train o&n…"), marked("Train the shown run for more seconds, from what it learned.")),
    Spec(
        "use_settings", marked("&Use these settings"),
        marked("Set the settings, and the region, to those of the selected run."),
    ),
    Spec(
        "reproduce", marked("Repro&duce"),
        marked("Do the selected run, or that of the selected file, again by its record, and compare the pixels."),
    ),
    Spec(
        "remove_waiting", marked("Remo&ve from the queue"),
        marked("Let the selected run, which waits, not have its turn."),
    ),
    Spec(
        "save_curves", marked("Save &curves…"), marked("Write the curves of the run as a picture or as a table (CSV)."),
    ),
    Spec(
        "box_start", marked("&Start the box"),
        marked("Enlarge all pictures of the box that are ticked, one after the other."),
    ),
    Spec(
        "box_pause", marked("&Pause the box"), marked("Let all stand still; it goes on where it was."), checkable=True,
    ),
    Spec(
        "box_after", marked("&After these pictures"), marked("End when the pictures that are being done are done."),
        checkable=True,
    ),
    Spec(
        "box_stop", marked("S&top the box"),
        marked("End at once; the pictures that are being done begin again next time."),
    ),
    Spec(
        "box_look", marked("&Look at each"), marked("Find blur, grain and compression of each, in the background."),
        checkable=True,
    ),
    Spec(
        "box_report", marked("&Report of the box"),
        marked("Show a page with all results, those first that need looking at."),
    ),
    Spec("box_folder", marked("S&how results"), marked("Show the folder of the results.")),
    Spec("box_close", marked("&Close the box"), marked("Put the box away; pictures, results and journal stay.")),
    Spec(
        "theme_system", marked("&System theme"), marked("Light or dark, as your system is set."),
        checkable=True, group="theme",
    ),
    Spec("theme_light", marked("&Light theme"), marked("Always light."), checkable=True, group="theme"),
    Spec("theme_dark", marked("&Dark theme"), marked("Always dark."), checkable=True, group="theme"),
    Spec(
        "screen_profile", marked("&Colour profile of the screen…"),
        marked("Show colours right on this screen: choose its ICC profile."),
    ),
    Spec("screen_srgb", marked("Screen is s&RGB"), marked("Show colours for an ordinary screen."), checkable=True),
    Spec(
        "show_results", marked("R&esults panel"), marked("Show the list of results below the picture."), checkable=True,
    ),
    Spec(
        "show_settings", marked("Sett&ings panel"), marked("Show the settings of the next run at the right."),
        checkable=True,
    ),
    Spec(
        "details", marked("Det&ails"), marked("Show the curves, the film and the table of the runs below the picture."),
        checkable=True,
    ),
    Spec(
        "panels", marked("Hide or show pa&nels"),
        marked("With the focus on the picture: leave the picture alone on the screen, or bring the panels back."),
        "Tab",
    ),
    Spec("next_panel", marked("Ne&xt panel"), marked("Go on from one part of the window to the next."), "F6"),
    Spec(
        "fullscreen", marked("F&ull screen"), marked("Take the whole screen, or give it back."), "F11", checkable=True,
    ),
    Spec("reset_layout", marked("Reset la&yout"), marked("Show the panels again as they were at first.")),
    Spec("palette", marked("&Commands…"), marked("Find anything that can be done here by its name."), "Ctrl+Shift+P"),
    Spec("about", marked("&About ZSSR Studio"), marked("Version, method, and the licences of all that is used.")),
)
# fmt: on
MENUS = (
    (marked("&File"), ("open", "open_folder", RECENT, "save_project", "export", "report", SEPARATOR, "quit")),
    (marked("&Edit"), ("undo", "redo", SEPARATOR, "paste", SEPARATOR, "preferences")),
    (marked("&Picture"), ("crop", "try_here", "remove_crop", SEPARATOR, "info")),
    (
        marked("&View"),
        (
            *("fit", "actual", "double", "zoom_in", "zoom_out", SEPARATOR),
            *("fullscreen", "panels", "next_panel", "show_results", "show_settings", "details", "reset_layout"),
            *(SEPARATOR, "theme_system", "theme_light", "theme_dark", SEPARATOR),
            *("screen_srgb", "screen_profile"),
        ),
    ),
    (
        marked("&Compare"),
        (
            *("slider", "side_by_side", "flip", "difference", SEPARATOR),
            *("exchange", "level_line", "grid", "gain_less", "gain_more", "loupe", SEPARATOR),
            *("consistency_map", "disagreement_map", "members_map", "look_closer", SEPARATOR),
            *("add", "compare_with", "remove_entry", "truth"),
        ),
    ),
    (
        marked("&Run"),
        (
            *("start", "pause", "stop", SEPARATOR, "train_on", "use_settings", "reproduce", "remove_waiting"),
            *(SEPARATOR, "save_curves"),
        ),
    ),
    (
        marked("&Box"),
        (
            *("box_start", "box_pause", "box_after", "box_stop", SEPARATOR, "box_look", SEPARATOR),
            *("box_report", "box_folder", SEPARATOR, "box_close"),
        ),
    ),
    (marked("&Help"), ("palette", "about")),
)
MODES = ("slider", "side_by_side", "flip", "difference")
MAPS = {f"{kind}_map": kind for kind in MapKind}
# Where the field with the zoom stands in the toolbar, and what belongs to the way of comparing that is on.
ZOOM, OPTIONS = "zoom", "options"
TOOLS = ("open", SEPARATOR, *MODES, SEPARATOR, "zoom_out", ZOOM, "zoom_in", "fit", SEPARATOR, OPTIONS)
# What stays on the screen however narrow the window is.
TOOLS_RIGHT = ("export",)
# Of these one may be checked, or none.
OPTIONAL_GROUPS = ("mode", "map")

Actions = dict[str, QAction]


def build(parent: QObject) -> Actions:
    """Make a QAction of each line of the table."""
    groups: dict[str, QActionGroup] = {}
    actions: Actions = {}
    for spec in SPECS:
        action = QAction(tr(spec.text), parent)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setStatusTip(tr(spec.tip))
        if has_icon(spec.name):
            action.setIcon(icon(spec.name))
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
