"""Lays out the docks, the toolbar and the menus; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSizePolicy, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from zssr_studio.app.actions import MENUS, PRIMARY, RECENT, SEPARATOR, TOOLBAR_LEFT, TOOLBAR_RIGHT, Actions, build
from zssr_studio.app.language import tr
from zssr_studio.app.views.compare.results_panel import ResultsPanel
from zssr_studio.app.views.files.dropped_files import local_files
from zssr_studio.app.views.files.recent_menu import RecentMenu
from zssr_studio.app.views.files.recovery_bar import RecoveryBar
from zssr_studio.app.views.files.start_page import StartPage
from zssr_studio.app.views.run.run_panel import RunPanel
from zssr_studio.app.views.window.commands import Command, commands_of
from zssr_studio.app.views.window.message_bar import MessageBar
from zssr_studio.app.views.window.picture_page import PicturePage

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from zssr_studio.app.views.run.settings_panel import SettingsPanel

START_SIZE = QSize(1280, 800)
RESULTS_WIDTH_PX, SETTINGS_WIDTH_PX, CURVES_HEIGHT_PX = 264, 304, 208


class MainWindow(QMainWindow):
    """The window.

    Signals
    -------
    files_dropped(list of Path), files_added(list of Path)
        Files were dropped to be opened; onto the list of results, to be compared with.
    close_asked()
        A person wants to leave; the controller calls `close_now` when nothing is lost by it.
    closing()
        The window is about to close, and stands as a person left it.
    """

    files_dropped = Signal(list)
    files_added = Signal(list)
    close_asked = Signal()
    closing = Signal()

    def __init__(self, settings: SettingsPanel) -> None:
        super().__init__()
        self.setWindowTitle("ZSSR Studio")
        self.resize(START_SIZE)
        self.setAcceptDrops(True)
        self.actions_by_name: Actions = build(self)
        self.start_page, self.message_bar, self.recovery_bar = StartPage(), MessageBar(), RecoveryBar()
        self.picture_page = PicturePage(self.actions_by_name)
        self.canvas = self.picture_page.canvas
        self.settings_panel, self.run_panel = settings, RunPanel(self.actions_by_name)
        settings.region.add_actions(self.actions_by_name)
        self.results_panel = ResultsPanel(self.actions_by_name)
        self.recent_menu = RecentMenu(self.actions_by_name["clear_recent"], self)
        self.docks: dict[str, QDockWidget] = {}
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.picture_page)
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
        panel = self.results_panel
        on_list = panel.isVisible() and panel.rect().contains(panel.mapFrom(self, event.position().toPoint()))
        (self.files_added if on_list else self.files_dropped).emit(paths)

    def reset_layout(self) -> None:
        """Show all panels, as wide and high as they were at first."""
        for dock in self.docks.values():
            dock.show()
        results, settings, curves = (self.docks[name] for name in ("results", "settings", "training"))
        widths = [RESULTS_WIDTH_PX, SETTINGS_WIDTH_PX]
        self.resizeDocks([results, settings], widths, Qt.Orientation.Horizontal)
        self.resizeDocks([curves], [CURVES_HEIGHT_PX], Qt.Orientation.Vertical)

    def restore_panels(self, state: QByteArray, version: int) -> None:
        """Bring panels back as `saveState` kept them, before the window is shown."""
        self.restoreState(state, version)
        # A dock that was never shown does not tell that it is hidden.
        for name, dock in self.docks.items():
            self.actions_by_name[f"show_{name}"].setChecked(not dock.isHidden())

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.recovery_bar)
        column.addWidget(self.message_bar)
        column.addWidget(self._pages, stretch=1)
        self.setCentralWidget(centre)
        self._make_menus()
        self._make_toolbar()
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        self._dock("results", tr("Results"), self.results_panel, left)
        self._dock("settings", tr("Settings"), self.settings_panel, right)
        self._dock("training", tr("Training"), self.run_panel, bottom)
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        self.reset_layout()
        # Qt's own menu of panels would hide the toolbar as well, and nothing would bring it back.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        dock.setWidget(widget)
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        # The panels have headings of their own.
        dock.setTitleBarWidget(QWidget())
        self.addDockWidget(area, dock)
        self.docks[dock.objectName()] = dock
        action = self.actions_by_name[f"show_{dock.objectName()}"]
        action.setChecked(True)
        action.toggled.connect(dock.setVisible)
        dock.toggleViewAction().toggled.connect(action.setChecked)

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

    def _make_toolbar(self) -> None:
        tools, run = QToolBar(tr("Tools")), _WholeBar(tr("Run"))
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        run.addWidget(spacer)
        self._fill(tools, "tools", TOOLBAR_LEFT)
        self._fill(run, "run", TOOLBAR_RIGHT)
        run.widgetForAction(self.actions_by_name[PRIMARY]).setObjectName("primary")

    def _fill(self, bar: QToolBar, name: str, names: tuple[str, ...]) -> None:
        bar.setObjectName(name)
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        for name in names:
            if name == SEPARATOR:
                bar.addSeparator()
                continue
            bar.addAction(self.actions_by_name[name])
            bar.widgetForAction(self.actions_by_name[name]).setFocusPolicy(Qt.FocusPolicy.TabFocus)


class _WholeBar(QToolBar):
    """Where the window is narrow, the other bar hides what has no room: this one holds what the window is for."""

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
