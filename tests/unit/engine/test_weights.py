"""Weights go to a file and come back; a run that starts from a sister picture's says so."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
import safetensors.numpy

from tests.unit.test_pipeline import finished, photo
from zssr_studio.engine.config import Scale
from zssr_studio.engine.weights import TrainedOn, Weights, picture_sha256
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.kept import KeptElsewhereError
from zssr_studio.imaging.weight_files import MAX_BYTES, read_weight_file, write_weight_file
from zssr_studio.job import Job, origin_sentence


@pytest.fixture(scope="module")
def trained():
    return finished(Job(photo(), steps=60, device="cpu", name="sister.png"))[1].outcome


def test_weights_come_back_from_the_file_as_they_were(trained, tmp_path):
    path = tmp_path / "a.safetensors"
    write_weight_file(trained.weights.arrays, trained.weights.metadata, path, overwrite=False)
    read = Weights.from_file(path.name, *read_weight_file(path))
    assert read.metadata == trained.weights.metadata
    assert read.pictures == (TrainedOn("sister.png", picture_sha256(photo().pixels)),)
    assert read.arrays.keys() == trained.weights.arrays.keys()
    for name, array in read.arrays.items():
        np.testing.assert_array_equal(array, trained.weights.arrays[name])
    with pytest.raises(KeptElsewhereError, match="exists"):
        write_weight_file(trained.weights.arrays, {}, path, overwrite=False)


def test_a_run_from_other_weights_starts_there_and_says_so(trained):
    job = Job(photo(50, 48), steps=60, device="cpu", init=trained.weights, name="own.png")
    _, result = finished(job)
    assert [p.name for p in result.outcome.other_pictures] == ["sister.png"]
    assert "sister.png" in origin_sentence(result.outcome)
    _, alone = finished(Job(photo(50, 48), steps=60, device="cpu"))
    assert alone.outcome.other_pictures == ()
    assert "No outside pictures" in origin_sentence(alone.outcome)
    assert not np.array_equal(result.picture.pixels, alone.picture.pixels)


def test_a_run_from_its_own_pictures_weights_used_no_other(trained):
    _, result = finished(Job(photo(), steps=6, device="cpu", init=trained.weights, name="sister.png"))
    assert result.outcome.other_pictures == ()


@pytest.mark.parametrize("other", [{"scale": Scale(3, 3)}, {"preset": "paper"}])
def test_weights_of_something_else_are_refused(trained, other):
    with pytest.raises(BadInputError, match="These weights are for"):
        Job(photo(), init=trained.weights, **other)
    with pytest.raises(BadInputError, match="colour"):
        Job(photo(channels=1), init=trained.weights)


def foreign(path):
    path.write_bytes(safetensors.numpy.save({"a": np.zeros(3, np.float32)}, {"format": "pt"}))


def endless_header(path):
    path.write_bytes(struct.pack("<Q", 2**60) + b"{}")


def wrong_values(path):
    good = {"format": "zssr-studio weights 1", "preset": "fast", "scale": "2", "channels": "3", "pictures": "[]"}
    path.write_bytes(safetensors.numpy.save({"a": np.full(3, np.nan, np.float32)}, good))


def too_large(path):
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not weights at all"),
        lambda path: path.write_bytes(struct.pack("<Q", 2) + b"[]"),
        lambda path: path.write_bytes(struct.pack("<Q", 20) + json.dumps({"a": 1}).encode().ljust(20)),
        lambda path: None,
        lambda path: path.mkdir(),
        foreign,
        endless_header,
        wrong_values,
        too_large,
    ],
)
def test_what_holds_no_weights_is_refused_with_a_sentence(tmp_path, make):
    path = tmp_path / "weights.safetensors"
    make(path)
    with pytest.raises(BadInputError, match=r"\.$"):
        Weights.from_file(path.name, *read_weight_file(path))
