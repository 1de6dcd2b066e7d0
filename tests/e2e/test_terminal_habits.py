"""Habits of those who work in a terminal: odd names, closed terminals, pipes, pages, the same command again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from PIL import Image, PngImagePlugin
from typer.testing import CliRunner

import zssr_studio.__main__
from tests import piece_of_sample
from tests.e2e.test_terminal import PATIENCE_S, zssr, zssr_process
from zssr_studio import pipeline
from zssr_studio.cli.app import app
from zssr_studio.cli.signals import Interrupt, ending_signals
from zssr_studio.cli.streams import console, shown
from zssr_studio.errors import INTERRUPTED, BadInputError
from zssr_studio.imaging.read import read_info

if TYPE_CHECKING:
    from collections.abc import Callable

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
QUICK = ("--steps", "2", "--kernel", "bicubic", "--clean", "none")
TITLES = ("[/]", "[/new] of [Portrait of a woman]", ":smile: [bold]", "[link=x]y[/link]")


@pytest.fixture
def photo(tmp_path):
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 160, 90))


def named(photo: Path, name: str) -> Path:
    path = photo.parent / name
    path.parent.mkdir(exist_ok=True)
    return photo.rename(path)


def asked(*words: object) -> str:
    """Do a command in this process, and return all that it says."""
    done = CliRunner().invoke(app, [*map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("title", TITLES)
def test_square_brackets_in_a_title_are_shown_as_they_are(tmp_path, title):
    texts = PngImagePlugin.PngInfo()
    exif = Image.Exif()
    exif[270] = title
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", pnginfo=texts, exif=exif)
    told = asked("info", tmp_path / "a.png")
    assert title in told
    assert json.loads(asked("info", tmp_path / "a.png", "--json"))["exif"]["ImageDescription"] == title


def test_what_would_move_the_cursor_is_written_out(tmp_path):
    exif = Image.Exif()
    exif[270] = "red \x1b[31m and\x07 a title \x1b]0;other\x07"
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", exif=exif)
    told = asked("info", tmp_path / "a.png")
    assert "\x1b" not in told
    assert "\x07" not in told
    assert r"red \x1b[31m and\x07" in told
    assert shown("a\tb\nc\x9b") == "a\tb\nc\\x9b"
    assert shown("photo\u202egnp.exe\u2069") == "photo\\u202egnp.exe\\u2069"


@on_posix
@pytest.mark.parametrize("name", ["photo [final].png", "box[a/b].png", "[/].png", "[bold]:smile:.png"])
def test_square_brackets_in_a_name_are_shown_as_they_are(photo, name):
    source = named(photo, name)
    done = zssr("upscale", source, "--scale", "1", "--json")
    assert done.returncode == 0, done.stderr
    written = source.with_name(f"{source.stem}_zssr1x.png")
    assert f"{written}: 40 x 30 pixels" in done.stderr
    assert json.loads(done.stdout)["output"] == str(written)
    assert written.exists()


def test_a_long_name_and_a_long_title_are_shown_whole(photo):
    exif = Image.Exif()
    exif[270] = "of one word " + "w" * 300 + "\nand a line"
    source = photo.with_name("n" * 200 + ".png")
    Image.new("RGB", (4, 4)).save(source, exif=exif)
    told = asked("info", source)
    assert f"{source} (" in told or f"{source.name} (" in told
    assert "w" * 300 in told
    assert re.search("^ +and a line", told, re.MULTILINE)
    assert "…" not in told


def test_no_console_takes_text_for_markup(capsys):
    for title in TITLES:
        console().print(title)
        console(errors=True).print(title)
    out, err = capsys.readouterr()
    assert out.splitlines() == err.splitlines() == list(TITLES)


@on_posix
def test_names_that_are_no_text_work(tmp_path, photo):
    source = os.fsencode(tmp_path) + b"/caf\xe9.png"
    os.rename(photo, source)  # noqa: PTH104  # bytes have no Path
    source = os.fsdecode(source)
    for locale in ({"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        told = zssr_process("info", source, **locale)
        assert told.returncode == 0, told.stderr
        assert "caf" in told.stdout
    weights = tmp_path / "caf.safetensors"
    done = zssr_process("upscale", source, "--scale", "1", LC_ALL="C.UTF-8", PYTHONUTF8="1")
    assert done.returncode == 0, done.stderr
    assert os.path.exists(os.fsencode(tmp_path) + b"/caf\xe9_zssr1x.png")  # noqa: PTH110
    asked("upscale", source, *QUICK, "--save-weights", weights)
    assert os.path.exists(os.fsencode(tmp_path) + b"/caf\xe9_zssr2x.png")  # noqa: PTH110
    assert weights.exists()
    found = zssr_process("estimate-kernel", source, "-o", tmp_path / "k.npy", LC_ALL="C.UTF-8", PYTHONUTF8="1")
    assert found.returncode == 0, found.stderr


def test_letters_that_the_terminal_lacks_are_replaced(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "港 über Ω.png")
    command = [sys.executable, "-m", "zssr_studio", "info", "港 über Ω.png"]
    variables = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, check=False, env=variables, cwd=tmp_path, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    assert "? über ?" in done.stdout.decode("latin-1")


def test_a_name_of_four_byte_letters_is_written_and_a_longer_one_refused(photo):
    written = photo.with_name("\U0001f3d4" * 61 + "-2.png")
    asked("upscale", photo, "-o", written, *QUICK)
    assert written.exists()
    source = photo.rename(photo.with_name("n" * 245 + ".png"))
    with pytest.raises(BadInputError, match="at most 255"):
        asked("upscale", source, *QUICK)


def before_the_run(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something when all is prepared and nothing is trained yet."""
    upscale = pipeline.upscale_in_bands

    def run(*arguments, **options):
        do()
        return (yield from upscale(*arguments, **options))

    monkeypatch.setattr(pipeline, "upscale_in_bands", run)


