"""What is worked out of a box without a window: counts, the time left, what a batch is told, what is gathered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests import piece_of_sample
from zssr_studio.app.box_batch.journal import stamp_of
from zssr_studio.app.box_batch.options import options_of
from zssr_studio.app.controllers.box.gathering import gathered
from zssr_studio.app.controllers.box.rows import row_of
from zssr_studio.app.models.box.box import BoxModel
from zssr_studio.app.models.box.left import left_s
from zssr_studio.app.models.box.picture import BoxPicture, Looked
from zssr_studio.app.models.box.plan import BoxPlan
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.models.run.settings import USUAL
from zssr_studio.app.views.box.row import COLUMNS
from zssr_studio.batch.one_file.choices import fitting_damage
from zssr_studio.batch.one_file.order import Order
from zssr_studio.batch.one_file.preparation import prepared
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import ColouredNoise, Damage, Noise
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.jpeg_tables import JpegTables

DONE, WORKING, WAITING = PictureState.DONE, PictureState.WORKING, PictureState.WAITING
PLAN = BoxPlan(Path("enlarged"))


def picture(number: int = 0, **values: object) -> BoxPicture:
    return BoxPicture(Path(f"scan_{number}.png"), f"scan_{number}.png", **values)


def test_what_pictures_took_corrects_what_was_told_of_the_others():
    done = [picture(state=DONE, seconds=30.0, forecast_s=10.0)]
    waiting = [picture(forecast_s=20.0), picture(forecast_s=40.0)]
    assert left_s([*done, *waiting], 1) == pytest.approx(180.0)
    assert left_s([*done, *waiting], 2) == pytest.approx(120.0)  # the longer of the two
    working = picture(state=WORKING, share=0.5, left_s=7.0)
    assert left_s([*done, working], 2) == pytest.approx(7.0)
    assert left_s(done, 2) == 0.0


def test_nothing_is_told_while_nothing_tells():
    assert left_s([picture(), picture()], 2) is None
    assert left_s([picture(state=DONE, seconds=12.0), picture(), picture()], 1) == pytest.approx(24.0)
    # One that is left out takes no time.
    assert left_s([picture(is_ticked=False)], 1) == 0.0


def test_counts_follow_each_change(qapp):
    box = BoxModel()
    box.open([picture(number) for number in range(5)], PLAN)
    box.change(0, state=DONE)
    box.change(1, is_ticked=False)
    assert (box.counts[DONE], box.counts[PictureState.SKIPPED], box.counts[WAITING]) == (1, 1, 3)
    assert box.wanted == 4
    box.remove([0, 2])
    assert (box.counts[DONE], box.counts[WAITING]) == (0, 2)
    assert box.place_of(Path("scan_3.png")) == 1


def test_a_picture_that_was_named_twice_is_there_once(tmp_path):
    paths = [piece_of_sample(tmp_path / f"{name}.png", (0, 0, 30, 30)) for name in "ab"]
    found = gathered([paths[1], tmp_path])
    assert [one.path for one in found.pictures] == [paths[1], paths[0]]
    assert found.folder == tmp_path / "enlarged"


def test_a_row_has_a_cell_and_a_key_for_each_column():
    row = row_of(picture(looked=Looked(40, 60), forecast_s=30.0), Scale(2, 3), is_open=True)
    assert len(row.cells) == len(row.keys) == len(COLUMNS)
    assert row.cells[1:4] == ("60 × 40", "", "180 × 80")
    failed = replace(picture(), state=PictureState.FAILED, sentence="It broke.", is_unreadable=True)
    row = row_of(failed, Scale(2, 2), is_open=False)
    assert row.cells[-1] == "It broke."
    assert row.spoken.count("It broke") == 1


def test_one_that_cannot_be_read_says_so_where_its_state_stands():
    bad = picture(sentence="It is damaged.", is_unreadable=True)
    row = row_of(bad, Scale(2, 2), is_open=False)
    assert (row.state, row.cells[-1], row.cells[2]) == (PictureState.FAILED, "It is damaged.", "")
    # Who leaves it out is told why in the other column.
    row = row_of(replace(bad, is_ticked=False), Scale(2, 2), is_open=False)
    assert (row.state, row.cells[-1], row.cells[2]) == (PictureState.SKIPPED, "left out", "It is damaged.")
    assert left_s([bad], 1) == 0.0


def test_a_journal_that_goes_while_it_is_asked_for_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda _path: True)
    assert stamp_of(tmp_path) == ()


def test_each_picture_is_told_what_is_found_in_it_but_for_what_a_person_gave():
    assert options_of(USUAL, PLAN).given is None
    by_hand = replace(USUAL, kernel=Shape.parse("gaussian:1.4,0.8,30"), kernel_by_hand=True)
    assert set(options_of(by_hand, PLAN).given) == {"kernel"}
    assert set(options_of(USUAL, replace(PLAN, is_shared=True)).given) == {"kernel", "damage"}


@pytest.mark.parametrize("scale", [Scale(2.1372549019607843, 2.1372549019607843), Scale(3, 1.5), Scale(4, 4)])
def test_a_scale_is_told_to_the_last_digit(scale):
    assert Scale.parse(options_of(replace(USUAL, scale=scale), PLAN).scale) == scale


def test_what_the_terminal_does_by_itself_is_told_alike():
    """So that one of the two passes over what the other did."""
    assert options_of(USUAL, PLAN).plain() == type(options_of(USUAL, PLAN))().plain()


def test_kernel_and_damage_of_an_order_are_taken_as_they_are(tmp_path):
    damage = Damage(Noise((0.01, 0.02, 0.03), (0.1, 0.1, 0.1)), JpegTables.of_quality(70))
    shape = Shape.parse("gaussian:1.4,0.8,30")
    settings = replace(USUAL, kernel=shape, damage=damage)
    path = piece_of_sample(tmp_path / "a.png", (0, 0, 40, 40))
    order = Order(path, tmp_path / "b.png", options_of(settings, replace(PLAN, is_shared=True)))
    job = prepared(Order.from_plain(order.plain()), lambda _sentence: None).job
    assert job.damage == damage
    assert np.array_equal(job.kernel.taps, shape.kernel((2.0, 2.0)).taps)


def test_noise_of_a_colour_picture_fits_a_gray_one_and_the_other_way_round(tmp_path):
    white, grain = Noise.even(0.02, 3), ColouredNoise.of_gray(Noise.even(0.02, 1), 3)
    for noise in (white, grain):
        gray = fitting_damage(Damage(noise), 1)
        assert gray.noise.channels == 1
        assert gray.noise.mean_std() > 0
    assert fitting_damage(Damage(Noise.even(0.02, 1)), 3).noise.channels == 3
    assert fitting_damage(Damage(white), 3).noise is white
    # And a job of it can be prepared.
    path = tmp_path / "gray.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 40)).astype(np.uint8)).save(path)
    options = options_of(replace(USUAL, damage=Damage(white)), replace(PLAN, is_shared=True))
    job = prepared(Order(path, tmp_path / "b.png", options), lambda _sentence: None).job
    assert job.damage.noise.channels == job.picture.channels == 1
