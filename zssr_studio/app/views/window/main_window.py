"""Lays out the panels, the toolbar and the menus; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from zssr_studio.app.actions import MENUS, RECENT, SEPARATOR, Actions, build
from zssr_studio.app.language import tr
from zssr_studio.app.views.box.views import BoxViews
from zssr_studio.app.views.compare.results_panel import ResultsPanel
from zssr_studio.app.views.compare.zoom_field import ZoomField
from zssr_studio.app.views.files.dropped_files import local_files
from zssr_studio.app.views.files.recent_menu import RecentMenu
from zssr_studio.app.views.files.recovery_bar import RecoveryBar
from zssr_studio.app.views.files.start_page import StartPage
from zssr_studio.app.views.run.run_panel import RunPanel
from zssr_studio.app.views.run.start_footer import StartFooter
from zssr_studio.app.views.run.status_strip import StatusStrip
from zssr_studio.app.views.widgets.floating import Floating
from zssr_studio.app.views.widgets.focus_ring import next_stop, order_stops
from zssr_studio.app.views.window.commands import Command, commands_of
from zssr_studio.app.views.window.message_bar import MessageBar
from zssr_studio.app.views.window.picture_page import PicturePage
from zssr_studio.app.views.window.tool_row import ToolRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QByteArray, QPoint
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from zssr_studio.app.views.run.settings_panel import SettingsPanel

START_SIZE = QSize(1440, 900)
# With text of the least size; with larger text the settings take what their words need.
SETTINGS_WIDTH_PX, DETAILS_HEIGHT_PX = 280, 224
# What can be hidden, and the action that shows it; the details open when they are asked for.
PANELS = {"results": "show_results", "settings": "show_settings", "details": "details"}
AT_FIRST = frozenset({"results", "settings"})


class MainWindow(QMainWindow):
    """The window.

    Signals
    -------
    files_dropped(list of Path), files_added(list of Path), box_files_added(list of Path)
        Files were dropped to be opened; onto the list of results, to be compared with; onto the box, to go into it.
    close_asked()
        A person wants to leave; the controller calls `close_now` when nothing is lost by it.
    closing()
        The window is about to close, and stands as a person left it.
    """

    files_dropped = Signal(list)
    files_added = Signal(list)
    box_files_added = Signal(list)
    close_asked = Signal()
    closing = Signal()

    def __init__(self, settings: SettingsPanel) -> None:
        super().__init__()
        self.setWindowTitle("ZSSR Studio")
        self.resize(START_SIZE)
        self.setAcceptDrops(True)
        self.actions_by_name: Actions = build(self)
        self.start_page, self.message_bar, self.recovery_bar = StartPage(), MessageBar(), RecoveryBar()
        self.results_panel, self.zoom_field = ResultsPanel(self.actions_by_name), ZoomField()
        self.box_views = BoxViews(self.actions_by_name)
        strips = _line(self.box_views.strip, self.results_panel)
        self.picture_page = PicturePage(self.actions_by_name, strips)
        self.canvas = self.picture_page.canvas
        self.settings_panel, self.start_footer = settings, StartFooter(self.actions_by_name)
        self.run_panel, self.status_strip = RunPanel(self.actions_by_name), StatusStrip(self.actions_by_name)
        self.run_panel.add_page(tr("Box", "pictures that were opened together"), self.box_views.page)
        self.box_views.stand_in(self._offer_box, self._go_to_box)
        settings.region.add_actions(self.actions_by_name)
        self.recent_menu = RecentMenu(self.actions_by_name["clear_recent"], self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.picture_page)
        self.panels: dict[str, QWidget] = {"results": strips, "details": self.run_panel}
        self._columns, self._rows = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self._tools = ToolRow(self.actions_by_name, self.zoom_field, self.picture_page.bar)
        self._may_close = False
        self._lay_out()

    def show_picture(self) -> None:
        """Put the canvas in the place of the first screen."""
        if self._pages.currentWidget() is self.picture_page:
            return
        self._pages.setCurrentWidget(self.picture_page)
        # The keys of the picture work at once; Qt would choose the first button of its bar.
        self.canvas.setFocus()

    def commands(self) -> list[Command]:
        """List all that the menus offer."""
        return commands_of(self.menuBar())

    def _offer_box(self, wanted: bool) -> None:
        self.run_panel.set_page_shown(self.box_views.page, shown=wanted)

    def _go_to_box(self) -> None:
        self.run_panel.go_to(self.box_views.page)
        self.actions_by_name["details"].setChecked(True)

    @property
    def is_left(self) -> bool:
        """Whether it is closed for good, so that nobody answers a question any more."""
        return self._may_close

    def close_now(self) -> None:
        """Close without asking again."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            self.closing.emit()
            event.accept()
            return
        event.ignore()
        self.close_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event.mimeData())
        if not paths:
            return
        event.acceptProposedAction()
        place = event.position().toPoint()
        if self._is_over(self.results_panel, place):
            self.files_added.emit(paths)
        elif self._is_over(self.box_views.strip, place):
            self.box_files_added.emit(paths)
        else:
            self.files_dropped.emit(paths)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            # The system leaves the full screen too.
            self.actions_by_name["fullscreen"].setChecked(self.isFullScreen())

    @property
    def shown_panels(self) -> frozenset[str]:
        """Names of the panels that are not hidden."""
        return frozenset(name for name, panel in self.panels.items() if not panel.isHidden())

    def show_panels(self, names: Collection[str]) -> None:
        """Show these panels and hide the others."""
        for name, action in PANELS.items():
            self.actions_by_name[action].setChecked(name in names)

    def reset_layout(self) -> None:
        """Show the panels as they were at first, and as wide and high."""
        self.show_panels(AT_FIRST)
        self._columns.setSizes([START_SIZE.width() - SETTINGS_WIDTH_PX, SETTINGS_WIDTH_PX])
        self._rows.setSizes([START_SIZE.height() - DETAILS_HEIGHT_PX, DETAILS_HEIGHT_PX])

    def panel_sizes(self) -> tuple[QByteArray, QByteArray]:
        """Return how the room is divided, side by side and one above the other, to be restored."""
        return self._columns.saveState(), self._rows.saveState()

    def restore_panels(self, names: Collection[str], columns: QByteArray, rows: QByteArray) -> None:
        """Bring panels back as they were kept, before the window is shown."""
        self._columns.restoreState(columns)
        self._rows.restoreState(rows)
        self.show_panels(names)

    def go_to_next_panel(self) -> None:
        """Give the focus to the next part of the window: tools, messages, picture, results, details, run, settings."""
        stop = next_stop(self, self._parts)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _is_over(self, panel: QWidget, place: QPoint) -> bool:
        return panel.isVisible() and panel.rect().contains(panel.mapFrom(self, place))

    def _lay_out(self) -> None:
        self._floating = Floating(self._pages, (self.recovery_bar, self.message_bar))
        self._rows.addWidget(self._pages)
        self._rows.addWidget(self.run_panel)
        self._columns.addWidget(_column(self._rows, self.status_strip))
        self.panels["settings"] = _column(self.settings_panel, self.start_footer)
        self._columns.addWidget(self.panels["settings"])
        for splitter in (self._columns, self._rows):
            # The picture takes the room that a larger window gives.
            splitter.setStretchFactor(0, 1)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self.setCentralWidget(_column(self._tools, self._columns))
        self._make_menus()
        for name, action in PANELS.items():
            self.actions_by_name[action].toggled.connect(self.panels[name].setVisible)
            self.panels[name].setVisible(False)
        self._parts = (
            *(self._tools, self._floating, self._pages, self.box_views.strip, self.results_panel, self.run_panel),
            *(self.status_strip, self.settings_panel, self.start_footer),
        )
        order_stops(self, self._parts)
        # On the picture, where there is nothing to go through by Tab; elsewhere it goes from field to field.
        self.actions_by_name["panels"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.canvas.addAction(self.actions_by_name["panels"])

    def _make_menus(self) -> None:
        for title, names in MENUS:
            menu = self.menuBar().addMenu(tr(title))
            for name in names:
                if name == SEPARATOR:
                    menu.addSeparator()
                elif name == RECENT:
                    menu.addMenu(self.recent_menu)
                else:
                    menu.addAction(self.actions_by_name[name])


def _column(*parts: QWidget) -> QWidget:
    """Put parts one above the other; those that have a height of their own keep it."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part)
    return column


def _line(box: QWidget, results: QWidget) -> QWidget:
    """Put both strips into one line, so that the box takes no room from the picture: the results get what they need."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(box, stretch=1)
    layout.addWidget(results)
    return line