def test_a_result_whose_place_is_gone_after_training_is_kept_and_told(photo, tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    folder.mkdir()
    before_the_run(monkeypatch, folder.rmdir)
    words = ("upscale", photo, "-o", folder / "o.png", *QUICK, "--save-weights", folder / "w.safetensors", "--json")
    done = CliRunner().invoke(app, [*map(str, words)])
    assert done.exit_code == 1, done.output
    kept = json.loads(done.stdout.splitlines()[-1])["output"]
    with Image.open(kept) as image:
        assert image.size == (80, 60)
    assert f"The result is kept: {kept}" in done.stderr
    assert done.stderr.count("The result is kept") == 2
    assert "w.safetensors" in done.stderr


def test_a_source_that_is_gone_after_training_costs_no_result(photo, tmp_path, monkeypatch):
    before_the_run(monkeypatch, photo.unlink)
    asked("upscale", photo, "-o", tmp_path / "o.png", *QUICK)
    assert (tmp_path / "o.png").exists()


def test_memory_that_is_not_enough_is_a_sentence(photo, tmp_path, monkeypatch, capsys):
    from zssr_studio.cli import app as terminal

    def full(*_):
        raise MemoryError

    monkeypatch.setattr(terminal, "app", full)
    monkeypatch.setattr(terminal, "outlast_terminal", lambda: None)
    monkeypatch.setattr(terminal, "end_at_once", lambda: None)
    with pytest.raises(SystemExit) as ended:
        terminal.main()
    assert ended.value.code == 1
    assert "memory is not enough" in capsys.readouterr().err


@pytest.fixture
def training(photo, tmp_path):
    """A run that trains until it is told to end."""
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(photo), "-o", str(tmp_path / "o.png"), "--json"]
    command += ["--seconds", "600", "--kernel", "bicubic", "--clean", "none"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert any("training on" in line for line in iter(run.stderr.readline, ""))
        yield run
        run.kill()


@on_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_keeps_the_best_so_far_however_often_it_comes(training, tmp_path, name):
    for _ in range(3):
        training.send_signal(getattr(signal, name))
    stdout, stderr = training.communicate(timeout=PATIENCE_S)
    assert training.returncode == 130, stderr
    assert "best result so far" in stderr
    assert json.loads(stdout.splitlines()[-1])["interrupted"] is True
    with Image.open(tmp_path / "o.png") as image:
        assert image.size == (80, 60)
    assert not list(tmp_path.glob(".*"))


@on_posix
def test_a_run_whose_reader_is_gone_goes_on(training, tmp_path):
    training.stderr.close()
    training.stdout.close()
    training.send_signal(signal.SIGTERM)
    assert training.wait(timeout=PATIENCE_S) == 130
    with Image.open(tmp_path / "o.png") as image:
        assert image.size == (80, 60)


@on_posix
@pytest.mark.parametrize("command", [("methods", "--json"), ("devices",), ("--version",)])
def test_who_closed_the_streams_before_gets_no_traceback(command):
    def close_output() -> None:
        os.close(1)

    program = [sys.executable, "-m", "zssr_studio", *command]
    done = subprocess.run(
        program, stderr=subprocess.PIPE, text=True, check=False, timeout=PATIENCE_S, preexec_fn=close_output
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a device that is always full is Linux's")
@pytest.mark.parametrize("command", [("methods", "--json"), ("presets",), ("--version",)])
def test_output_that_a_full_disk_does_not_take_is_a_failure(command):
    program = [sys.executable, "-m", "zssr_studio", *command]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=PATIENCE_S)
    assert done.returncode == 1
    assert done.stderr.startswith("zssr-studio: What was printed is not complete")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="terminals are made here as Linux has them")
