"""What stands in a window, for the tests of its language."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QTabBar,
    QTableWidget,
    QTreeWidget,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

# Around whatever went through the translator.
OPEN, CLOSE = "⟦", "⟧"


class Brackets(QTranslator):
    """Translates into nothing but brackets, so that a text that goes by it is seen."""

    def translate(self, _context: str, source: str, _meant: str | None = None, _count: int = -1) -> str:
        return f"{OPEN}{source}{CLOSE}"

    def isEmpty(self) -> bool:
        return False


@contextmanager
def installed(application: QApplication, translators: list[QTranslator]) -> Iterator[None]:
    """Speak a language, and English again afterwards."""
    for translator in translators:
        application.installTranslator(translator)
    try:
        yield
    finally:
        for translator in translators:
            application.removeTranslator(translator)
        QLocale.setDefault(QLocale.c())


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """All that a window says, to the eye and to the ear: what kind it is, and the text."""
    yield "title", window.windowTitle()
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            yield from _of(widget)
    if isinstance(window, QMainWindow):
        for action in window.actions_by_name.values():
            yield "action", action.text()
            yield "tip", action.toolTip()
        for action in window.menuBar().actions():
            yield "menu", action.text()


def _of(widget: QWidget) -> Iterator[tuple[str, str]]:
    kind = type(widget).__name__
    yield f"name of a {kind}", widget.accessibleName()
    yield f"description of a {kind}", widget.accessibleDescription()
    yield f"tip of a {kind}", widget.toolTip()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield kind, widget.text()
    if isinstance(widget, QGroupBox):
        yield kind, widget.title()
    if isinstance(widget, QLineEdit):
        yield kind, widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from ((kind, widget.itemText(index)) for index in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from ((kind, widget.tabText(index)) for index in range(widget.count()))
    if isinstance(widget, QTableWidget):
        for column in range(widget.columnCount()):
            for item in (
                widget.horizontalHeaderItem(column),
                *(widget.item(r, column) for r in range(widget.rowCount())),
            ):
                yield kind, "" if item is None else item.text()
    if isinstance(widget, QListWidget) and widget.objectName() != "licences":
        yield from ((kind, widget.item(row).text()) for row in range(widget.count()))
    if isinstance(widget, QTreeWidget):
        yield from ((kind, widget.headerItem().text(column)) for column in range(widget.columnCount()))


def words(text: str) -> str:
    """Without the marks of mnemonics and without what belongs to the layout of a label."""
    return re.sub(r"<[^>]*>|&nbsp;", " ", text.replace("&&", "\0").replace("&", "").replace("\0", "&")).strip()
