"""What each field of a window does alike: with the wheel, with undo, and with what is still being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction

UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class FieldManners(QObject):
    """Watches the fields of a window from now on.

    A field without the focus passes the wheel on, so that the panel scrolls and no setting changes. Undo is the
    window's unless something is being typed. What is being typed is taken before a command runs.

    Parameters
    ----------
    window : QWidget
        All fields in it are watched.
    actions : iterable of QAction
        The commands; this must be made before what they do is connected.
    """

    def __init__(self, window: QWidget, actions: Iterable[QAction] = ()) -> None:
        super().__init__(window)
        for kind in (QAbstractSpinBox, QComboBox, QSlider, QLineEdit):
            for field in window.findChildren(kind):
                self._watch(field)
        for action in actions:
            action.triggered.connect(self.take_typed)

    @Slot()
    def take_typed(self) -> None:
        """Take the number that is being typed in the field with the focus."""
        field = QApplication.focusWidget()
        if isinstance(field, QAbstractSpinBox):
            field.interpretText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let what is not for a field pass to what is around it."""
        match event.type():
            case QEvent.Type.Wheel:
                passes = isinstance(watched, QWidget) and not watched.hasFocus()
            case QEvent.Type.ShortcutOverride:
                passes = _is_undo(event) and not _is_being_typed(watched)
            case QEvent.Type.FocusOut:
                _take_text(watched)
                passes = False
            case _:
                passes = False
        if passes:
            event.ignore()
        return passes

    def _watch(self, field: QWidget) -> None:
        if isinstance(field, QLineEdit) and isinstance(field.parent(), QAbstractSpinBox | QComboBox):
            return
        if field.focusPolicy() is Qt.FocusPolicy.WheelFocus:
            # Else the wheel would give the focus first, and then change the value.
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)


def _is_undo(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in UNDO_KEYS)


def _is_being_typed(field: QObject) -> bool:
    """Tell whether there is something in a field that is not taken yet, and that it can undo by itself."""
    match field:
        case QSpinBox() | QDoubleSpinBox():
            return field.lineEdit().isUndoAvailable() and field.valueFromText(field.text()) != field.value()
        case QComboBox():
            line = field.lineEdit()
            return line is not None and line.isModified() and line.isUndoAvailable()
        case QLineEdit():
            return field.isUndoAvailable() or field.isRedoAvailable()
    return False


def _take_text(field: QObject) -> None:
    """Remember that what stands in an editable list was taken, as a person leaves it."""
    if isinstance(field, QComboBox) and (line := field.lineEdit()) is not None:
        line.setModified(False)
