"""What the canvas shows, from values of the models alone: no window, no controller."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from zssr_studio.app.controllers.canvas.resolve import SceneState, resolve_scene
from zssr_studio.app.models.compare.comparison import Comparison, Mode
from zssr_studio.app.qimage import Pyramid
from zssr_studio.app.views.canvas.scene import Layer, Scene, Shown
from zssr_studio.imaging.picture import Crop

INPUT, BICUBIC, RUN, FILE = 1, 2, 3, 4
AT_INPUT = Comparison(input=INPUT, selected=INPUT)
PAIR = replace(AT_INPUT, mode=Mode.SLIDER, chosen=(BICUBIC, RUN), selected=RUN)
ALL = replace(PAIR, chosen=(BICUBIC, RUN, FILE))


def layer() -> Layer:
    return Layer(Pyramid((QImage(4, 4, QImage.Format.Format_RGB32),)), QRectF(0, 0, 4, 4))


def shown(name: str) -> Shown:
    return Shown(name, layer())


PICTURES = {INPUT: shown("Input"), BICUBIC: shown("Bicubic"), RUN: shown("Run 1"), FILE: shown("truth.png")}


def resolved(comparison: Comparison = AT_INPUT, pictures: dict[int, Shown] = PICTURES, **more) -> Scene:
    return resolve_scene(SceneState(comparison, pictures, **more))


def names(pictures: tuple[Shown, ...]) -> list[str]:
    return [one.name for one in pictures]


def test_nothing_is_shown_before_a_picture_is_open():
    scene = resolved(Comparison(), {})
    assert (scene.base, scene.preview, scene.shown, scene.loupe) == (None, None, (), ())


def test_the_input_is_the_base_whatever_is_looked_at():
    for comparison in (AT_INPUT, PAIR, ALL, replace(AT_INPUT, selected=RUN)):
        assert resolved(comparison).base is PICTURES[INPUT].layer
    assert resolved().shown == ()


@pytest.mark.parametrize(
    ("mode", "turned", "expected"),
    [
        (Mode.SINGLE, 0, ["Run 1"]),
        (Mode.SLIDER, 0, ["Bicubic", "Run 1"]),
        (Mode.SLIDER, 1, ["Run 1", "truth.png"]),
        (Mode.DIFFERENCE, 2, ["truth.png", "Bicubic"]),
        (Mode.FLIP, 4, ["Run 1"]),
        (Mode.SIDE_BY_SIDE, 1, ["Run 1", "truth.png", "Bicubic"]),
    ],
)
def test_each_way_of_comparing_shows_its_pictures_in_turn(mode, turned, expected):
    assert names(resolved(replace(ALL, mode=mode, turned=turned)).shown) == expected


def test_a_picture_whose_display_copy_is_being_made_is_left_out():
    ready = {key: one for key, one in PICTURES.items() if key != RUN}
    assert names(resolved(ALL, ready).shown) == ["Bicubic"]
    assert names(resolved(replace(ALL, mode=Mode.SIDE_BY_SIDE), ready).shown) == ["Bicubic", "truth.png"]
    assert resolved(AT_INPUT, {}).base is None


def test_a_frame_covers_the_input_only_while_that_is_looked_at_alone():
    frame = shown("Before training")
    assert resolved(frame=frame).shown == (frame,)
    assert not resolved(frame=frame).crop_editable
    for elsewhere in (PAIR, replace(AT_INPUT, selected=RUN)):
        assert frame not in resolved(elsewhere, frame=frame).shown


def test_a_preview_is_shown_while_its_run_goes_on():
    preview = layer()
    assert resolved(is_running=True, preview=preview).preview is preview
    assert resolved(is_running=False, preview=preview).preview is None


@pytest.mark.parametrize("is_running", [False, True])
@pytest.mark.parametrize("is_drawing", [False, True])
def test_a_crop_is_edited_on_the_input_and_during_a_run_only_with_the_tool(is_running, is_drawing):
    crop = Crop(1, 1, 2, 2)
    state = {"crop": crop, "is_running": is_running, "is_drawing": is_drawing}
    assert resolved(**state).crop is crop
    assert resolved(**state).crop_editable is (is_drawing or not is_running)
    assert not resolved(PAIR, **state).crop_editable


def test_the_loupe_shows_all_that_are_compared_at_once():
    assert resolved(ALL).loupe == ()
    with_loupe = replace(ALL, loupe=True)
    assert names(resolved(with_loupe).loupe) == ["Bicubic", "Run 1", "truth.png"]
    assert names(resolved(replace(with_loupe, mode=Mode.SINGLE, selected=FILE)).loupe) == [
        "Bicubic", "Run 1", "truth.png",
    ]  # fmt: skip
    assert names(resolved(replace(AT_INPUT, loupe=True)).loupe) == ["Input"]


def test_how_it_is_shown_is_taken_over():
    comparison = replace(PAIR, level_line=True, one_row=True, gain=16)
    scene = resolved(comparison, split=0.25, aspect=1.5)
    assert (scene.mode, scene.level_line, scene.one_row, scene.gain) == (Mode.SLIDER, True, True, 16)
    assert (scene.split, scene.aspect) == (0.25, 1.5)
