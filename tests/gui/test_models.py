"""The models that views and controllers follow: what they tell, and when."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from zssr_studio.app.controllers.run.status import status_of_result
from zssr_studio.app.models.compare.comparison import Comparison, ComparisonModel, Mode
from zssr_studio.app.models.compare.results import ResultsModel
from zssr_studio.app.models.files.document import DocumentModel
from zssr_studio.app.models.files.source_file import SourceFile
from zssr_studio.app.models.run.run import RunModel
from zssr_studio.engine.events import Reason
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.outcome import Outcome, Result

PICTURE = Picture(pixels=np.zeros((8, 8, 3), dtype=np.float32))


def told(signal) -> list[tuple[object, ...]]:
    """Collect what a signal tells."""
    calls: list[tuple[object, ...]] = []
    signal.connect(lambda *values: calls.append(values))
    return calls


def test_a_run_begins_once_however_often_it_is_paused_before_its_first_step():
    run = RunModel()
    begun = told(run.begun)
    run.begin(Job(PICTURE))
    run.set_paused(True)
    run.set_paused(False)
    assert len(begun) == 1


def test_a_run_that_has_waited_begins_without_calling_for_attention():
    run = RunModel()
    begun, changed = told(run.begun), told(run.state_changed)
    run.begin(Job(PICTURE), queued=True)
    assert run.is_running
    assert (len(begun), len(changed)) == (0, 1)


def test_who_hears_that_a_run_has_begun_finds_it_running():
    run, seen = RunModel(), []
    run.begun.connect(lambda: seen.append((run.is_running, run.job, run.preview, run.step)))
    job = Job(PICTURE)
    run.begin(job)
    assert seen == [(True, job, None, None)]


def test_looking_at_the_input_keeps_what_is_compared():
    model = ComparisonModel()
    model.begin(3)
    model.set_value(replace(model.value, mode=Mode.SLIDER, chosen=(4, 5), selected=5, gain=16))
    assert not model.value.shows_input
    model.look_at_input()
    assert model.value == Comparison(input=3, selected=3, chosen=(4, 5), gain=16)
    assert model.value.shows_input


def test_the_input_is_not_looked_at_alone_while_another_one_is_or_two_are_compared():
    alone = Comparison(input=1, selected=1)
    assert alone.shows_input
    assert Comparison().shows_input
    assert not replace(alone, selected=2).shows_input
    assert not replace(alone, mode=Mode.SLIDER, chosen=(1, 2)).shows_input


def test_what_is_gone_gives_way_to_the_input():
    value = Comparison(Mode.SLIDER, input=1, selected=3, chosen=(2, 3)).without({3})
    assert (value.mode, value.selected, value.chosen) == (Mode.SINGLE, 1, (2,))


def test_a_shape_is_told_when_it_is_another_one_and_outlives_a_picture(tmp_path):
    document = DocumentModel()
    told_shapes, told_crops = told(document.aspect_changed), told(document.crop_changed)
    document.set_aspect(1.5)
    document.set_aspect(1.5)
    assert (len(told_shapes), len(told_crops)) == (1, 0)
    path = tmp_path / "another.png"
    document.open(PICTURE, SourceFile(path, 1, {}, "", path))
    assert document.aspect == 1.5


def test_a_list_that_is_brought_back_has_keys_of_its_own():
    """What is still being made for the list before, by the keys of that, is not taken for its own."""
    before = ResultsModel()
    before.begin(PICTURE, "Input")
    before.add_run(Job(PICTURE), finished(), None)
    kept, current = before.entries, before.current
    results = ResultsModel()
    results.begin(PICTURE, "Input")
    results.add_run(Job(PICTURE), finished(), None)
    known = {entry.key for entry in results.entries}
    results.restore(kept, current, None, 1)
    assert not known & {entry.key for entry in results.entries}
    assert results.current_run is not None
    assert results.current_run.picture is kept[-1].picture
    assert results.get(results.current_run.finished.bicubic).picture is kept[1].picture
    results.add_run(Job(PICTURE), finished(), None)
    assert len({entry.key for entry in results.entries}) == 4


def test_the_state_of_a_run_says_in_words_that_its_result_equals_the_input():
    job, result = Job(PICTURE), finished()
    equal = replace(result.outcome, psnr_consistency_db=math.inf)
    for outcome, said in ((result.outcome, "matches the input: 40.0 dB"), (equal, "equals the input")):
        _, figures = status_of_result(result.picture, job, outcome, None)
        assert said in figures.split(" · ")


def finished() -> Result:
    large = Picture(pixels=np.zeros((16, 16, 3), dtype=np.float32))
    return Result(large, large, Outcome(Reason.COMPLETED, "cpu", 1, 1.0, 1.0, 40.0, None))
