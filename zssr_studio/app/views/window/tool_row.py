"""The one row of tools. Where it is narrow words go first, then tools, into a menu at its end; Export always stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from zssr_studio.app.actions import OPTIONS, SEPARATOR, TOOLS, TOOLS_RIGHT, ZOOM
from zssr_studio.app.language import tr
from zssr_studio.app.views.window.commands import plain

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from zssr_studio.app.actions import Actions
    from zssr_studio.app.views.compare.compare_bar import CompareBar
    from zssr_studio.app.views.compare.zoom_field import ZoomField

SIDE_PX, ABOVE_PX, GAP_PX = 8, 3, 4
# Beside the field with the zoom an icon says more than words.
GLYPHS = ("zoom_out", "zoom_in")
_STYLES = (Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly)


class ToolRow(QFrame):
    """Buttons of actions, the field with the zoom, what belongs to the way of comparing, a hint."""

    def __init__(self, actions: Actions, zoom: ZoomField, bar: CompareBar) -> None:
        super().__init__()
        self.setObjectName("tools")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar = bar
        self._fitted: tuple[int, ...] = ()
        self._more = self._make_more()
        self._left = [self._item(name, actions, {ZOOM: zoom, OPTIONS: bar}) for name in TOOLS]
        self._right = [self._item(name, actions, {}) for name in TOOLS_RIGHT]
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SIDE_PX, ABOVE_PX, SIDE_PX, ABOVE_PX)
        row.setSpacing(GAP_PX)
        for item in (*self._left, self._more):
            row.addWidget(item)
        row.addSpacing(GAP_PX)
        row.addWidget(bar.hint, stretch=1)
        row.addStretch()
        for item in self._right:
            row.addWidget(item)
        self._buttons = [one for one in self.findChildren(QToolButton) if one is not self._more and not _is_glyph(one)]

    def minimumSizeHint(self) -> QSize:
        """Need no more room than for what always stays."""
        return QSize(_width([self._more, *self._right]) + 2 * SIDE_PX + GAP_PX, self._row.minimumSize().height())

    def event(self, event: QEvent) -> bool:
        """Look again what has room when a tool has come, gone or changed its words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as much as there is room for; what was fitted already is left, or each layout would ask for another."""
        if self._fitted != self._needs():
            self._fit_anew()
            self._fitted = self._needs()

    def _needs(self) -> tuple[int, ...]:
        """Return the width, and that of each part as it is now."""
        items = (*self._left, *self._right, self._bar.hint)
        return (self.width(), *(item.sizeHint().width() for item in items))

    def _fit_anew(self) -> None:
        room_px = self.width() - 2 * SIDE_PX - GAP_PX - _width(self._right)
        for style in _STYLES:
            for button in self._buttons:
                button.setToolButtonStyle(style)
            if _width(self._left) <= room_px:
                break
        stay = list(self._left)
        while stay and _width([*stay, self._more] if len(stay) < len(self._left) else stay) > room_px:
            stay.pop()
        for item in self._left:
            item.setVisible(item in stay)
        self._more.setVisible(len(stay) < len(self._left))
        # Half a sentence helps nobody.
        self._bar.hint.setVisible(self._more.isHidden() and _width([*stay, self._bar.hint]) <= room_px)

    def _make_more(self) -> QToolButton:
        more = QToolButton(self)
        more.setText("»")
        more.setToolTip(tr("The tools that have no room here."))
        more.setAccessibleName(tr("More tools"))
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.aboutToShow.connect(self._fill_more)
        more.setMenu(menu)
        more.hide()
        return more

    def _fill_more(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for item in self._left:
            if item.isHidden():
                buttons = item.findChildren(QToolButton) if item is self._bar else [item]
                menu.addActions([one.defaultAction() for one in buttons if isinstance(one, QToolButton)])

    def _item(self, name: str, actions: Actions, widgets: dict[str, QWidget]) -> QWidget:
        if name in widgets:
            return widgets[name]
        if name == SEPARATOR:
            line = QFrame()
            line.setObjectName("upright")
            return line
        button = QToolButton()
        action = actions[name]
        if name in GLYPHS:
            button.setObjectName("glyph")
            button.setAccessibleName(plain(action.text()))
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


def _is_glyph(button: QToolButton) -> bool:
    """Tell whether an icon says all."""
    return button.defaultAction().objectName() in GLYPHS


def _width(items: list[QWidget]) -> int:
    return sum(item.sizeHint().expandedTo(item.minimumSize()).width() + GAP_PX for item in items)
