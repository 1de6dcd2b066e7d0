"""What was found belongs to its picture; what a person gave by hand goes on. Models only, no window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from zssr_studio.app.models.degradation.degradation import DegradationModel
from zssr_studio.app.models.degradation.found import FindingKind, Found, cause_in
from zssr_studio.app.models.files.document import DocumentModel
from zssr_studio.app.models.files.source_file import SourceFile
from zssr_studio.app.models.run.effort import Effort, effort_of, with_effort
from zssr_studio.app.models.run.settings import Settings, SettingsModel, settings_of
from zssr_studio.app.project.plain import plain_settings, settings_from
from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.kernels.estimate import Estimate, Finding
from zssr_studio.engine.kernels.kernel import Kernel, stretched
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.kernels.kernel_files import read_kernel_file
from zssr_studio.imaging.picture import Picture
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NOISE, JPEG = Noise.even(0.03, 3), JpegTables.of_quality(60)


def found_at(scale: float, sigma: float = 1.4) -> Found:
    kernel = replace(
        Shape("gaussian", (sigma * scale,)).kernel((scale, scale)), name=f"estimated {sigma}", uncertainty=0.18
    )
    estimate = Estimate(Finding.GAUSSIAN, kernel, (sigma * scale, sigma * scale), 0.0, 0.05)
    return Found(Damage(NOISE, JPEG), estimate, (scale, scale))


class Studio:
    """The models that take part."""

    def __init__(self) -> None:
        self.settings, self.document = SettingsModel(), DocumentModel()
        self.kernels = DegradationModel(self.settings, self.document)
        self.open("first.png")

    def open(self, name: str) -> None:
        self.document.open(Picture(np.zeros((8, 8, 3), np.float32)), SourceFile(Path(name), 1, {}, "", Path(name)))

    def undone(self) -> set[FindingKind]:
        return {kind for kind in FindingKind if cause_in(self.settings.value, kind) is not None}


@pytest.fixture
def studio(qapp: QApplication) -> Studio:
    del qapp
    return Studio()


@pytest.fixture
def seen(studio: Studio) -> Studio:
    """A studio that has looked at its picture."""
    studio.kernels.take(found_at(2), asked=False)
    return studio


def test_all_that_is_found_is_undone_by_default_and_each_can_be_left(seen):
    assert seen.undone() == set(FindingKind)
    for kind in FindingKind:
        seen.kernels.switch(kind, False)
        assert seen.undone() == set(FindingKind) - {kind}
        seen.kernels.switch(kind, True)
        assert cause_in(seen.settings.value, kind) == cause_in(seen.kernels.found, kind)


def test_a_job_says_what_is_left(seen):
    picture = Picture(np.zeros((8, 8, 3), np.float32))
    assert "cleaned noise" in seen.settings.value.job(picture, None).settings_line
    for kind in FindingKind:
        seen.kernels.switch(kind, False)
    line = seen.settings.value.job(picture, None).settings_line
    assert "kernel bicubic" in line
    assert "cleaned" not in line


@pytest.mark.parametrize("preset", ["paper", "gradual"])
def test_the_papers_presets_keep_its_ideal_case_until_a_person_says_otherwise(studio, preset):
    usual = studio.settings.value
    studio.settings.set_value(replace(usual, preset=preset))
    studio.kernels.take(found_at(2), asked=False)
    assert studio.undone() == set()
    studio.kernels.switch(FindingKind.JPEG, True)
    assert studio.undone() == {FindingKind.JPEG}
    studio.settings.set_value(replace(studio.settings.value, preset=usual.preset))
    assert studio.undone() == set(FindingKind)
    studio.settings.set_value(replace(studio.settings.value, preset=preset))
    assert studio.undone() == {FindingKind.JPEG}


def test_nothing_that_was_found_goes_on_to_the_next_picture(seen):
    size, preset, seconds = Scale(3, 3), "best", 90.0
    seen.settings.set_value(replace(seen.settings.value, scale=size, preset=preset, seconds=seconds))
    seen.open("second.png")
    assert seen.settings.value == Settings(size, preset, seconds=seconds)
    assert seen.kernels.found is None
    assert seen.kernels.given() == []


def test_a_kernel_of_an_earlier_look_goes_with_its_picture_too(seen):
    first = seen.settings.value.kernel
    seen.kernels.take(found_at(2, sigma=1.1), asked=True)
    assert seen.settings.value.kernel is not first
    seen.kernels.choose_kernel(first)
    seen.open("second.png")
    assert seen.settings.value.kernel is None
    assert seen.kernels.given() == []


def test_a_kernel_made_from_one_that_was_found_goes_with_its_picture(seen):
    seen.kernels.choose_kernel(stretched(seen.settings.value.kernel, 0.75, (2.0, 2.0)))
    seen.open("second.png")
    assert seen.settings.value.kernel is None


def test_settings_of_a_project_or_of_a_run_belong_to_their_picture(seen):
    kept = settings_from(plain_settings(seen.settings.value))
    job = seen.settings.value.job(seen.document.picture, None)
    for settings in (kept, settings_of(job)):
        seen.open("again.png")
        seen.settings.set_value(settings)
        assert seen.undone() == set(FindingKind)
        seen.open("second.png")
        assert seen.undone() == set()


def test_an_older_project_does_not_say_who_gave_its_kernel(seen):
    plain = plain_settings(seen.settings.value)
    del plain["kernel_by_hand"], plain["noise_by_hand"]
    assert not settings_from(plain).kernel_by_hand


def test_what_a_person_gave_wins_and_goes_on(studio, tmp_path):
    disc = Shape("disc", (2.0,))
    studio.kernels.choose_kernel(disc)
    studio.kernels.choose_noise(Noise.even(0.05, 1))
    studio.kernels.set_grain(0.25)
    for name in ("second.png", "third.png"):
        studio.kernels.take(found_at(2), asked=False)
        assert studio.settings.value.kernel == disc
        assert studio.settings.value.damage == Damage(Noise.even(0.05, 1), JPEG, 0.25)
        studio.open(name)
        assert studio.settings.value.damage == Damage(Noise.even(0.05, 1), None, 0.25)
    np.save(tmp_path / "lens.npy", np.ones((3, 3)))
    studio.kernels.open(read_kernel_file(tmp_path / "lens.npy"))
    kernel = studio.settings.value.kernel
    studio.kernels.choose_kernel(None)
    studio.kernels.choose_kernel(kernel)
    studio.open("fourth.png")
    assert studio.settings.value.kernel is kernel
    kept = settings_from(plain_settings(studio.settings.value))
    assert kept.kernel_by_hand
    assert kept.noise_by_hand


def test_what_a_person_left_while_it_was_looked_at_stays_left(studio):
    studio.kernels.choose_kernel(None)
    studio.kernels.choose_jpeg(None)
    studio.kernels.take(found_at(2), asked=False)
    assert studio.undone() == {FindingKind.NOISE}
    # Who asks for it wants all of it.
    studio.kernels.take(found_at(2), asked=True)
    assert studio.undone() == set(FindingKind)


def test_a_project_stays_as_it_was_left(studio):
    studio.kernels.settle()
    studio.kernels.take(found_at(2), asked=False)
    assert studio.undone() == set()


def test_the_kernel_follows_the_scale_and_one_by_hand_stays(seen):
    told = []
    seen.kernels.scale_changed.connect(lambda: told.append(seen.kernels.scale))
    seen.settings.set_value(replace(seen.settings.value, scale=Scale(3, 3)))
    assert told == [(3, 3)]
    again = found_at(3)
    seen.kernels.take(again, asked=False)
    assert seen.settings.value.kernel is again.kernel
    seen.kernels.switch(FindingKind.KERNEL, False)
    seen.kernels.take(found_at(4), asked=False)
    assert seen.settings.value.kernel is None
    own = Kernel.from_array(np.ones((3, 3)), "own")
    seen.settings.set_kernel(own)
    seen.kernels.take(found_at(2), asked=False)
    assert seen.settings.value.kernel is own


def test_settings_of_another_moment_are_completed_with_what_was_found_since(studio):
    moment = studio.settings.value
    found = found_at(2)
    completed = studio.kernels.completed(moment, found)
    assert completed.kernel is found.kernel
    assert completed.damage == found.damage
    studio.kernels.choose_kernel(Shape("disc", (2.0,)))
    assert studio.kernels.completed(studio.settings.value, found).kernel == Shape("disc", (2.0,))


def test_efforts_are_presets_and_times():
    usual = Settings(Scale(2, 2))
    assert effort_of(usual) is Effort.GOOD
    assert effort_of(replace(usual, seconds=PRESETS["fast"].seconds)) is Effort.GOOD
    for effort in Effort:
        assert effort_of(with_effort(replace(usual, steps=12), effort)) is effort
    for others in ({"preset": "paper"}, {"seconds": 90.0}, {"steps": 12}):
        assert effort_of(replace(usual, **others)) is None
