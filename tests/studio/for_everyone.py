"""What a window owes everyone: contrast, names, the keyboard, visible focus, room for its text. Each check returns
what is wrong, in words."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from tests.studio.studio_loop import PATIENCE_S, pause
from zssr_studio.app.views.canvas.canvas import Canvas
from zssr_studio.app.views.degradation.kernel_view import KernelView
from zssr_studio.app.views.degradation.trial_tile import TilePicture
from zssr_studio.app.views.run.loss_plot import LossPlot

TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
# Fine strokes reach the colour of the text only when they are painted larger.
FINENESS = 3
MOST_STOPS = 200
OWN_WIDGETS = (Canvas, KernelView, LossPlot, TilePicture)
COMPOSED = (QAbstractSpinBox, QComboBox, QAbstractItemView, QTabBar, QLineEdit, QKeySequenceEdit)
INTERACTIVE = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar),
    *OWN_WIDGETS,
)


def controls(root: QWidget) -> list[QWidget]:
    """What a person can work with, each composed control as one."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, (QHeaderView, QScrollBar))
        and widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget.parentWidget(), COMPOSED)
        and not (isinstance(widget, QAbstractItemView) and widget.window() is not root.window())
    ]


def told(widget: QWidget) -> str:
    """Name a widget so that a person finds it."""
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {spoken_name(widget) or text or widget.objectName() or 'without a name'!r}"


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[str]:
    """Controls, and whatever takes the focus, without a name."""
    focusable = [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]
    found = {widget: None for widget in (*controls(root), *focusable) if not spoken_name(widget).strip()}
    return [f"no name: {told(widget)} in {type(widget.parentWidget()).__name__}" for widget in found]


def alike(root: QWidget) -> list[str]:
    """Buttons that a screen reader calls the same; those that stand for one action in two places are tool buttons."""
    names = [spoken_name(button) for button in controls(root) if isinstance(button, QPushButton)]
    return [f"called alike: {names.count(name)} times {name!r}" for name in set(names) if names.count(name) > 1]


def tab_round(root: QWidget) -> tuple[list[QWidget], list[str]]:
    """Go round by Tab; return where it stopped, and the stops that do not show that they have the focus."""
    root.activateWindow()
    assert QTest.qWaitForWindowActive(root, round(1000 * PATIENCE_S))
    # The first key shows that the keyboard is used: before it, the focus is not drawn.
    first = QApplication.focusWidget() or root
    QTest.keyClick(first, Qt.Key.Key_F6 if isinstance(first, Canvas) else Qt.Key.Key_Tab)
    stops: list[QWidget] = []
    unseen: list[str] = []
    for _ in range(MOST_STOPS):
        stop = QApplication.focusWidget()
        assert stop is not None
        if stop in stops:
            return stops, unseen
        stops.append(stop)
        with_focus = _pixels(stop.grab().toImage())
        # On the picture Tab hides the panels; F6 goes on from there.
        QTest.keyClick(stop, Qt.Key.Key_F6 if isinstance(stop, Canvas) else Qt.Key.Key_Tab)
        pause(0)
        without = _pixels(stop.grab().toImage())
        if QApplication.focusWidget() is not stop and _change(with_focus, without) < SHAPE_RATIO:
            unseen.append(f"focus is not seen (change of {_change(with_focus, without):.2f}): {told(stop)}")
    raise AssertionError(f"Tab does not come round: {[told(one) for one in stops[-6:]]}")


def unreached(root: QWidget, stops: list[QWidget]) -> list[str]:
    """Controls at which Tab did not stop."""
    reached = {widget for stop in stops for widget in (stop, stop.focusProxy(), stop.parentWidget())}
    return [
        f"not reached by Tab: {told(widget)} in {type(widget.parentWidget()).__name__}"
        for widget in controls(root)
        if widget not in reached and not _is_in_group(widget, stops)
    ]


def _is_in_group(widget: QWidget, stops: list[QWidget]) -> bool:
    return isinstance(widget, QAbstractButton) and any(
        isinstance(stop, QAbstractButton) and stop.group() is not None and stop.group() is widget.group()
        for stop in stops
    )


