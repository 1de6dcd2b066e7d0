"""The record of a run: what stands in it, by its schema, and what is refused."""

from __future__ import annotations

import hashlib
import json
import math
import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import jsonschema
import numpy as np
import pytest
from PIL import Image

import zssr_studio as zs
from tests import piece_of_sample
from tests.samples.certificates import identity
from tests.terminal import zssr
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Reason, Step
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.weights import picture_sha256
from zssr_studio.evidence.record import SCHEMA, Told, embedded, run_record
from zssr_studio.evidence.record_files import read_record
from zssr_studio.evidence.report.making import curves_of
from zssr_studio.job import Job, Outcome
from zssr_studio.record.plain import kernel_from_packed, packed_kernel
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ["png", "tif", "jpg", "webp", "jxl", "avif"]
CHECK = jsonschema.Draft202012Validator(json.loads(resource_path(SCHEMA).read_text()))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 168, 100))


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_record_stands_in_the_result_and_beside_it(photo: Path, tmp_path: Path, suffix: str) -> None:
    out, beside = tmp_path / f"out.{suffix}", tmp_path / "run.json"
    # The seconds are so few that time bounds the run; what time decided stands in it.
    done = zssr("upscale", photo, "-o", out, "--seconds", 0.3, "--record", beside, "--kernel", "gaussian:1.5,1,20")
    assert done.returncode == 0, done.stderr
    record, held = read_record(beside).record, read_record(out).record
    for one in (record, held):
        CHECK.validate(one)
    assert {name for name in record if record[name] != held.get(name)} == {"times", "file"}
    assert record["source"]["sha256"] == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert record["file"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert record["picture"]["pixels_sha256"] == picture_sha256(zs.read(photo).pixels)
    assert record["settings"]["kernel"] == {"family": "gaussian", "values": [1.5, 1.0, 20.0]}
    assert record["found"]["kernel"] == "named"
    assert record["found"]["damage"] == "found"
    assert sum(stage["steps"] for stage in record["run"]["timeline"]["stages"]) == record["run"]["steps"] > 0
    # Pillow, a second program, reads the picture as before.
    if suffix != "jxl":
        with Image.open(out) as image:
            assert image.size == (96, 80)


def test_in_python_a_result_has_its_record_and_saves_it(photo: Path, tmp_path: Path) -> None:
    result = zs.upscale(photo, steps=3)
    CHECK.validate(result.record)
    assert result.record["result"]["pixels_sha256"] == picture_sha256(result.picture.pixels)
    assert result.record["run"]["weights_sha256"] == result.weights.sha256
    result.save(tmp_path / "out.tif")
    assert read_record(tmp_path / "out.tif").record["result"] == result.record["result"]
    # One without a file, with alpha, and one that trains nothing.
    pixels = np.random.default_rng(1).random((20, 24, 4)).astype(np.float32)
    of_array = zs.upscale(pixels, steps=2).record
    CHECK.validate(of_array)
    assert of_array["source"] is None
    assert of_array["result"]["alpha_sha256"] is not None
    CHECK.validate(zs.upscale(pixels, 1).record)


def test_the_same_steps_write_the_same_file(photo: Path, tmp_path: Path) -> None:
    for name in ("one.tif", "two.tif"):
        assert zssr("upscale", photo, "-o", tmp_path / name, "--steps", 3).returncode == 0
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "two.tif").read_bytes()


def test_the_course_of_training_stands_in_a_record_of_few_kilobytes_however_long_it_was() -> None:
    told = Told()
    for step in range(1, 10_001):
        told.take(Step(step, 0, math.nan if step < 3 else 1 / step, 1e-3, step / 10, step / 10_000, None))
    job = Job(zs.read(resource_path("sample.png")))
    record = run_record(job, Outcome(Reason.COMPLETED, "cpu", 10_000, 1000.0, 1.0, 40.0, None), told)
    CHECK.validate(record)
    losses = record["run"]["losses"]
    assert 100 < len(losses["steps"]) == len(losses["values"]) <= 200
    assert losses["values"][0] is None
    assert losses["values"][-1] == pytest.approx(1e-4, rel=0.02)
    assert len(json.dumps(losses)) < 6000