def test_a_run_whose_terminal_is_closed_keeps_the_best_so_far(photo, tmp_path):
    import pty

    command = [sys.executable, "-m", "zssr_studio", "upscale", str(photo), "-o", str(tmp_path / "o.png")]
    command += ["--seconds", "600", "--kernel", "bicubic", "--clean", "none"]
    child, terminal = pty.fork()
    if child == 0:  # the terminal is its own from here on
        os.execvp(command[0], command)
    told = b""
    while b"training on" not in told:
        told += os.read(terminal, 1000)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130
    with Image.open(tmp_path / "o.png") as image:
        assert image.size == (80, 60)


@on_posix
def test_ctrl_c_while_the_program_loads_is_a_sentence(monkeypatch, capsys):
    class Loading(types.ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["zssr-studio", "presets"])
    monkeypatch.setitem(sys.modules, "zssr_studio.cli.app", Loading("zssr_studio.cli.app"))
    with pytest.raises(SystemExit) as end:
        zssr_studio.__main__.main()
    assert end.value.code == 130
    assert capsys.readouterr().err == INTERRUPTED


def test_a_command_that_is_ended_at_once_says_so(photo, monkeypatch):
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zssr_studio.imaging.describe.described", pressed)
    done = zssr("info", photo)
    assert (done.returncode, done.stderr) == (130, INTERRUPTED)


def test_who_outlives_a_terminal_by_nohup_goes_on_to_do_so(monkeypatch):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert ending_signals() == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGHUP, before)
    assert signal.SIGHUP in ending_signals()


def test_a_second_ctrl_c_leaves_at_once_and_one_press_that_comes_twice_does_not(monkeypatch):
    clock = [10.0]
    monkeypatch.setattr("zssr_studio.cli.signals.time.monotonic", lambda: clock[0])
    interrupt = Interrupt()
    interrupt.on_signal(signal.SIGTERM, None)
    assert interrupt.requested()
    interrupt.on_signal(signal.SIGINT, None)
    clock[0] += 0.01
    interrupt.on_signal(signal.SIGINT, None)
    clock[0] += 1
    with pytest.raises(KeyboardInterrupt):
        interrupt.on_signal(signal.SIGINT, None)


@on_posix
def test_a_pipe_is_refused_at_once_wherever_a_file_is_asked_for(photo, tmp_path):
    pipe = tmp_path / "pipe.npy"
    os.mkfifo(pipe)
    (tmp_path / "pipe.icc").symlink_to(pipe)
    out = ("-o", tmp_path / "o.png")
    for words in (
        ("info", pipe),
        ("upscale", pipe, *out),
        ("estimate-kernel", pipe, "-o", tmp_path / "k.npy"),
        ("upscale", photo, *out, "--kernel", pipe),
        ("upscale", photo, *out, "--init", pipe),
        ("upscale", photo, *out, "--colour", tmp_path / "pipe.icc"),
        ("info", "/dev/null"),
    ):
        with pytest.raises(BadInputError, match=r"is a (pipe|device), which cannot be read. Save it as a file"):
            asked(*words)


