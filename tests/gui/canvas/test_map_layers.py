"""The colours of the maps, the layer that they become, and the legend."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from zssr_studio.app.controllers.canvas.resolve import SceneState, resolve_scene
from zssr_studio.app.models.compare.comparison import Comparison, Mode
from zssr_studio.app.qimage import Pyramid, image_of, pyramid_of_map
from zssr_studio.app.views.canvas.camera import Camera
from zssr_studio.app.views.canvas.layer import paint_layer
from zssr_studio.app.views.canvas.scene import Layer, Shown
from zssr_studio.app.views.compare.map_legend import MapLegend
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.engine.maps import MapFigures, Maps, Unstable
from zssr_studio.evidence.colours import BEYOND_RGB, FULL, FULL_RGB, MapKind, full_of, map_pixels
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.words.maps import consistency_sentence, disagreement_sentence


def maps() -> Maps:
    deviation = np.zeros((8, 12), np.float16)
    deviation[2:4, 4:6] = 2 * FULL
    beyond = np.zeros((4, 6), np.bool_)
    beyond[3, 5] = True
    return Maps(np.zeros((4, 6), np.float32), beyond, deviation)


def test_nothing_is_clear_and_much_is_magenta():
    pixels = map_pixels(maps(), MapKind.DISAGREEMENT)
    assert pixels is not None
    assert pixels[0, 0, 3] == 0
    assert tuple(pixels[2, 4, :3]) == FULL_RGB
    assert pixels[2, 4, 3] > 200


def test_what_is_not_explained_has_a_colour_of_its_own():
    pixels = map_pixels(maps(), MapKind.CONSISTENCY)
    assert pixels is not None
    assert tuple(pixels[3, 5]) == (*BEYOND_RGB, 255)
    assert (pixels[:3, :, 3] == 0).all()


def test_the_colours_of_a_noisy_picture_end_where_its_noise_does():
    noisy = Damage(Noise.even(0.02, 3))
    assert full_of(MapKind.CONSISTENCY, noisy) == pytest.approx(0.06)
    assert full_of(MapKind.DISAGREEMENT, noisy) == FULL
    assert full_of(MapKind.CONSISTENCY, NO_DAMAGE) == FULL
    assert full_of(MapKind.CONSISTENCY, Damage(jpeg=JpegTables.of_quality(20))) > FULL
    known = maps()
    known.error[0, 0] = 0.03
    pixels = map_pixels(known, MapKind.CONSISTENCY, 0.06)
    assert pixels is not None
    assert tuple(pixels[0, 0, :3]) != FULL_RGB


def test_one_pass_has_no_map_and_an_unknown_part_is_clear():
    known = maps()
    assert map_pixels(Maps(known.error, known.beyond, None), MapKind.DISAGREEMENT) is None
    known.deviation[0] = np.nan
    pixels = map_pixels(known, MapKind.DISAGREEMENT)
    assert pixels is not None
    assert (pixels[0, :, 3] == 0).all()


def test_a_map_is_painted_over_its_picture_and_only_where_it_has_something_to_say(qapp):
    gray = Pyramid((image_of(np.full((8, 12, 1), 128, np.uint8)),))
    pixels = map_pixels(maps(), MapKind.DISAGREEMENT)
    assert pixels is not None
    rect = QRectF(0, 0, 12, 8)
    layer = Layer(gray, rect, over=Layer(pyramid_of_map(pixels), rect))
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_layer(painter, layer, Camera.fitting(rect, QSizeF(12, 8), margin_px=0), QSizeF(12, 8))
    painter.end()
    assert image.pixelColor(0, 0) == QColor(128, 128, 128)
    seen = image.pixelColor(4, 2)
    assert seen.red() > 180
    assert seen.green() < 60


@pytest.mark.parametrize(("mode", "is_over"), [(Mode.SINGLE, True), (Mode.SLIDER, True), (Mode.DIFFERENCE, False)])
def test_a_map_lies_over_what_has_one_and_never_over_a_difference(qapp, mode, is_over):
    gray = Pyramid((image_of(np.full((8, 12, 1), 128, np.uint8)),))
    rect = QRectF(0, 0, 12, 8)
    pictures = {key: Shown(name, Layer(gray, rect)) for key, name in ((1, "in"), (2, "bicubic"), (3, "run"))}
    over = Layer(gray, rect)
    value = Comparison(mode, input=1, selected=3, chosen=(2, 3), map=MapKind.CONSISTENCY)
    scene = resolve_scene(SceneState(value, pictures, maps={3: over}))
    assert (scene.shown[-1].layer.over is over) == is_over
    if mode is Mode.SLIDER:
        assert scene.shown[0].layer.over is None


def test_the_legend_says_what_is_shown_and_fits(qtbot):
    legend = MapLegend()
    qtbot.addWidget(legend)
    legend.show_map(MapKind.CONSISTENCY, "At 1 % …")
    assert "Consistency" in legend.text
    assert "At 1 %" in legend.text
    size = legend.size_within(QSize(1000, 1000))
    narrow = legend.size_within(QSize(160, 1000))
    assert narrow.width() == 160
    assert narrow.height() > size.height()
    legend.show_map(None, "")
    assert legend.isHidden()


def test_the_sentences_say_how_much_and_where():
    unstable = Unstable(0.021, 0.001, (0, 300, 100, 100), 0.8)
    figures = MapFigures(0.0123, 0.0081, unstable)
    assert disagreement_sentence(figures, (400, 400)).startswith(
        "2.1 % of the picture is unstable, mostly at the top right"
    )
    assert consistency_sentence(figures) == (
        "At 1.2 % of the input's pixels the result, downscaled again, differs by more than noise, compression "
        "and rounding explain. "
        "By chance it would at up to 0.81 %."
    )
    assert "Nowhere" in consistency_sentence(MapFigures(0.0, 0.0, None))
    assert "neither a second pass" in disagreement_sentence(MapFigures(0.0, 0.0, None), (4, 4))
    by_states = MapFigures(0.0123, 0.0081, unstable, by_states=True)
    assert "its states at the ends of earlier stages" in disagreement_sentence(by_states, (400, 400))
    spread = MapFigures(0.0, 0.0, Unstable(0.5, 0.01, (0, 0, 100, 100), 0.1))
    assert "all over the picture" in disagreement_sentence(spread, (400, 400))
