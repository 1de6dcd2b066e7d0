"""Display copies, the kernel drawn, the curves and the table of actions."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QWidget

from zssr_studio.app.actions import MENUS, OPTIONS, RECENT, SEPARATOR, SPECS, TOOLS, TOOLS_RIGHT, ZOOM, build
from zssr_studio.app.qimage import pyramid_of
from zssr_studio.app.theme import DARK, LIGHT, Theme, apply
from zssr_studio.app.views.degradation.kernel_view import KernelView, describe
from zssr_studio.app.views.run.loss_plot import DecadeAxis
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.imaging.picture import Picture
from zssr_studio.record.curve import MAX_POINTS, Curve


def test_display_copy_has_the_pictures_values(qapp):
    values = np.random.default_rng(0).random((5, 7, 3), dtype=np.float32)
    image = pyramid_of(Picture(pixels=values)).levels[0]
    for row in range(5):
        for column in range(7):
            colour = image.pixelColor(column, row)
            assert [colour.red(), colour.green(), colour.blue()] == list(np.rint(values[row, column] * 255).astype(int))


def test_pyramid_halves_and_keeps_a_constant(qapp):
    pyramid = pyramid_of(Picture(pixels=np.full((1100, 1301, 1), 0.6, dtype=np.float32)))
    assert [(level.height(), level.width()) for level in pyramid.levels] == [(1100, 1301), (550, 650), (275, 325)]
    assert {level.pixelColor(3, 3).red() for level in pyramid.levels} == {153}
    assert pyramid.level_for(0.3).height() == 550
    assert pyramid.level_for(1.0).height() == 1100


def test_alpha_is_shown_over_a_checkerboard(qapp):
    alpha = np.zeros((16, 16), dtype=np.float32)
    image = pyramid_of(Picture(pixels=np.ones((16, 16, 3), dtype=np.float32), alpha=alpha)).levels[0]
    assert image.pixelColor(0, 0) != image.pixelColor(8, 0)


def test_kernel_is_drawn_upright_with_its_largest_tap_white(qtbot):
    taps = np.zeros((5, 5))
    taps[0, 4], taps[4, 0] = 3, 1
    view = KernelView()
    qtbot.addWidget(view)
    view.resize(102, 102)
    kernel = Kernel.from_array(taps)
    view.set_kernel(kernel, (2, 2))
    image = view.grab().toImage()
    assert image.pixelColor(98, 4).lightness() > 240
    assert image.pixelColor(10, 90).lightness() == pytest.approx(85, abs=8)
    assert describe(kernel).startswith("5 × 5 taps")


def test_a_curve_stays_short_and_true_however_long_a_run_takes():
    curve = Curve()
    for step in range(1, 10_001):
        curve.add(step, 1 + step / 10_000)
    assert len(curve.steps) == len(curve.values) <= MAX_POINTS
    assert np.allclose(curve.values, 1 + np.array(curve.steps) / 10_000)
    assert curve.steps[0] < 20
    assert curve.steps[-1] > 9_980
    short = Curve()
    for step in (1, 2, 3):
        short.add(step, step**2)
    assert (short.steps, short.values) == ([1, 2, 3], [1, 4, 9])


def test_log_axis_labels_never_touch(qapp):
    axis = DecadeAxis("left")
    for high in (-1.4, 0.0, 3.0):
        ((_, values),) = axis.tickValues(-3.0, high, 140.0)
        gaps = np.diff(np.sort(values)) * 140 / (high + 3)
        assert len(values) >= 2
        assert gaps.min() >= 19
    assert axis.tickStrings([-2.0, -3 + np.log10(5)], 1.0, 1.0) == ["0.01", "0.005"]


def test_each_action_is_in_a_menu_and_no_shortcut_is_taken_twice(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = build(parent)
    in_menus = {name for _, names in MENUS for name in names} - {SEPARATOR, RECENT}
    # Its menu is the one that RECENT stands for.
    assert in_menus | {"clear_recent"} == set(actions)
    assert set(TOOLS + TOOLS_RIGHT) - {SEPARATOR, ZOOM, OPTIONS} <= set(actions)
    keys = [spec.shortcut for spec in SPECS if spec.shortcut]
    assert len(keys) == len(set(keys))
    assert not any(QKeySequence(key).isEmpty() for key in keys)


class Dressings(QWidget):
    """Counts how often it is dressed."""

    count = 0

    def changeEvent(self, event: QEvent) -> None:
        self.count += event.type() == QEvent.Type.StyleChange


def test_what_is_dressed_as_it_is_wanted_is_not_dressed_again(qapp, qtbot):
    apply(qapp, Theme.LIGHT, "")
    widget = Dressings()
    qtbot.addWidget(widget)
    for theme, times in ((Theme.LIGHT, 0), (Theme.DARK, 1), (Theme.DARK, 0), (Theme.LIGHT, 1)):
        before = widget.count
        colours = apply(qapp, theme, "")
        assert (widget.count > before) == bool(times)
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == colours.window


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio of two colours."""
    lights = []
    for colour in (one, other):
        value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
        lights.append(float(linear @ [0.2126, 0.7152, 0.0722]))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_can_be_read(theme):
    pairs = [
        (theme.text, theme.window), (theme.text, theme.field), (theme.faint, theme.window),
        (theme.accent_text, theme.accent), (theme.warning_text, theme.warning),
    ]  # fmt: skip
    assert all(contrast(*pair) >= 4.5 for pair in pairs)
    assert contrast(theme.accent_line, theme.window) >= 3
    assert len({theme.surround[i : i + 2] for i in (1, 3, 5)}) == 1
