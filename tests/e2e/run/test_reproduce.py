"""Runs done again from their records: the same bits, and a sentence where they cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

import zssr_studio as zs
from tests import piece_of_sample
from tests.e2e.gestures import click, message, opened, press
from tests.samples.reproducing import FEW, KINDS
from tests.studio.comparing import add_file
from tests.studio.studio_loop import answer_export, answer_file_dialog, click_tool, wait_for
from tests.terminal import zssr
from zssr_studio.evidence.record import OF_THE_MOMENT
from zssr_studio.evidence.record_files import read_record
from zssr_studio.evidence.recorded_job import job_of
from zssr_studio.evidence.reproduce import reproduced
from zssr_studio.imaging.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 168, 100))


@pytest.fixture
def made(photo: Path, tmp_path: Path) -> Path:
    out = tmp_path / "out.png"
    done = zssr("upscale", photo, "-o", out, "--steps", 3, "--record", tmp_path / "run.json")
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("name", FEW)
def test_the_terminal_gives_the_same_pixels_again(tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    source, out = kind.write(tmp_path / "source"), tmp_path / f"out{kind.suffix}"
    first = zssr("upscale", source, "-o", out, *kind.arguments)
    assert first.returncode == 0, first.stderr
    done = zssr("reproduce", out, "--json")
    assert done.returncode == 0, done.stderr
    assert "Pixels equal" in done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["pixels_equal"], told["largest_difference"]) == (True, 0)
    # In Python, where the source is given. What was learned is the same too, where it made no difference.
    again = zs.reproduce(out, source)
    assert again.is_equal
    assert again.outcome.weights.sha256 == read_record(out).record["run"]["weights_sha256"]


def test_a_record_beside_needs_no_result(made: Path, tmp_path: Path, photo: Path) -> None:
    made.unlink()
    moved = photo.rename(tmp_path / "elsewhere.png")
    refused = zssr("reproduce", tmp_path / "run.json")
    assert refused.returncode == 2
    assert "'harbour.png' is not beside run.json. Give it with --source" in " ".join(refused.stderr.split())
    done = zssr("reproduce", tmp_path / "run.json", "--source", moved)
    assert done.returncode == 0, done.stderr


def test_weights_that_a_run_began_with_are_asked_for(photo: Path, tmp_path: Path) -> None:
    kept, out = tmp_path / "kept.safetensors", tmp_path / "out.png"
    zssr("upscale", photo, "-o", tmp_path / "first.png", "--steps", 3, "--save-weights", kept)
    assert zssr("upscale", photo, "-o", out, "--steps", 3, "--init", kept).returncode == 0
    refused = zssr("reproduce", out)
    assert refused.returncode == 2
    assert "began with weights" in refused.stderr
    assert zssr("reproduce", out, "--init", kept).returncode == 0


def test_another_source_is_told(made: Path, tmp_path: Path) -> None:
    other = piece_of_sample(tmp_path / "other.png", (121, 60, 169, 100))
    done = zssr("reproduce", made, "--source", other)
    assert done.returncode == 2
    assert "another picture than the one that was enlarged" in " ".join(done.stderr.split())


def test_a_file_that_was_changed_is_told(made: Path, photo: Path, tmp_path: Path) -> None:
    picture = zs.read(made)
    pixels = picture.pixels.copy()
    pixels[3, 4] = 1 - pixels[3, 4]
    record = read_record(made).record
    changed = tmp_path / "changed.png"
    zs.write(Picture(pixels, metadata=picture.metadata, icc_profile=picture.icc_profile), changed)
    assert read_record(changed).record == record
    done = zssr("reproduce", changed, "--source", photo)
    assert done.returncode == 1
    assert "the file holds others" in " ".join(done.stderr.split())
    largest = float(np.abs(zs.read(changed).pixels - picture.pixels).max())
    assert zs.reproduce(changed, photo).largest_difference == pytest.approx(largest)


def test_a_file_that_was_made_smaller_is_no_equal_one(made: Path, photo: Path, tmp_path: Path) -> None:
    picture = zs.read(made)
    smaller = tmp_path / "smaller.png"
    pixels = np.ascontiguousarray(picture.pixels[::2, ::2])
    zs.write(Picture(pixels, metadata=picture.metadata, icc_profile=picture.icc_profile), smaller)
    done = zssr("reproduce", smaller, "--source", photo, "--json")
    assert done.returncode == 1
    assert "The picture in the file has another size" in " ".join(done.stderr.split())
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["pixels_equal"], told["file_unchanged"], told["largest_difference"]) == (True, False, None)


def test_a_file_that_its_record_calls_changed_is_not_told_unchanged(made: Path, photo: Path, tmp_path: Path) -> None:
    record = read_record(made).record
    record["result"]["changed"] = ["resampled to 24 x 20"]
    again = reproduced(record, job_of(record, zs.read(photo)), lambda _event: None, made)
    assert (again.is_equal, again.is_file_unchanged) == (True, None)
    assert again.sentence.endswith("as its record says, and was not compared.")
    alone = zssr("reproduce", tmp_path / "run.json", "--source", photo, "--json")
    assert alone.returncode == 0, alone.stderr
    told = json.loads(alone.stdout.splitlines()[-1])
    assert (told["pixels_equal"], told["file_unchanged"]) == (True, None)
    assert "not compared" not in alone.stderr


def test_what_is_other_is_told_where_pixels_differ(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert zssr("upscale", photo, "-o", out, "--steps", 60).returncode == 0
    record = read_record(out).record
    record["program"]["version"] = "0.0.9"
    record["computation"] |= {"torch": "1.0", "instructions": "NEON"}
    # Another bound in steps gives other pixels.
    record["settings"]["steps"], record["run"]["timeline"]["stages"] = 2, []
    job = job_of(record, zs.read(photo))
    again = reproduced(record, job, lambda _event: None, out)
    assert not again.is_equal
    assert again.largest_difference > 0
    for part in ("The pixels differ. The largest difference is", "it was 0.0.9", "was 1.0", "by NEON"):
        assert part in again.sentence


@pytest.mark.parametrize(
    ("part", "value"), [("scale", [99, 2]), ("damage", {}), ("kernel", {"size": [1, 1]}), ("seed", "a"), ("crop", [1])]
)
def test_a_record_whose_settings_are_damaged_is_refused(made: Path, photo: Path, part: str, value: object) -> None:
    record = read_record(made).record
    record["settings"][part] = value
    with pytest.raises(zs.BadInputError, match=r"The record is damaged"):
        zs.reproduce(record, photo)


def test_python_takes_records_arrays_and_says_what_is_missing() -> None:
    pixels = np.random.default_rng(2).random((20, 24)).astype(np.float32)
    result = zs.upscale(pixels, steps=3)
    assert zs.reproduce(json.loads(json.dumps(result.record)), pixels).is_equal
    with pytest.raises(zs.BadInputError, match="Give it as source"):
        zs.reproduce(result.record)
    with pytest.raises(zs.BadInputError, match="no record"):
        zs.reproduce({}, pixels)


def test_python_reads_the_page_that_was_enlarged_of_a_path_as_of_a_text(tmp_path: Path) -> None:
    source, out = tmp_path / "two.tif", tmp_path / "out.tif"
    first, second = (np.random.default_rng(seed).integers(0, 255, (20, 24), np.uint8) for seed in (0, 1))
    Image.fromarray(first).save(source, save_all=True, append_images=[Image.fromarray(second)])
    done = zssr("upscale", source, "--page", 2, "-o", out, "--steps", 2)
    assert done.returncode == 0, done.stderr
    assert zs.reproduce(out, source).is_equal
    assert zs.reproduce(out, str(source)).is_equal


def test_the_window_does_a_run_of_a_file_again(studio: Studio, tmp_path: Path) -> None:
    kind = KINDS["crop"]
    source, out = kind.write(tmp_path / "source"), tmp_path / "out.png"
    assert zssr("upscale", source, "-o", out, *kind.arguments).returncode == 0
    opened(studio, source)
    add_file(studio, out)
    studio.window.canvas.setFocus()
    press(studio, Qt.Key.Key_I)
    wait_for(lambda: studio.info.dialog is not None and studio.info.dialog.isVisible())
    click(studio.info.dialog.reproduce_button)
    wait_for(lambda: bool(studio.reproduce.told))
    assert "Pixels equal" in message(studio)
    record = read_record(out).record
    outcome = studio.run.result.outcome
    assert outcome.weights.sha256 == record["run"]["weights_sha256"]


def test_the_window_does_a_run_of_its_own_again_and_from_a_project_too(studio: Studio, tmp_path: Path) -> None:
    source = KINDS["colour"].write(tmp_path / "source")
    opened(studio, source)
    studio.settings.set_value(replace(studio.settings.value, seconds=1.0, steps=None, device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current is not None)
    first = studio.results.current_run.finished.outcome
    click_tool(studio, "export")
    answer_export(tmp_path / "large.tif")
    wait_for((tmp_path / "large.tif").exists)
    done = zssr("reproduce", tmp_path / "large.tif", "--source", source)
    assert done.returncode == 0, done.stderr
    told = [notice["kind"] for notice in read_record(tmp_path / "large.tif").record["notices"]]
    noticed = [str(notice.kind) for notice in studio.results.current_run.finished.history.notices]
    assert told == [kind for kind in noticed if kind not in OF_THE_MOMENT]
    project = tmp_path / "work.zssr"
    studio.window.actions_by_name["save_project"].trigger()
    answer_file_dialog(project)
    wait_for(lambda: "Saved work.zssr" in studio.window.message_bar.text)
    studio.pictures.open(project)
    wait_for(lambda: studio.document.picture is not None and studio.results.current_run.finished.outcome is not first)
    kept = studio.results.current_run
    assert kept.finished.outcome.timeline == first.timeline
    studio.comparison.set_value(studio.comparison.value.showing(kept.key))
    studio.window.actions_by_name["reproduce"].trigger()
    wait_for(lambda: bool(studio.reproduce.told))
    assert "Pixels equal" in studio.reproduce.told


@pytest.mark.usefixtures("made")
def test_one_that_is_stopped_says_nothing_of_the_pixels(studio: Studio, photo: Path, tmp_path: Path) -> None:
    # Of a run that is never over before it is stopped, however busy the machine is, and of what it would have made.
    record = json.loads((tmp_path / "run.json").read_text())
    for told in (record["settings"], record["run"], record["run"]["timeline"]["stages"][0]):
        assert "steps" in told
        told["steps"] = 1_000_000
    record["result"]["pixels_sha256"] = 64 * "0"
    (tmp_path / "long.json").write_text(json.dumps(record))
    opened(studio, photo)
    studio.reproduce.start(tmp_path / "long.json")
    wait_for(lambda: studio.run.is_running and studio.run.step is not None)
    click_tool(studio, "stop")
    wait_for(lambda: bool(studio.reproduce.told))
    assert studio.reproduce.told.startswith("The run was stopped before")
    assert message(studio) == studio.reproduce.told


def test_the_window_refuses_a_file_of_another_source(studio: Studio, made: Path, tmp_path: Path) -> None:
    opened(studio, KINDS["colour"].write(tmp_path / "source"))
    studio.reproduce.start(made)
    wait_for(lambda: "another picture" in message(studio))
    opened(studio, made)
    studio.reproduce.start(KINDS["gray"].write(tmp_path / "scan"))
    wait_for(lambda: "holds no record of a run" in message(studio))
