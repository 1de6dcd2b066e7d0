"""The terminal as a person or a script meets it.

What a command says and gives is asked in this process, where torch is loaded; processes, signals and displays in
processes of their own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests import piece_of_sample
from tests.terminal import zssr
from zssr_studio import __version__

# How long a command may take, on a machine whose cores are all busy with other things.
PATIENCE_S = 600.0


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 181, 101))


def zssr_process(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zssr_studio", *map(str, arguments)]
    environment = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=PATIENCE_S)


@pytest.mark.parametrize(
    ("scale", "size"), [("2", (122, 82)), ("1.5", (92, 62)), ("2x1.5", (92, 82)), ("3", (183, 123))]
)
def test_scales_give_the_size_rounded_up(photo, tmp_path, scale, size):
    out = tmp_path / "out.png"
    done = zssr("upscale", photo, "-o", out, "--scale", scale, "--steps", 2)
    assert done.returncode == 0, done.stderr
    with Image.open(out) as image:
        assert image.size == size


def test_json_is_the_last_line_and_says_what_was_done(photo, tmp_path):
    out = tmp_path / "out.tif"
    done = zssr_process("upscale", photo, "-o", out, "--steps", 5, "--seed", 3, "--json", "--noise-std", "0.01")
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["size"] == {"height": 82, "width": 122}
    assert (told["steps"], told["seed"], told["preset"], told["kernel"]) == (5, 3, "fast", "bicubic")
    assert told["psnr_consistency"] > 25
    assert Path(told["output"]) == out
    assert told["kernel_uncertainty"] == 0
    assert "No outside pictures were used" in done.stderr
    assert "stage 2 of 6, to x2\n" in done.stderr
    # Behind the end nothing is left.
    assert " left" not in done.stderr.partition("done ")[2]


def test_a_result_that_equals_its_input_is_said_to_in_words(tmp_path):
    """Of a picture in one colour nothing differs, and there is no number of decibels."""
    Image.new("L", (24, 20)).save(tmp_path / "black.png")
    done = zssr("upscale", tmp_path / "black.png", "-o", tmp_path / "large.png", "--steps", 2)
    assert "Downscaled again it equals the input: consistent" in done.stderr


def test_a_kernel_is_a_shape_or_one_of_several_in_a_file_and_the_record_names_it(photo, tmp_path):
    np.savez(tmp_path / "two.npz", first=np.eye(5), second=np.ones((2, 2)))
    for text, name in (
        ("Motion:5,200", "motion:5,20"),
        (f"{tmp_path / 'two.npz'}#2", "two.npz#2"),
        ("bicubic sharpened by 0.55", "bicubic sharpened by 0.55"),
    ):
        done = zssr(
            "upscale", photo, "-o", tmp_path / "out.png", "--kernel", text, "--steps", 2, "--json", "--overwrite"
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.splitlines()[-1])["kernel"] == name


def test_bad_input_says_what_to_do_and_exits_with_2(photo, tmp_path):
    letter = tmp_path / "letter.png"
    letter.write_text("Dear Sir")
    cube = tmp_path / "cube.npy"
    np.save(cube, np.ones((3, 3, 3)))
    out = tmp_path / "out.png"
    wrong = (
        ((letter, "-o", out), "letter.png"),
        ((tmp_path / "nowhere.png", "-o", out), "nowhere.png"),
        ((photo, "-o", out, "--scale", "0.5"), "--scale 0.5"),
        ((photo, "-o", out, "--scale", "twice"), "twice"),
        ((photo, "-o", out, "--crop", "0,0,500,500"), "does not lie inside"),
        ((photo, "-o", out, "--crop", "0,0,0,0", "--size", "100x"), "does not lie inside"),
        ((photo, "-o", out, "--crop", "1,2"), "TOP,LEFT,HEIGHT,WIDTH"),
        ((photo, "-o", out, "--kernel", cube), "cube.npy"),
        ((photo, "-o", out, "--kernel", "disc:wide"), "numbers behind the colon"),
        ((photo, "-o", out, "--kernel", "sharp"), "gaussian:"),
        ((photo, "-o", out, "--preset", "slow"), "slow"),
        ((photo, "-o", out, "--noise-std", "3"), "noise"),
        ((photo, "-o", out, "--device", "abacus"), "abacus"),
        ((photo, "-o", tmp_path / "out.gif"), "out.gif"),
        ((photo, "-o", tmp_path / "none" / "out.png"), "none"),
        ((photo, "-o", photo), "harbour.png"),
        ((photo, "-o", photo, "--overwrite"), "never overwritten"),
    )
    for arguments, told in wrong:
        done = zssr("upscale", *arguments)
        assert done.returncode == 2, (arguments, done.stderr)
        assert told in done.stderr, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
        assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--crop", "0,0,500,500"), "does not lie inside"),
        (("--preset", "slow"), "slow"),
        (("--device", "abacus"), "abacus"),
        (("--seconds", "0"), "seconds"),
        (("--kernel-uncertainty", "2"), "An uncertainty of 2"),
        (("--kernel", "nowhere.mat"), "nowhere.mat"),
        (("--bits", "16", "-o", "out.jpg"), "16"),
    ],
)
def test_bad_input_is_told_before_anything_is_looked_for(arguments, told, photo, tmp_path):
    done = zssr(
        *("upscale", photo, "-o", tmp_path / "out.png", "--noise-std", "auto", "--kernel", "estimate"), *arguments
    )
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Found" not in done.stderr


def test_nothing_is_overwritten_unless_told_to(photo, tmp_path):
    out = tmp_path / "out.png"
    out.write_bytes(b"mine")
    assert zssr("upscale", photo, "-o", out, "--steps", 2).returncode == 2
    assert out.read_bytes() == b"mine"
    assert zssr("upscale", photo, "-o", out, "--steps", 2, "--overwrite").returncode == 0
    with Image.open(out) as image:
        assert image.size == (122, 82)


def test_a_missing_device_is_a_failure(photo, tmp_path):
    import torch

    absent = next(
        name
        for name, there in (("mps", torch.backends.mps.is_available()), ("cuda", torch.cuda.is_available()))
        if not there
    )
    done = zssr("upscale", photo, "-o", tmp_path / "out.png", "--device", absent)
    assert done.returncode == 1
    assert absent in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a single process")
def test_ctrl_c_keeps_the_best_so_far(photo, tmp_path):
    out = tmp_path / "out.png"
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(photo), "-o", str(out), "--seconds", "600", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        told = iter(run.stderr.readline, "")
        assert any("training on" in line for line in told)
        run.send_signal(signal.SIGINT)
        stdout, stderr = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 130, stderr
    assert "best result so far" in stderr
    assert json.loads(stdout.splitlines()[-1])["interrupted"] is True
    with Image.open(out) as image:
        assert image.size == (122, 82)


def test_lists_and_help():
    assert __version__ in zssr_process("--version").stdout
    presets = zssr("presets").stdout
    assert all(name in presets for name in ("fast", "paper", "gradual"))
    assert "cpu" in zssr("devices").stdout
    manual = zssr("upscale", "--help").stdout
    # Each command is told in a line of 80 letters, which leaves nothing out.
    told = zssr("--help").stdout.partition("Commands:")[2]
    assert "upscale" in told
    assert "..." not in told
    assert all(option in manual for option in ("--scale", "--kernel", "--noise-std", "--crop", "--json", "--overwrite"))


def test_what_needs_no_training_is_answered_without_torch_qt_and_scipy(photo, tmp_path):
    """They take seconds to load, which nobody is to wait for who only asks, or mistyped a name."""
    words = (
        ("--help",),
        ("upscale", "--help"),
        ("--version",),
        ("presets",),
        ("info", photo),
        ("upscale", tmp_path / "missing.png"),
        ("upscale", photo, "--scale", "9"),
        ("upscale", photo, "--bits", "12"),
        ("upscale", photo, "-o", tmp_path / "no-such-folder" / "out.png"),
        ("batch", "--status", tmp_path),
    )
    program = (
        "import sys; from tests.terminal import zssr; words = eval(sys.argv[1]); done = [zssr(*w) for w in words]; "
        "print([one.returncode for one in done], [one for one in ('torch', 'PySide6', 'scipy') if one in sys.modules])"
    )
    told = [tuple(map(str, line)) for line in words]
    done = subprocess.run([sys.executable, "-c", program, repr(told)], capture_output=True, text=True, check=True)
    assert done.stdout == "[0, 0, 0, 0, 0, 2, 2, 2, 2, 2] []\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_the_window_without_a_display_is_a_sentence():
    done = zssr_process(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert "upscale" in done.stderr


def test_weights_of_a_sister_picture_are_used_and_told(photo, tmp_path):
    weights = tmp_path / "sister.safetensors"
    first = zssr("upscale", photo, "-o", tmp_path / "a.png", "--steps", 8, "--save-weights", weights, "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout.splitlines()[-1])["other_pictures"] == []
    other = piece_of_sample(tmp_path / "quay.png", (10, 10, 100, 90))
    second = zssr("upscale", other, "-o", tmp_path / "b.png", "--steps", 8, "--init", weights, "--json")
    assert second.returncode == 0, second.stderr
    assert [p["name"] for p in json.loads(second.stdout.splitlines()[-1])["other_pictures"]] == ["harbour.png"]
    assert "harbour.png" in second.stderr
    assert "No outside pictures" not in second.stderr


def test_a_budget_of_memory_is_read_and_a_wrong_one_refused(photo, tmp_path):
    out = tmp_path / "out.tif"
    done = zssr("upscale", photo, "-o", out, "--steps", 4, "--memory", "1.5 GB")
    assert done.returncode == 0, done.stderr
    for wrong, told in (
        ("plenty", "no amount"),
        ("-2GB", "no amount"),
        ("9" * 400, "no amount"),
        ("3MB", "not enough"),
    ):
        done = zssr("upscale", photo, "-o", tmp_path / "no.tif", "--steps", 4, "--memory", wrong)
        assert done.returncode == 2
        assert told in done.stderr


def test_noise_and_compression_are_found_and_said(tmp_path):
    source = tmp_path / "old.jpg"
    with Image.open(piece_of_sample(tmp_path / "piece.png", (120, 60, 216, 156))) as image:
        image.convert("RGB").save(source, quality=40)
    options = ("--noise-std", "auto", "--grain", 0.4, "--grain-colour", 0.1, "--steps", 3, "--json")
    done = zssr("upscale", source, "-o", tmp_path / "new.png", *options)
    assert done.returncode == 0, done.stderr
    assert "JPEG compression of about quality 40" in done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["jpeg_quality"], told["grain"], told["grain_colour"]) == (40, 0.4, 0.1)
    for wrong in (("--noise-std", "much"), ("--noise-std", "0.9"), ("--grain", "1.5"), ("--grain-colour", "-0.1")):
        refused = zssr("upscale", source, "-o", tmp_path / "no.png", *wrong)
        assert refused.returncode == 2
        assert "give" in refused.stderr


def test_compression_is_cleaned_unless_told_otherwise(tmp_path):
    source = tmp_path / "fine.jpg"
    with Image.open(piece_of_sample(tmp_path / "piece.png", (120, 60, 184, 124))) as image:
        image.convert("RGB").save(source, quality=95)
    told = {
        (): True,
        ("--clean", "auto", "--kernel", "gaussian:1.5"): True,
        ("--noise-std", "auto"): True,
        ("--clean", "none"): False,
        ("--preset", "paper"): False,
    }
    for number, (options, cleaned) in enumerate(told.items()):
        done = zssr("upscale", source, "-o", tmp_path / f"{number}.png", "--steps", 2, "--json", *options)
        assert done.returncode == 0, done.stderr
        assert ("quality 95" in done.stderr) == cleaned
        assert json.loads(done.stdout.splitlines()[-1]).get("jpeg_quality") == (95 if cleaned else None)
