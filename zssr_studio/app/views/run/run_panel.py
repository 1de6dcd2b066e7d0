"""The details above the strip of a run: what is known of it, its curves, its film, its figures, and all runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_labels
from zssr_studio.app.views.run.curves_page import CurvesPage
from zssr_studio.app.views.run.film_strip import FilmStrip
from zssr_studio.app.views.run.run_figures import RunFigures
from zssr_studio.app.views.run.runs_table import RunsTable
from zssr_studio.app.views.widgets.small_button import small_button

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions
    from zssr_studio.app.views.run.loss_plot import LossPlot


class RunPanel(QWidget):
    """State, curves, figures, film, table."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.curves, self.film, self.figures = CurvesPage(), FilmStrip(), RunFigures()
        self.runs = RunsTable(actions)
        self.tabs, self._pages = QTabBar(), QStackedWidget()
        self._every_page: list[QWidget] = []
        self.tabs.setAccessibleName(tr("What of the run is shown"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title, page in ((tr("Curves"), self.curves), (tr("Film"), self.film), (tr("Runs"), self.runs)):
            self.add_page(title, page)
        self.tabs.currentChanged.connect(self._on_tab)
        self._fit_page()
        self._state = QLabel()
        self._state.setObjectName("heading")
        self._remark = QLabel()
        plain_labels(self._state, self._remark)
        self._remark.setObjectName("faint")
        # A long line is wrapped instead of widening the window.
        self._remark.setWordWrap(True)
        self._remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        save = self._save = small_button(actions["save_curves"])
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._state)
        line.addStretch()
        line.addWidget(self.curves.whole)
        line.addWidget(save)
        line.addWidget(self.tabs)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(self._pages, stretch=1)
        body.addWidget(self.figures, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self._remark)
        layout.addLayout(body, stretch=1)

    def add_page(self, title: str, page: QWidget) -> None:
        """Add a page behind the others."""
        self._every_page.append(page)
        self._pages.addWidget(page)
        self.tabs.addTab(title)
        self._fit_page()

    def set_page_shown(self, page: QWidget, *, shown: bool) -> None:
        """Offer a page, or not."""
        if not shown and self._pages.currentWidget() is page:
            self.tabs.setCurrentIndex(0)
        self.tabs.setTabVisible(self._pages.indexOf(page), shown)

    def go_to(self, page: QWidget) -> None:
        """Show a page."""
        self.tabs.setCurrentIndex(self._pages.indexOf(page))

    def set_status(self, state: str, remark: str) -> None:
        """Say where the run stands."""
        self._state.setText(state)
        self._remark.setText(remark)
        self._remark.setVisible(self._is_of_run and bool(remark))

    def set_waiting(self, count: int) -> None:
        """Say how many runs wait for their turn."""
        text = tr("Runs ({count} waiting)", count=count) if count else tr("Runs")
        self.tabs.setTabText(self._pages.indexOf(self.runs), text)

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self._fit_page()
        self._save.setVisible(self._pages.currentWidget() is self.curves)
        # Of tables those of the runs need the width, and say the same of all runs; others are not of a run.
        self.figures.setVisible(self._pages.currentWidget() in (self.curves, self.film))
        is_of_run = self._is_of_run
        self._state.setVisible(is_of_run)
        self._remark.setVisible(is_of_run and bool(self._remark.text()))

    def _fit_page(self) -> None:
        """Let the page that is shown need room, and no other: with large text the table would widen the window."""
        for page in self._every_page:
            shown = page is self._pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)

    @property
    def _is_of_run(self) -> bool:
        return self._pages.currentWidget() in (self.curves, self.film, self.runs)

    @property
    def plot(self) -> LossPlot:
        """The plot of the curves."""
        return self.curves.plot

    @property
    def text(self) -> str:
        """State and remark, as shown."""
        return f"{self._state.text()}  {self._remark.text()}"
