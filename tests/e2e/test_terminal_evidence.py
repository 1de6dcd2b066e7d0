"""What the terminal shows of a result beside its file: maps, networks of other seeds, a kernel that is off."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests import piece_of_sample
from tests.terminal import zssr
from zssr_studio.batch.one_file import evidence
from zssr_studio.errors import FailureError
from zssr_studio.evidence.map_files import WHITE


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 181, 101))


def told_by(done) -> dict:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_maps_are_16_bit_gray_and_their_figures_are_told(photo, tmp_path):
    folder = tmp_path / "maps"
    told = told_by(zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 60, "--maps", folder, "--json"))
    sizes = {"consistency": (61, 41), "beyond": (61, 41), "disagreement": (122, 82)}
    assert {kind: Path(path) for kind, path in told["evidence"]["files"].items()} == {
        kind: folder / f"out_{kind}.png" for kind in sizes
    }
    pixels = {}
    for kind, size in sizes.items():
        with Image.open(folder / f"out_{kind}.png") as image:
            assert (image.size, image.mode) == (size, "I;16")
            pixels[kind] = np.asarray(image).astype(np.float64) / 65535
    assert set(np.unique(pixels["beyond"])) <= {0.0, 1.0}
    assert pixels["beyond"].mean() == pytest.approx(told["maps"]["beyond_share"], abs=1e-5)
    consistency = pixels["consistency"] * WHITE
    assert -10 * np.log10(np.square(consistency).mean()) == pytest.approx(told["psnr_consistency"], abs=0.05)
    unstable = told["maps"]["unstable"]
    above = (pixels["disagreement"] * WHITE > unstable["above_std"]).mean()
    assert above == pytest.approx(unstable["share"], abs=2e-3)


def test_networks_of_other_seeds_are_compared_and_the_result_stays_as_it_is(photo, tmp_path):
    alone, among = tmp_path / "alone.png", tmp_path / "among.png"
    zssr("upscale", photo, "-o", alone, "--steps", 20)
    options = ("--steps", 20, "--members", 3, "--maps", tmp_path / "maps", "--json")
    told = told_by(done := zssr("upscale", photo, "-o", among, *options))
    assert "etworks of 3 seeds" in done.stderr
    members = told["evidence"]["members"]
    assert members["count"] == 3
    assert members["median_std"] > 0
    with Image.open(alone) as one, Image.open(among) as other:
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))
    with Image.open(tmp_path / "maps" / "among_members.png") as image:
        assert image.size == (122, 82)
        assert np.asarray(image).max() > 0


@pytest.mark.parametrize("error", [FailureError("The card is gone."), MemoryError()])
def test_maps_that_are_there_are_written_though_other_networks_fail(photo, tmp_path, monkeypatch, error):
    def failing(*_):
        raise error
        yield

    monkeypatch.setattr(evidence, "with_members", failing)
    options = ("--steps", 2, "--members", 3, "--maps", tmp_path / "maps", "--kernel-off", 10, "--json")
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", *options)
    assert done.returncode == 1
    assert (str(error) or "memory is not enough") in done.stderr
    told = json.loads(done.stdout.splitlines()[-1])["evidence"]
    assert sorted(told) == ["files", "kernel_off", "white"]
    assert (tmp_path / "maps" / "out_consistency.png").exists()


def test_a_kernel_that_is_more_off_changes_the_result_more(photo, tmp_path):
    changes = []
    for percent in (5, 30):
        options = ("--steps", 60, "--kernel", "gaussian:1.2", "--kernel-off", percent, "--overwrite", "--json")
        told = told_by(zssr("upscale", photo, "-o", tmp_path / "out.png", *options))
        wider, narrower = told["evidence"]["kernel_off"]
        assert (wider["factor"], narrower["factor"]) == (1 + percent / 100, 1 - percent / 100)
        changes.append(wider["rms"])
    assert changes[1] > 1.5 * changes[0] > 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--members", 0), "0 members are not possible"),
        (("--members", 17), "17 members are not possible"),
        (("--kernel-off", 0), "out of range"),
        (("--kernel-off", 60), "out of range"),
        (("--scale", 1, "--members", 2), "A scale of 1 copies the picture"),
    ],
)
def test_evidence_that_cannot_be_given_is_refused_before_the_run(photo, tmp_path, options, sentence):
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", "--steps", 2, *options)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not (tmp_path / "out.png").exists()


def test_maps_that_are_there_are_not_replaced_without_a_word(photo, tmp_path):
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "out_beyond.png").write_bytes(b"mine")
    command = ("upscale", photo, "-o", tmp_path / "out.png", "--steps", 2, "--maps", folder)
    done = zssr(*command)
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert (folder / "out_beyond.png").read_bytes() == b"mine"
    assert zssr(*command, "--overwrite").returncode == 0


def test_a_copy_has_no_figures_of_maps(photo, tmp_path):
    told = told_by(zssr("upscale", photo, "-o", tmp_path / "out.png", "--scale", 1, "--json"))
    assert told["maps"] is None
