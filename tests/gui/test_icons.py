"""Icons: in the colour of the theme's text, sharp at each scale, one for each tool; and the program's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tests.studio.for_everyone import SHAPE_RATIO, contrast
from zssr_studio.app.actions import OPTIONS, SEPARATOR, SPECS, TOOLS, TOOLS_RIGHT, ZOOM
from zssr_studio.app.icons import APP_ICON_SIZES_PX, has_icon, icon
from zssr_studio.app.theme import DARK, LIGHT, Colours, Theme, apply
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.studio import Studio

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))
THEMES = [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK)]
SIZE = QSize(18, 18)


def samples(image: QImage) -> np.ndarray:
    """All samples (H, W, 4), uint8, alpha last."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def opacity(pixmap: QPixmap) -> np.ndarray:
    """Alpha (H, W), uint8."""
    return samples(pixmap.toImage())[:, :, 3]


def strongest(pixmap: QPixmap) -> tuple[int, ...]:
    """The colour of the pixel that is painted most."""
    alpha = opacity(pixmap)
    row, column = np.unravel_index(int(alpha.argmax()), alpha.shape)
    return pixmap.toImage().pixelColor(int(column), int(row)).getRgb()[:3]


@pytest.mark.parametrize(("theme", "colours"), THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_each_icon_is_painted_in_the_colour_of_the_text(
    qapp: QApplication, theme: Theme, colours: Colours, name: str
) -> None:
    shown = icon(name)
    # The icon is there before the theme changes: it follows.
    apply(qapp, theme, "")
    for mode, text in ((QIcon.Mode.Normal, colours.text), (QIcon.Mode.Disabled, colours.faint)):
        painted = shown.pixmap(SIZE, 2.0, mode)
        share = (opacity(painted) > 127).mean()
        assert 0.04 < share < 0.6, f"{share:.0%} of it is painted"
        assert np.allclose(strongest(painted), QColor(text).getRgb()[:3], atol=3)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_have_a_pixel_for_each_of_the_screen(qapp: QApplication, scale: float) -> None:
    painted = icon("open").pixmap(SIZE, scale)
    assert painted.size() == SIZE * scale
    assert painted.devicePixelRatio() == scale
    if scale == 2:
        # What is drawn at half the size and stretched has only pairs of equal rows.
        alpha = opacity(painted).astype(int)
        assert np.abs(alpha[::2] - alpha[1::2]).max() > 200


def test_all_buttons_of_the_toolbar_have_an_icon_and_all_icons_a_source() -> None:
    assert [
        name for name in (*TOOLS, *TOOLS_RIGHT) if name not in (SEPARATOR, ZOOM, OPTIONS) and not has_icon(name)
    ] == []
    sources = resource_path("SOURCES.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in sources] == []
    assert "ISC License" in resource_path("icons/LICENSE-lucide.txt").read_text(encoding="utf-8")
    assert sum(has_icon(spec.name) for spec in SPECS) >= 24


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_marks_of_fields_stand_out(colours: Colours) -> None:
    """A style sheet cannot colour its pictures: those of arrows serve both themes."""
    for name in ("up", "down"):
        stroke = _stroke(name)
        for ground in (colours.field, colours.raised):
            assert contrast(stroke, QColor(ground).getRgb()[:3]) >= SHAPE_RATIO
    assert contrast(_stroke("check"), QColor(colours.accent).getRgb()[:3]) >= SHAPE_RATIO


def _stroke(name: str) -> tuple[int, ...]:
    drawing = resource_path(f"icons/controls/{name}.svg").read_text(encoding="utf-8")
    return QColor(drawing.partition('stroke="')[2].partition('"')[0]).getRgb()[:3]


def test_the_window_shows_the_icon_of_the_program_in_all_sizes(studio: Studio) -> None:
    shown = studio.window.windowIcon()
    assert sorted(size.width() for size in shown.availableSizes()) == [*APP_ICON_SIZES_PX]
    for size_px in APP_ICON_SIZES_PX:
        painted = shown.pixmap(QSize(size_px, size_px), 1.0)
        assert painted.width() == size_px
        # Its corners are round, and its middle is full.
        alpha = opacity(painted)
        assert alpha[0, 0] == 0
        assert alpha[size_px // 2, size_px // 2] == 255


def test_the_files_of_the_icon_are_made_of_its_drawing() -> None:
    """`python packaging/app_icon.py` was run after the drawing was changed."""
    folder = resource_path("app-icon")
    drawing = QSvgRenderer(str(folder / "zssr-studio.svg"))
    for path in folder.glob("*.png"):
        made = QImage(str(path)).convertToFormat(QImage.Format.Format_ARGB32)
        assert made.width() == made.height() == int(path.stem)
        anew = QImage(made.size(), QImage.Format.Format_ARGB32)
        anew.fill(0)
        painter = QPainter(anew)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.render(painter)
        painter.end()
        # Another version of Qt may round the edges otherwise.
        assert np.abs(samples(made).astype(int) - samples(anew)).mean() < 2
    with Image.open(folder / "zssr-studio.ico") as icons:
        assert icons.info["sizes"] == {(size_px, size_px) for size_px in APP_ICON_SIZES_PX}
    with Image.open(folder / "zssr-studio.icns") as icons:
        assert {size * scale for size, _, scale in icons.info["sizes"]} >= {32, 64, 256, 512, 1024}


def test_an_icon_without_room_is_empty_and_warns_of_nothing(qapp: QApplication) -> None:
    """A button that is squeezed to nothing asks for it so; a warning of Qt fails the test."""
    assert icon("export").pixmap(QSize(0, 18)).isNull()
