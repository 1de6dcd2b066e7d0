"""Many pictures as a person in a terminal does them: bad files among them, ends in the middle, and again."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sys
import time
from dataclasses import fields
from typing import TYPE_CHECKING

import psutil
import pytest
import typer
from PIL import Image

from tests.batches import ENDLESS, QUICK, QUICK_OPTIONS, batch_process, begun, box
from tests.e2e.test_terminal import PATIENCE_S
from tests.samples.certificates import identity
from tests.terminal import zssr
from zssr_studio.batch.events import Begun, Ended, Failed, Finished, Planned, Progressed, WorkerLost
from zssr_studio.batch.kept.journal import Journal, journals_in
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.one_file.options import Options
from zssr_studio.batch.request import Request
from zssr_studio.cli.app import app
from zssr_studio.cli.options import DECLARED
from zssr_studio.cli.signals import ONE_PRESS_S

if TYPE_CHECKING:
    from pathlib import Path

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return box(tmp_path / "box")


def names(folder: Path, pattern: str = "*.png") -> list[str]:
    return sorted(path.name for path in folder.glob(pattern))


def stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.png")}


def table(folder: Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO((folder / "batch.csv").read_text("utf-8")))
    return {row["image"].rpartition(os.sep)[2]: row for row in rows}


def test_a_batch_signs_each_result_and_signs_again_what_it_wrote_unsigned(tmp_path):
    c2pa = pytest.importorskip("c2pa", reason="the extra c2pa is not installed")
    pictures, out = box(tmp_path / "box", 2), tmp_path / "out"
    assert zssr("batch", pictures, "-o", out, *QUICK).returncode == 0
    command = ("batch", pictures, "-o", out, *QUICK, *identity(tmp_path).arguments)
    done = zssr(*command)
    assert done.returncode == 0, done.stderr
    for name in names(out):
        reader = c2pa.Reader("image/png", io.BytesIO((out / name).read_bytes()))
        assert reader.get_validation_state() == "Valid"
    before = stamps(out)
    assert zssr(*command).returncode == 0
    assert stamps(out) == before


def test_a_key_that_cannot_sign_or_would_leave_the_machine_begins_no_batch(tmp_path):
    pytest.importorskip("c2pa", reason="the extra c2pa is not installed")
    pictures, out, own = box(tmp_path / "box", 1), tmp_path / "out", identity(tmp_path, None)
    for more, sentence in (((), "cannot sign"), (("--cluster", "local:1"), "is not sent to the workers")):
        done = zssr("batch", pictures, "-o", out, *QUICK, *own.arguments, *more)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert not out.exists()


def test_a_batch_has_each_option_of_upscale():
    commands = typer.main.get_command(app).commands
    known = {name: {option for one in commands[name].params for option in one.opts} for name in ("upscale", "batch")}
    # Files and figures beside one result; each result of a batch carries its record in its own metadata.
    beside = {"--save-weights", "--record", "--premis", "--maps", "--members", "--kernel-off"}
    assert known["upscale"] - known["batch"] == {*beside, "image"}
    # What the window hands on has no option; a field that was not declared would keep its default without a word.
    assert {*DECLARED, "given"} == {field.name for field in fields(Options)}


def test_a_batch_gives_the_bits_that_upscale_gives_and_a_second_one_does_nothing(pictures, tmp_path):
    out = tmp_path / "out"
    done = zssr("batch", pictures, "-o", out, "--workers", 2, "--steps", 2, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["done"] == 8
    assert names(out) == [f"p{n}_zssr2x.png" for n in range(8)]
    alone = tmp_path / "alone.png"
    assert zssr("upscale", pictures / "p3.png", "-o", alone, "--steps", 2, "--threads", 1).returncode == 0
    assert (out / "p3_zssr2x.png").read_bytes() == alone.read_bytes()
    before = stamps(out)
    again = zssr("batch", pictures, "-o", out, "--workers", 1, "--steps", 2, "--json")
    assert again.returncode == 0, again.stderr
    assert "0 to enlarge with 1 worker; 8 done before" in again.stderr
    assert stamps(out) == before
    page = (out / "batch.html").read_text("utf-8")
    assert page.count("<article>") == 8
    assert page.count('src="data:image/jpeg;base64,') == 24
    assert "No outside pictures were used." in page
    assert len(re.findall(r", consistency \d+\.\d dB\. ", page)) == 8


def test_what_changed_is_done_again_and_what_did_not_is_not(pictures, tmp_path):
    out = tmp_path / "out"
    words = ("batch", pictures, "-o", out, "--workers", 1, *QUICK)
    assert zssr(*words).returncode == 0
    before = stamps(out)
    (pictures / "p1.png").write_bytes((pictures / "p7.png").read_bytes())
    os.utime(pictures / "p2.png")  # looked at with a later time and the same bytes
    torn = out / "p4_zssr2x.png"
    torn.write_bytes(torn.read_bytes()[:200])
    done = zssr(*words)
    assert done.returncode == 0, done.stderr
    assert "2 to enlarge with 1 worker; 6 done before" in done.stderr
    assert sorted(name for name, stamp in stamps(out).items() if stamp != before[name]) == [
        "p1_zssr2x.png",
        "p4_zssr2x.png",
    ]
    with Image.open(torn) as image:
        image.load()
    other = zssr(*words, "--seed", 1)
    assert "8 to enlarge with 1 worker." in other.stderr


def test_a_box_that_was_moved_with_its_results_is_known_again(pictures, tmp_path):
    words = ("--workers", 1, *QUICK)
    assert zssr("batch", pictures, "-o", tmp_path / "out", *words).returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").rename(elsewhere / "out")
    box_there = pictures.rename(elsewhere / "box")
    # One of the same size and time, which is another picture.
    status = (box_there / "p1.png").stat()
    os.truncate(box_there / "p2.png", status.st_size)
    (box_there / "p1.png").write_bytes(bytes(status.st_size))
    os.utime(box_there / "p1.png", ns=(status.st_atime_ns, status.st_mtime_ns))
    before = stamps(elsewhere / "out")
    done = zssr("batch", box_there, "-o", elsewhere / "out", *words)
    assert "2 to enlarge with 1 worker; 6 done before" in done.stderr
    assert stamps(elsewhere / "out") == before
    assert {row["image"] for row in table(elsewhere / "out").values()} == {str(one) for one in box_there.glob("*.png")}


def test_results_beside_their_sources_are_not_enlarged_again(pictures):
    words = ("batch", pictures, "-o", pictures, "--workers", 1, "--name", "{stem}-large.png", *QUICK)
    assert zssr(*words).returncode == 0
    again = zssr(*words)
    assert again.returncode == 0, again.stderr
    assert "0 to enlarge with 1 worker; 8 done before" in again.stderr
    assert len(names(pictures)) == 16


def test_no_source_is_replaced_by_the_result_of_another_one(pictures):
    one, *_, other = sorted(pictures.iterdir())
    other = other.rename(one.with_name(f"{one.stem}_zssr2x{one.suffix}"))
    before = other.read_bytes()
    done = zssr("batch", pictures, "-o", pictures, "--workers", 1, "--overwrite", *QUICK)
    assert done.returncode == 2
    assert f"The result of {one} would replace {other}, which is to be enlarged too" in " ".join(done.stderr.split())
    assert other.read_bytes() == before


def test_bad_files_are_rows_with_a_sentence_and_stop_nothing(pictures, tmp_path):
    out = tmp_path / "out"
    whole = (pictures / "p0.png").read_bytes()
    (pictures / "cut.png").write_bytes(whole[: len(whole) // 2])
    (pictures / "letter.jpg").write_text("Dear Sir")
    (pictures / "folder.tif").mkdir()
    (pictures / "empty.png").touch()
    header = b"BM" + (54).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    (pictures / "bomb.bmp").write_bytes(header + (2**30).to_bytes(4, "little") * 2 + b"\1\0\x18\0" + bytes(24))
    (out / "p5_zssr2x.png").parent.mkdir()
    (out / "p5_zssr2x.png").write_bytes(b"mine")
    words = ("batch", pictures, "-o", out, "--workers", 1, *QUICK)
    done = zssr(*words, "--json")
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["done"] == 7
    rows = table(out)
    failed = {name: row["sentence"] for name, row in rows.items() if row["state"] == "failed"}
    assert sorted(failed) == ["bomb.bmp", "cut.png", "empty.png", "folder.tif", "letter.jpg", "p5.png"]
    assert all(sentence.endswith(".") for sentence in failed.values())
    assert "exists already" in failed["p5.png"]
    assert (out / "p5_zssr2x.png").read_bytes() == b"mine"
    page = (out / "batch.html").read_text("utf-8")
    assert page.index("letter.jpg") < page.index("p0.png")

    told = zssr("batch", "--status", out)
    assert re.search(r"done +7\n", told.stdout)
    assert "letter.jpg" in told.stdout
    again = zssr(*words)
    assert (again.returncode, "6 failed before" in again.stderr) == (1, True)
    for name in ("cut.png", "empty.png"):
        (pictures / name).write_bytes(whole)  # repaired, which counts as changed
    os.rename(out / "p5_zssr2x.png", out / "mine.txt")  # noqa: PTH104
    third = zssr(*words, "--retry", "--json")
    assert third.returncode == 1
    assert json.loads(third.stdout.splitlines()[-1])["failed"] == 3
    assert "6 to enlarge" in third.stderr


def test_what_a_person_put_where_a_picture_failed_is_kept(tmp_path):
    pictures, out = box(tmp_path / "box", 1), tmp_path / "out"
    words = ("batch", pictures, "-o", out, "--workers", 1, *QUICK)
    whole = (pictures / "p0.png").read_bytes()
    (pictures / "p0.png").write_bytes(whole[: len(whole) // 2])
    assert zssr(*words).returncode == 1
    (pictures / "p0.png").write_bytes(whole)
    (out / "p0_zssr2x.png").write_bytes(b"mine")
    assert zssr(*words).returncode == 1
    assert "exists already" in table(out)["p0.png"]["sentence"]
    assert (out / "p0_zssr2x.png").read_bytes() == b"mine"


def test_two_inputs_for_one_output_are_told_before_anything_begins(pictures, tmp_path):
    other = box(tmp_path / "other", 1)
    out = tmp_path / "out"
    done = zssr("batch", pictures, other, "-o", out, *QUICK)
    assert done.returncode == 2
    assert "would give one output" in done.stderr
    assert str(other / "p0.png") in done.stderr
    assert names(out) == []
    named = zssr("batch", pictures, other, "-o", out, "--workers", 1, "--name", "{folder}-{stem}.tif", *QUICK)
    assert named.returncode == 0, named.stderr
    assert "other-p0.tif" in names(out, "*.tif")


def test_folders_are_kept_and_lists_are_read(pictures, tmp_path, monkeypatch):
    inner = box(pictures / "inner" / "deep", 1)
    out = tmp_path / "out"
    done = zssr("batch", pictures, "-o", out, "--recursive", "--tree", "--workers", 1, *QUICK)
    assert done.returncode == 0, done.stderr
    assert (out / "inner" / "deep" / "p0_zssr2x.png").exists()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{inner / 'p0.png'}\n\n{pictures / 'nowhere.png'}\n"))
    listed = zssr("batch", "--list", "-", "-o", tmp_path / "listed", "--workers", 1, *QUICK)
    assert listed.returncode == 1
    assert names(tmp_path / "listed") == ["p0_zssr2x.png"]
    assert "nowhere.png" in listed.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their names are always text")
def test_a_list_on_standard_input_has_names_that_are_no_text(pictures, tmp_path, monkeypatch):
    odd = os.fsencode(pictures / "caf") + b"\xe9.png"
    os.rename(pictures / "p0.png", odd)  # noqa: PTH104
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(odd + b"\n"), encoding="utf-8"))
    done = zssr("batch", "--list", "-", "-o", tmp_path / "out", "--workers", 1, *QUICK)
    assert done.returncode == 0, done.stderr
    assert os.listdir(os.fsencode(tmp_path / "out")).count(b"caf\xe9_zssr2x.png") == 1  # noqa: PTH208


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their names are always text")
def test_a_bad_file_whose_name_is_no_text_stops_nothing(tmp_path):
    pictures, out = box(tmp_path / "box", 1), tmp_path / "out"
    (pictures / os.fsdecode(b"caf\xe9.png")).write_bytes(b"no picture")
    words = ("batch", pictures, "-o", out, "--workers", 1, *QUICK)
    done = zssr(*words, "--json")
    assert done.returncode == 1, done.stderr
    counts = json.loads(done.stdout.splitlines()[-1])
    assert (counts["done"], counts["failed"]) == (1, 1)
    assert table(out)["caf?.png"]["sentence"].startswith("caf?.png is not a PNG")
    assert zssr("batch", "--status", out).returncode == 0
    assert "1 failed before" in zssr(*words).stderr


def test_nothing_to_do_and_nonsense_exit_with_2(pictures, tmp_path):
    out = tmp_path / "out"
    (tmp_path / "empty").mkdir()
    wrong = (
        ((pictures,), "-o"),
        ((tmp_path / "nowhere", "-o", out), "nowhere"),
        ((tmp_path / "empty", "-o", out), "No pictures were found"),
        ((tmp_path / "*.gif", "-o", out), "Nothing is called like"),
        ((pictures, "-o", out, "--shard", "5/4"), "--shard 5/4"),
        ((pictures, "-o", out, "--name", "{stam}"), "{stam}"),
        ((pictures, "-o", out, "--name", "{stem:03d}"), "{stem:03d}"),
        ((pictures, "-o", out, "--name", "../{stem}"), "without folders"),
        ((pictures, "-o", out, "--workers", "0"), "workers"),
        ((pictures, "-o", out, "--size", "80x", "--name", "{stem}{scale}"), "scale"),
        ((pictures, "-o", out, "--kin", "2", "--init", "a.safetensors"), "--init"),
        ((pictures, "-o", out, "--device", "abacus"), "abacus"),
        ((pictures, "-o", out, "--report"), "--status"),
        ((pictures, "-o", out, "--name", "{stem}.gif"), ".gif is not written"),
        (("--list", pictures / "p0.png", "-o", out), "a path on each line"),
        (("--status", tmp_path / "empty"), "journal"),
    )
    for arguments, told in wrong:
        done = zssr("batch", *arguments)
        assert done.returncode == 2, (arguments, done.stderr)
        assert told in done.stderr
        assert "Traceback" not in done.stderr


def test_parts_of_a_batch_are_all_of_it_and_none_is_done_twice(pictures, tmp_path):
    out = tmp_path / "out"
    counts = []
    for number in (1, 2):
        done = zssr("batch", pictures, "-o", out, "--shard", f"{number}/2", "--workers", 1, "--json", *QUICK)
        assert done.returncode == 0, done.stderr
        counts.append(json.loads(done.stdout.splitlines()[-1])["done"])
    assert sum(counts) == 8
    assert len(names(out)) == 8
    assert len(journals_in(out)) == 2
    assert json.loads(zssr("batch", "--status", out, "--json").stdout)["done"] == 8
    assert len(table(out)) == 8


def test_a_look_says_what_is_found_and_writes_nothing(pictures, tmp_path):
    with Image.open(pictures / "p0.png") as image:
        image.convert("RGB").save(pictures / "old.jpg", quality=30)
    (pictures / "letter.png").write_text("Dear Sir")
    out = tmp_path / "out"
    done = zssr("batch", pictures, "-o", out, "--dry-run", "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert "80 x 60" in done.stdout
    assert "quality 30" in " ".join(done.stdout.split())
    assert "cannot be done" in done.stdout
    assert "9 pictures to enlarge, 1 that cannot be, 0 done before" in done.stdout
    assert not out.exists()


def test_kin_start_from_the_first_and_say_so(pictures, tmp_path):
    out = tmp_path / "out"
    words = ("batch", pictures, "-o", out, "--workers", 2, "--kin", 2, "--json", *QUICK)
    done = zssr(*words)
    assert done.returncode == 0, done.stderr
    rows = table(out)
    assert (rows["p0.png"]["other_pictures"], rows["p1.png"]["other_pictures"]) == ("", "p0.png")
    assert all(rows[f"p{n}.png"]["other_pictures"] == "p0.png; p1.png" for n in range(2, 8))
    assert "kin_saved_seconds" in json.loads(done.stdout.splitlines()[-1])
    assert "Kin: the first picture was trained for" in done.stderr
    assert "8 done before" in zssr(*words).stderr


def test_one_estimate_is_taken_for_all(tmp_path):
    from PIL import ImageFilter

    from tests import piece_of_sample

    folder = tmp_path / "soft"
    folder.mkdir()
    for number in range(2):
        piece = piece_of_sample(folder / f"s{number}.png", (60 * number, 0, 60 * number + 160, 160))
        with Image.open(piece) as image:
            image.filter(ImageFilter.GaussianBlur(1.2)).save(piece)
    out = tmp_path / "out"
    done = zssr("batch", folder, "-o", out, "--one-estimate", "--workers", 1, "--steps", 2)
    assert done.returncode == 0, done.stderr
    kernels = {row["kernel"] for row in table(out).values()}
    assert len(kernels) == 1
    assert ("All pictures are taken" in done.stderr) == (kernels == {"batch-kernel.npy"})
    words = ("batch", folder, "-o", out, "--one-estimate", "--workers", 1, "--steps", 2)
    again = zssr(*words)
    assert "2 done before" in again.stderr
    assert "All pictures are taken" not in again.stderr
    assert "No blur was found" not in again.stderr
    # One that is added gets the blur that the others got, and not its own.
    kernel = (out / "batch-kernel.npy").read_bytes()
    with Image.open(piece_of_sample(tmp_path / "sharp.png", (160, 60, 320, 220))) as image:
        image.filter(ImageFilter.GaussianBlur(2.5)).save(folder / "softer.png")
    assert zssr(*words).returncode == 0
    assert (out / "batch-kernel.npy").read_bytes() == kernel
    assert table(out)["softer.png"]["kernel"] == "batch-kernel.npy"


@on_posix
def test_a_worker_that_is_killed_costs_one_picture_some_time(pictures, tmp_path):
    enlarge_sources(pictures)
    request = Request(words=(str(pictures),), folder=tmp_path / "out", options=QUICK_OPTIONS)
    lost, finished = [], []
    with begun(request) as (_, events):
        for event in events:
            if isinstance(event, Begun) and not lost and event.output.startswith("p2"):
                kill_workers()
            if isinstance(event, WorkerLost):
                lost.append(event)
            if isinstance(event, Finished):
                finished.append(event.output)
    assert [event.output for event in lost] == ["p2_zssr2x.png"]
    assert "SIGKILL" in lost[0].sentence
    assert sorted(finished) == [f"p{n}_zssr2x.png" for n in range(8)]
    assert finished[-1] == "p2_zssr2x.png"


@on_posix
def test_a_picture_that_kills_its_worker_twice_has_failed(pictures, tmp_path):
    enlarge_sources(pictures)
    request = Request(words=(str(pictures),), folder=tmp_path / "out", options=QUICK_OPTIONS)
    with begun(request) as (_, events):
        told = []
        for event in events:
            told.append(event)
            if isinstance(event, Begun) and event.output.startswith("p2"):
                kill_workers()
    failed = [event for event in told if isinstance(event, Failed)]
    assert [event.output for event in failed] == ["p2_zssr2x.png"]
    assert "twice" in failed[0].sentence
    assert told[-1].done == 7
    assert list((tmp_path / "out").glob(".*.part")) == []


def kill_workers() -> None:
    """End the workers of this process, and no other program."""
    for child in psutil.Process().children():
        if "zssr_studio.batch.workers.worker" in child.cmdline():
            child.kill()


def test_a_batch_stands_still_goes_on_and_ends_after_the_pictures_in_hand(pictures, tmp_path):
    request = Request(words=(str(pictures),), folder=tmp_path / "out", options=QUICK_OPTIONS)
    told = []
    with begun(request) as (coordinator, events):
        for event in events:
            told.append(event)
            match event:
                case Begun() if event.output.startswith("p1"):
                    coordinator.pause()
                    waited = [next(events) for _ in range(4)]
                    assert not any(isinstance(one, Finished) for one in waited)
                    coordinator.go_on()
                case Finished() if event.output.startswith("p2"):
                    coordinator.end_after_these()
    assert isinstance(told[0], Planned)
    end = told[-1]
    assert isinstance(end, Ended)
    assert (end.done, end.failed, end.left) == (3, 0, 5)
    with Journal(journals_in(tmp_path / "out")[0], is_read_only=True) as journal:
        assert journal.counts()[State.WAITING] == 5


@on_posix
def test_ctrl_c_ends_after_the_pictures_in_hand_and_twice_at_once(pictures, tmp_path):
    out = tmp_path / "out"
    enlarge_sources(pictures)
    words = (pictures, "-o", out, "--workers", 1, *QUICK)
    with batch_process(*words) as run:
        assert any("p1_zssr2x.png: done" in line for line in iter(run.stderr.readline, ""))
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 130, errors
    assert "left for the next time" in errors
    assert 2 <= len(names(out)) < 8
    # Trained until it is ended: the pictures are in hand when the second one comes.
    with batch_process(pictures, "-o", out, "--workers", 1, *ENDLESS) as run:
        assert any("8 to enlarge" in line for line in iter(run.stderr.readline, ""))
        wait_for_begun(out)
        run.send_signal(signal.SIGINT)
        assert any("Ctrl+C again" in line for line in iter(run.stderr.readline, ""))
        time.sleep(2 * ONE_PRESS_S)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 130
    assert list(out.glob(".*.part")) == []


def wait_for_begun(out: Path) -> None:
    """Wait until a picture is in hand."""
    limit_s = time.monotonic() + PATIENCE_S
    with Journal(journals_in(out)[0], is_read_only=True) as journal:
        while not journal.counts()[State.WORKING]:
            assert time.monotonic() < limit_s
            time.sleep(0.02)


def enlarge_sources(folder: Path) -> None:
    """Make pictures from the third on so large that they are still in hand when something happens to the batch."""
    for path in sorted(folder.iterdir())[2:]:
        with Image.open(path) as image:
            image.resize((300, 200)).save(path)


@on_posix
def test_a_batch_that_is_killed_takes_its_workers_along_and_goes_on_later(pictures, tmp_path):
    out = tmp_path / "out"
    enlarge_sources(pictures)
    words = (pictures, "-o", out, "--workers", 2, *QUICK)
    with batch_process(*words) as run:
        assert any("zssr2x.png: done" in line for line in iter(run.stderr.readline, ""))
        workers = psutil.Process(run.pid).children()
        run.kill()
        run.communicate(timeout=PATIENCE_S)
    assert workers
    gone, alive = psutil.wait_procs(workers, timeout=PATIENCE_S)
    assert (len(gone), alive) == (len(workers), [])
    with Journal(journals_in(out)[0], is_read_only=True) as journal:
        done = [row.output for row in journal.rows(State.DONE)]
    assert done
    before = stamps(out)
    again = zssr("batch", *words, "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout.splitlines()[-1])["done"] == 8
    assert {name: stamps(out)[name] for name in done} == {name: before[name] for name in done}
    assert list(out.glob(".*.part")) == []


@on_posix
def test_two_batches_do_not_work_in_one_folder(pictures, tmp_path):
    request = Request(words=(str(pictures),), folder=tmp_path / "out", options=QUICK_OPTIONS)
    with begun(request) as (_, events):
        assert isinstance(next(events), Planned)
        with batch_process(pictures, "-o", tmp_path / "out", *QUICK) as second:
            _, errors = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 2
    assert "Another batch works in" in errors


def test_what_is_told_meanwhile_is_of_the_pictures_in_hand(pictures, tmp_path):
    options = QUICK_OPTIONS.from_plain({**QUICK_OPTIONS.plain(), "steps": None, "seconds": 1.5, "least_gain_db": 0.0})
    request = Request(words=(str(pictures / "p0.png"),), folder=tmp_path / "out", options=options)
    with begun(request) as (_, events):
        told = list(events)
    shares = [event.share for event in told if isinstance(event, Progressed)]
    assert shares
    assert shares == sorted(shares)
    assert {event.output for event in told if isinstance(event, Progressed)} == {"p0_zssr2x.png"}