def pale(root: QWidget) -> list[str]:
    """Texts and marks that stand out too little from what is behind them, as they are painted."""
    image = QImage(root.size() * FINENESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(FINENESS)
    root.render(image)
    whole = _pixels(image)
    found = []
    for widget in root.findChildren(QWidget):
        area = _seen(widget, root)
        if not area.isEmpty() and widget.isEnabled():
            least = _asked(widget)
            if least and (ratio := painted_contrast(_cut(whole, area))) < least:
                found.append(f"contrast of {ratio:.2f}, asked {least:g}: {told(widget)}")
    return found


def _asked(widget: QWidget) -> float:
    if isinstance(widget, QLabel) and widget.text().strip():
        return TEXT_RATIO
    if isinstance(widget, QAbstractButton) and widget.text().strip():
        return TEXT_RATIO
    if isinstance(widget, (QComboBox, QLineEdit, QTabBar)):
        return TEXT_RATIO
    is_shape = isinstance(widget, (QAbstractSlider, QAbstractButton)) and not isinstance(widget, QScrollBar)
    return SHAPE_RATIO if is_shape else 0.0


def painted_contrast(pixels: np.ndarray) -> float:
    """WCAG's contrast of the commonest colour with the one that differs most from it."""
    red, green, blue = np.moveaxis(pixels.astype(np.uint32), -1, 0)
    packed, counts = np.unique(red << 16 | green << 8 | blue, return_counts=True)
    luminances = _luminances(np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=-1))
    return float(_ratios(luminances, luminances[np.argmax(counts)]).max())


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """WCAG's contrast of two colours."""
    return float(_ratios(*_luminances(np.array([one, other]))))


def _ratios(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    return (np.maximum(ones, others) + 0.05) / (np.minimum(ones, others) + 0.05)


def _luminances(colours: np.ndarray) -> np.ndarray:
    shares = colours / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def _change(one: np.ndarray, other: np.ndarray) -> float:
    """Largest contrast of a pixel with itself."""
    if one.shape != other.shape:
        return SHAPE_RATIO
    changed = (one != other).any(axis=-1)
    return float(_ratios(_luminances(one[changed]), _luminances(other[changed])).max(initial=1.0))


def clipped(root: QWidget) -> list[str]:
    """Texts that have less room than they need; those that are cut short by design say all of it in their tool tip."""
    # What was told by a clock just now is laid out with the next events; a layout may ask for that of its parent.
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    found = []
    for widget in root.findChildren(QWidget):
        if isinstance(widget, QScrollArea) and widget.isVisible() and _is_narrow(widget):
            found.append(f"its content is cut off at the side: {told(widget)}")
        if isinstance(widget, QAbstractSpinBox) and widget.isVisible() and _holds_too_much(widget):
            found.append(f"its figure is cut off: {told(widget)}")
        if not widget.isVisible() or not isinstance(widget, (QLabel, QAbstractButton, QComboBox, QTabBar)):
            continue
        need, have = _needed(widget), widget.size()
        if (need[0] > have.width() or need[1] > have.height()) and not _says_it_in_tip(widget):
            found.append(f"needs {need[0]} x {need[1]}, has {have.width()} x {have.height()}: {told(widget)}")
    return found


def _holds_too_much(box: QAbstractSpinBox) -> bool:
    line = box.lineEdit()
    room_px = line.width() - line.textMargins().left() - line.textMargins().right()
    return line.fontMetrics().horizontalAdvance(line.text()) > room_px


def _is_narrow(area: QScrollArea) -> bool:
    cannot_scroll = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return cannot_scroll and area.widget().minimumSizeHint().width() > area.viewport().width()


def _needed(widget: QWidget) -> tuple[int, int]:
    if isinstance(widget, QLabel):
        if not widget.text() or not widget.pixmap().isNull():
            return (0, 0)
        if widget.wordWrap():
            return (0, widget.heightForWidth(widget.width()))
        hint = widget.sizeHint()
        return (hint.width(), hint.height())
    if isinstance(widget, QComboBox):
        # A long item is cut short and stands whole in the list; the common one fits.
        return (0, QFontMetrics(widget.font()).height() + 2)
    hint = widget.minimumSizeHint() if isinstance(widget, QTabBar) else widget.sizeHint()
    return (hint.width(), hint.height())


def _says_it_in_tip(widget: QWidget) -> bool:
    if not isinstance(widget, QLabel) or widget.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Ignored:
        return False
    return widget.sizeHint().height() <= widget.height() and widget.text() in widget.toolTip()


def _seen(widget: QWidget, root: QWidget) -> QRect:
    if not widget.isVisible() or (isinstance(widget, QLineEdit) and not widget.text()):
        return QRect()
    if isinstance(widget, QComboBox) and not widget.currentText():
        return QRect()
    seen = widget.visibleRegion().boundingRect()
    if seen.height() < widget.height() // 2:
        return QRect()
    return seen.translated(widget.mapTo(root, QPoint()))


def _cut(pixels: np.ndarray, area: QRect) -> np.ndarray:
    # Without the outline, which is no text.
    inner = area.adjusted(2, 2, -2, -2) if min(area.width(), area.height()) > 8 else area
    top, left = inner.top() * FINENESS, inner.left() * FINENESS
    return pixels[top : top + inner.height() * FINENESS, left : left + inner.width() * FINENESS]


def _pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].copy()