def test_a_record_from_before_there_were_curves_is_read(photo: Path, tmp_path: Path) -> None:
    beside = tmp_path / "run.json"
    assert zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 2, "--record", beside).returncode == 0
    old = json.loads(beside.read_text("utf-8"))
    del old["run"]["losses"]
    del old["measures"]["maps"]["by_states"]
    CHECK.validate(old)
    beside.write_text(json.dumps(old), "utf-8")
    assert read_record(beside).record == old


def test_without_metadata_a_result_holds_no_record(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.tif"
    assert zssr("upscale", photo, "-o", out, "--steps", 2, "--metadata", "none").returncode == 0
    with pytest.raises(zs.BadInputError, match=r"holds no record of a run.*--metadata none"):
        read_record(out)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "no JSON"),
        ("[]", "no record"),
        ('{"format": "zssr-studio run record 9"}', "does not know"),
        ('{"format": "zssr-studio run record 1"}', "its part 'program' is missing"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_record_that_is_damaged_is_refused_with_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text)
    with pytest.raises(zs.BadInputError, match=told):
        read_record(path)


@pytest.mark.parametrize("name", ["run.txt", "harbour.png", "missing/run.json"])
def test_a_place_that_takes_no_record_is_refused_before_the_run(photo: Path, tmp_path: Path, name: str) -> None:
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 2, "--record", tmp_path / name)
    assert done.returncode == 2
    assert not (tmp_path / "out.png").exists()


def test_a_kernel_comes_back_from_a_record_to_the_bit() -> None:
    kernel = Kernel.from_array(np.random.default_rng(3).random((9, 7)), "one of its own", 0.3)
    plain = json.loads(json.dumps(packed_kernel(kernel, (2.0, 2.0), exact=True)))
    again = kernel_from_packed(plain)
    assert isinstance(again, Kernel)
    np.testing.assert_array_equal(again.taps, kernel.taps)
    assert (again.name, again.uncertainty) == (kernel.name, kernel.uncertainty)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
def test_names_that_are_no_text_keep_nothing_from_being_written(photo: Path, tmp_path: Path) -> None:
    odd = photo.rename(tmp_path / os.fsdecode(b"caf\xe9.png"))
    out, beside, premis = (tmp_path / name for name in ("out.tif", "run.json", "run.xml"))
    asked = ("--record", beside, "--premis", premis)
    signed = identity(tmp_path).arguments if find_spec("c2pa") else ()
    done = zssr("upscale", odd, "-o", out, "--steps", 2, *asked, *signed)
    assert done.returncode == 0, done.stderr
    assert read_record(beside).record["source"]["name"] == "caf?.png"
    assert zs.reproduce(out, odd).is_equal
    assert "zssr-studio reproduce does it again" in " ".join(zssr("info", out).stdout.split())


def test_figures_that_are_none_are_told_as_unknown(photo: Path) -> None:
    result = zs.upscale(photo, 1)
    job = Job(zs.read(photo), Scale(1, 1))
    outcome = Outcome(Reason.COMPLETED, "cpu", 0, math.nan, math.inf, -math.inf, None)
    record = run_record(job, outcome, Told())
    assert record["times"]["training_s"] is None
    assert record["measures"]["psnr_consistency_db"] is None
    assert json.loads(embedded(record))["result"]["height"] == result.picture.height


@pytest.mark.parametrize(
    "losses", [{}, {"steps": [1, 2], "values": [0.1]}, {"steps": ["a", 2], "values": [0.1, 0.2]}, 3]
)
def test_a_course_of_training_that_is_damaged_is_refused_with_a_sentence(losses: object) -> None:
    with pytest.raises(zs.BadInputError, match="course of training"):
        curves_of({"run": {"losses": losses}})
