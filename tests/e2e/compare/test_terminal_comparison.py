"""`compare` and `methods` in the terminal: results, tables, sheets, refusals."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import torch
from PIL import Image

from tests import piece_of_sample
from tests.samples import made_networks as made
from tests.terminal import zssr
from zssr_studio.cli.signals import Interrupt
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.metadata.made_with import made_with
from zssr_studio.imaging.read import read_picture

PATIENCE_S = 600.0


@pytest.fixture
def photo(tmp_path):
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 184, 108))


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    torch.save(made.Compact(2).state_dict(), folder / "fine_x2.pth")
    torch.save(made.Compact(4).state_dict(), folder / "large_x4.pth")
    torch.save(made.Vdsr().state_dict(), folder / "deep.pth")
    (folder / "broken.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0nonsense")
    return folder


def line_of(path) -> str:
    return made_with(read_picture(path).metadata.xmp)["line"]


def test_results_stand_beside_each_other_with_what_they_know(photo, models, tmp_path):
    out = tmp_path / "out"
    truth = tmp_path / "truth.png"
    with Image.open(photo) as image:
        image.resize((128, 96), Image.Resampling.BICUBIC).save(truth)
    words = ("--with", "zssr", "--with", "bicubic", "--with", models, "--steps", 4, "--clean", "none", "--truth", truth)
    done = zssr("compare", photo, *words, "-o", out, "--json")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout.splitlines()[-1])["results"]
    names = ["zssr", "bicubic", "vdsr-deep", "compact-fine_x2"]
    assert [one["output"] for one in results] == [str(out / f"harbour_{name}.png") for name in names]
    known = [one["learned_from"] for one in results]
    assert known == ["this picture", "this picture", "outside pictures", "outside pictures, to please"]
    for one in results:
        assert read_picture(tmp_path / one["output"]).pixels.shape == (96, 128, 3)
        assert one["psnr_db"] > 5
        assert one["consistency_db"] > 5
        assert one["memory_bytes"] > 1e7
    assert results[1]["psnr_db"] > 40  # the truth is a bicubic enlargement, of Pillow's
    assert line_of(out / "harbour_bicubic.png").endswith("scale 2; from this picture alone")
    assert "learned from outside pictures" in line_of(out / "harbour_vdsr-deep.png")
    source_type = b"digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
    assert source_type in read_picture(out / "harbour_compact-fine_x2.png").metadata.xmp
    assert source_type not in read_picture(out / "harbour_vdsr-deep.png").metadata.xmp
    assert "large_x4.pth is left out: it does not enlarge by 2" in done.stderr
    assert "broken.safetensors is left out" in done.stderr
    with (out / "comparison.csv").open(encoding="utf-8") as file:
        assert [row["key"] for row in csv.DictReader(file)] == [one["key"] for one in results]
    assert json.loads((out / "comparison.json").read_text(encoding="utf-8"))["results"] == results


def test_the_sheet_shows_each_result_as_it_is(photo, tmp_path):
    out = tmp_path / "out"
    assert zssr("compare", photo, "--with", "nearest", "--with", "bicubic", "-o", out).returncode == 0
    with Image.open(out / "harbour_sheet.png") as sheet:
        seen = np.asarray(sheet).astype(int)
    nearest = (read_picture(out / "harbour_nearest.png").pixels * 255).round().astype(int)
    piece = nearest[10:30, 10:30].repeat(2, axis=0).repeat(2, axis=1)
    places = [(row, column) for row in range(200) for column in range(80) if (seen[row, column] == piece[0, 0]).all()]
    assert any(np.array_equal(seen[row : row + 40, column : column + 40], piece) for row, column in places)


def test_the_profile_of_a_gray_picture_does_not_come_upon_a_sheet_in_colour(photo, tmp_path):
    gray = tmp_path / "gray.png"
    with Image.open(photo) as image:
        image.convert("L").save(gray, icc_profile=profiles.gray_profile())
    out = tmp_path / "out"
    assert zssr("compare", gray, "--with", "nearest", "--with", "bicubic", "-o", out).returncode == 0
    with Image.open(out / "gray_nearest.png") as result, Image.open(out / "gray_sheet.png") as sheet:
        assert (result.mode, sheet.mode) == ("L", "RGB")
        assert "icc_profile" in result.info
        assert "icc_profile" not in sheet.info


def test_one_that_fails_does_not_stop_the_others(photo, models, tmp_path):
    out = tmp_path / "out"
    words = ("--with", models / "large_x4.pth", "--with", "lanczos")
    done = zssr("compare", photo, *words, "-o", out)
    assert done.returncode == 1
    assert "large_x4.pth enlarges by 4 only, not by 2" in done.stderr
    assert (out / "harbour_lanczos.png").exists()
    assert "no result" in done.stdout


def test_a_picture_that_cannot_be_read_does_not_stop_the_others_and_one_name_is_no_trouble(photo, tmp_path):
    out = tmp_path / "out"
    (tmp_path / "other").mkdir()
    twin = piece_of_sample(tmp_path / "other" / photo.name, (10, 10, 40, 30))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    done = zssr("compare", photo, broken, twin, "--with", "nearest", "-o", out, "--json")
    assert done.returncode == 1
    assert "broken.png" in done.stderr
    results = json.loads(done.stdout.splitlines()[-1])["results"]
    assert [one["output"] for one in results] == [str(out / f"harbour{n}_nearest.png") for n in ("", "_2")]
    assert {path.name for path in out.glob("*_sheet.png")} == {"harbour_sheet.png", "harbour_2_sheet.png"}


def test_what_can_be_refused_is_refused_before_anything_is_made(photo, models, tmp_path):
    out = tmp_path / "out"
    for words, said in (
        (("--with", "sharper"), "There is no method and no file 'sharper'"),
        (("--with", models, "--scale", 3.5, "--with", tmp_path / "none.pth"), "no file"),
        (("--with", "bicubic", "--truth", photo), "Give the picture that the result should be"),
        (("--with", "bicubic", "--truth", photo, "--truth", photo), "Give one for each"),
        (("--with", "bicubic", "--device", "abacus"), "There is no device"),
        (("--with", "zssr", "--seed", -1), "The seed -1 is out of range"),
        (("--with", "zssr", "--steps", 0), "0 training steps are not possible"),
        (("--with", "zssr", "--seconds", "nan"), "nan seconds of training are not possible"),
        (("--with", "zssr", "--threads", 0), "0 threads are not possible"),
        (("--with", photo), ".param, .onnx"),
    ):
        done = zssr("compare", photo, *words, "-o", out)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
    assert not list(out.glob("*.png")) if out.exists() else True
    # Nothing is in the way of the command once it is right.
    assert zssr("compare", photo, "--with", "bicubic", "-o", out).returncode == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their names are always text")
def test_a_name_that_is_no_text_stands_in_the_tables_and_one_result_is_not_beside_others(photo, tmp_path):
    odd = photo.rename(tmp_path / os.fsdecode(b"caf\xe9.png"))
    done = zssr("compare", odd, "--with", "nearest", "-o", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    assert b"caf\xe9_nearest.png" in (tmp_path / "out" / "comparison.csv").read_bytes()
    assert json.loads(done.stdout.splitlines()[-1])["results"][0]["image"] == str(odd)
    assert "_sheet.png: one result" in done.stderr


def test_nothing_is_overwritten_without_a_word(photo, tmp_path):
    out = tmp_path / "out"
    assert zssr("compare", photo, "--with", "bicubic", "-o", out).returncode == 0
    again = zssr("compare", photo, "--with", "bicubic", "-o", out)
    assert again.returncode == 2
    assert "comparison.csv exists already" in again.stderr
    assert zssr("compare", photo, "--with", "bicubic", "-o", out, "--overwrite").returncode == 0


def test_a_result_without_any_error_is_equal(tmp_path):
    flat = tmp_path / "flat.png"
    Image.new("RGB", (40, 30), (128, 128, 128)).save(flat)
    words = ("--with", "zssr", "--steps", 2, "--kernel", "bicubic", "--clean", "none")
    done = zssr("compare", flat, *words, "-o", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["results"][0]["consistency_db"] is None
    assert " equal " in done.stdout
    assert " inf " not in done.stdout
    run = zssr("upscale", flat, "-o", tmp_path / "large.png", *words[2:])
    assert "Downscaled again it equals the input: consistent" in run.stderr


def test_methods_are_listed_and_files_with_what_they_are_or_why_not(models):
    done = zssr("methods", "--models", models)
    assert done.returncode == 0
    for said in (
        "zssr",
        "bicubic-bp",
        "VDSR, 5 layers",
        "any scale to 4",
        "from this picture alone",
        "not used: broken",
    ):
        assert said in done.stdout
    told = json.loads(zssr("methods", "--models", models, "--json").stdout)
    assert told["methods"][0] == {"key": "zssr", "name": "ZSSR", "learned_from": "this picture"}
    kinds = {entry["file"].rpartition("/")[2]: entry.get("kind", "none") for entry in told["files"]}
    assert kinds == {
        "broken.safetensors": "none",
        "deep.pth": "vdsr",
        "fine_x2.pth": "compact",
        "large_x4.pth": "compact",
    }
    assert zssr("methods", "--models", models / "nowhere").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_keeps_what_is_done_and_tells_of_it(photo, tmp_path):
    out = tmp_path / "out"
    words = ("--with", "bicubic", "--with", "zssr", "--with", "lanczos", "--seconds", "600", "--clean", "none")
    command = [sys.executable, "-m", "zssr_studio", "compare", str(photo), *words, "-o", str(out), "--json"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        until_s = time.monotonic() + PATIENCE_S
        while not (out / "harbour_bicubic.png").exists() and time.monotonic() < until_s:
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130, errors
    assert [one["key"] for one in json.loads(told.splitlines()[-1])["results"]] == ["bicubic"]
    assert (out / "harbour_sheet.png").exists()
    assert (out / "comparison.csv").exists()
    assert "interrupted; what was done is in" in errors
    assert not list(out.glob(".*part"))


def test_what_is_interrupted_before_anything_is_done_leaves_no_tables(photo, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(Interrupt, "requested", lambda _interrupt: True)
    done = zssr("compare", photo, "--with", "selfex", "-o", out)
    assert done.returncode == 130
    assert "interrupted; nothing was done yet" in done.stderr
    assert list(out.iterdir()) == []