@on_posix
def test_standard_input_is_refused_where_it_is_a_pipe_and_read_where_it_is_a_file(photo):
    command = [sys.executable, "-m", "zssr_studio", "info", "/dev/stdin"]
    piped = subprocess.run(command, input=photo.read_bytes(), capture_output=True, check=False, timeout=PATIENCE_S)
    assert piped.returncode == 2
    assert b"/dev/stdin is a pipe, which cannot be read" in piped.stderr
    with photo.open("rb") as file:
        read = subprocess.run(command, stdin=file, capture_output=True, check=False, timeout=PATIENCE_S)
    assert read.returncode == 0, read.stderr
    assert b"40 x 30 pixels" in read.stdout


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "avif", "jxl", "tif"])
def test_a_page_that_is_not_there_is_refused(photo, tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    if suffix == "jxl":
        asked("upscale", photo, "-o", path, "--scale", "1")
    else:
        with Image.open(photo) as image:
            image.save(path)
    assert read_info(path).page == 1
    for page in (2, 0, -1):
        with pytest.raises(BadInputError, match=f"page {page}"):
            asked("upscale", path, "--page", page, "-o", tmp_path / "o.png", *QUICK)
    assert not (tmp_path / "o.png").exists()


def test_a_page_that_cannot_be_chosen_is_refused_and_one_that_can_is_read(tmp_path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "moving.webp", save_all=True, append_images=frames[1:], lossless=True)
    with pytest.raises(BadInputError, match="2 pictures"):
        asked("info", tmp_path / "moving.webp", "--page", "2")
    tifffile.imwrite(tmp_path / "two.tif", np.zeros((2, 8, 8), np.uint8), photometric="minisblack")
    assert "2 of 2" in asked("info", tmp_path / "two.tif", "--page", "2")
    with pytest.raises(BadInputError, match="no page 3"):
        asked("info", tmp_path / "two.tif", "--page", "3")


@pytest.mark.parametrize(
    ("suffix", "options"),
    [("png", QUICK), ("tif", QUICK), *((suffix, ("--scale", "1")) for suffix in ("jpg", "webp", "avif", "jxl"))],
)
def test_the_same_seed_and_steps_write_the_same_file(photo, tmp_path, suffix, options):
    written = []
    for name in ("a", "b"):
        path = tmp_path / name / f"o.{suffix}"
        path.parent.mkdir()
        asked("upscale", photo, "-o", path, *options, "--seed", "3")
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_the_time_that_is_told_is_the_sources_or_the_one_of_source_date_epoch(photo, tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    os.utime(photo, (1_000_000_000, 1_000_000_000))
    asked("upscale", photo, "-o", tmp_path / "a.png", "--scale", "1")
    assert b"2001-09-09T01:46:40+00:00" in (tmp_path / "a.png").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    asked("upscale", photo, "-o", tmp_path / "b.png", "--scale", "1")
    assert b"1970-01-02T00:00:00+00:00" in (tmp_path / "b.png").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(BadInputError, match="SOURCE_DATE_EPOCH is 'yesterday'"):
        asked("upscale", photo, "-o", tmp_path / "c.png", "--scale", "1")


def test_threads_that_are_asked_for_are_taken_and_told(photo, tmp_path):
    said = asked("upscale", photo, "-o", tmp_path / "a.png", *QUICK, "--threads", "1", "--json")
    assert json.loads(said.splitlines()[-1])["threads"] == 1
    assert b"threads 1" in (tmp_path / "a.png").read_bytes()
    with pytest.raises(BadInputError, match="0 threads"):
        asked("upscale", photo, "-o", tmp_path / "b.png", *QUICK, "--threads", "0")
