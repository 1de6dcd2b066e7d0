"""Lays out the docks, the toolbar and the menus; nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSizePolicy, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from zssr_studio.app.actions import MENUS, PRIMARY, SEPARATOR, TOOLBAR_LEFT, TOOLBAR_RIGHT, Actions, build
from zssr_studio.app.views.message_bar import MessageBar
from zssr_studio.app.views.picture_page import PicturePage
from zssr_studio.app.views.recovery_bar import RecoveryBar
from zssr_studio.app.views.results_panel import ResultsPanel
from zssr_studio.app.views.run_panel import RunPanel
from zssr_studio.app.views.start_page import StartPage

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from zssr_studio.app.views.settings_panel import SettingsPanel

START_SIZE = QSize(1280, 800)
RESULTS_WIDTH_PX, SETTINGS_WIDTH_PX, CURVES_HEIGHT_PX = 264, 304, 208


class MainWindow(QMainWindow):
    """The window.

    Signals
    -------
    file_dropped(Path)
    close_asked()
        A person wants to leave; the controller calls `close_now` when nothing is lost by it.
    """

    file_dropped = Signal(object)
    close_asked = Signal()

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
        self.results_panel = ResultsPanel(self.actions_by_name)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.picture_page)
        self._may_close = False
        self._lay_out()

    def show_picture(self) -> None:
        """Put the canvas in the place of the first screen."""
        self._pages.setCurrentWidget(self.picture_page)

    def close_now(self) -> None:
        """Close without asking again."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _first_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _first_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

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
        results = self._dock("Results", self.results_panel, left)
        settings = self._dock("Settings", self.settings_panel, right)
        curves = self._dock("Training", self.run_panel, bottom)
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        widths = [RESULTS_WIDTH_PX, SETTINGS_WIDTH_PX]
        self.resizeDocks([results, settings], widths, Qt.Orientation.Horizontal)
        self.resizeDocks([curves], [CURVES_HEIGHT_PX], Qt.Orientation.Vertical)

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(title.lower())
        dock.setWidget(widget)
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        # The panels have headings of their own.
        dock.setTitleBarWidget(QWidget())
        self.addDockWidget(area, dock)
        return dock

    def _make_menus(self) -> None:
        for title, names in MENUS:
            menu = self.menuBar().addMenu(title)
            for name in names:
                if name == SEPARATOR:
                    menu.addSeparator()
                else:
                    menu.addAction(self.actions_by_name[name])

    def _make_toolbar(self) -> None:
        bar = QToolBar("Tools")
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        self._fill(bar, TOOLBAR_LEFT)
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        self._fill(bar, TOOLBAR_RIGHT)
        bar.widgetForAction(self.actions_by_name[PRIMARY]).setObjectName("primary")

    def _fill(self, bar: QToolBar, names: tuple[str, ...]) -> None:
        for name in names:
            if name == SEPARATOR:
                bar.addSeparator()
                continue
            bar.addAction(self.actions_by_name[name])
            bar.widgetForAction(self.actions_by_name[name]).setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _first_file(event: QDropEvent) -> Path | None:
    for url in event.mimeData().urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None
