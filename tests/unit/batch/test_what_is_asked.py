"""What words mean, how results are called, and what stands of an earlier batch."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.benchmarks.endurance.batch import Instant
from zssr_studio.batch.coordinator import Coordinator
from zssr_studio.batch.events import Ended, Finished, Planned, Waited
from zssr_studio.batch.inputs import Input, inputs, listed
from zssr_studio.batch.kept import lock
from zssr_studio.batch.kept.journal import Journal
from zssr_studio.batch.kept.lock import only_batch
from zssr_studio.batch.kept.resume import ask_for, settings_hash
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.names import Shard, naming
from zssr_studio.batch.one_file.options import Options
from zssr_studio.batch.one_file.order import Order
from zssr_studio.batch.one_file.preparation import check_options
from zssr_studio.batch.report import look_at
from zssr_studio.batch.request import Request, opened
from zssr_studio.batch.workers import processes
from zssr_studio.batch.workers.machine import workers_for
from zssr_studio.cli.batch.tables import Survey
from zssr_studio.engine.runtime import device
from zssr_studio.errors import BadInputError, FailureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.batch.one_file.options import Plain

OPTIONS = Options(steps=2)
# For what a worker says, on a machine whose cores are all busy with other things.
PATIENCE_S = 600.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.png", "b.TIF", "notes.txt", ".hidden.png", "in/c.jpg", "in/.old/d.png", "out/e.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "album.png").mkdir()
    return tmp_path


def relative(folder: Path, *words: str, recursive: bool = False) -> list[str]:
    return [one.relative for one in inputs(words, recursive=recursive, left_out=folder / "out")]


def test_folders_files_and_patterns(folder):
    assert relative(folder, str(folder)) == ["a.png", "album.png", "b.TIF"]
    assert relative(folder, str(folder), recursive=True) == ["a.png", "album.png", "b.TIF", "in/c.jpg"]
    assert relative(folder, str(folder / "notes.txt")) == ["notes.txt"]
    assert relative(folder, str(folder / "*.png")) == ["a.png", "album.png"]
    assert relative(folder, str(folder / "**" / "*.jpg"), recursive=True) == ["in/c.jpg"]
    with pytest.raises(BadInputError, match="nowhere"):
        relative(folder, str(folder / "nowhere"))


def test_a_list_is_relative_to_where_one_stands(folder):
    found = list(listed(["in/c.jpg\n", "\n", f"{folder}/a.png\r\n", "../x.png\n"], folder))
    assert [one.relative for one in found] == ["in/c.jpg", "a.png", "x.png"]
    assert found[0].image == str(folder / "in" / "c.jpg")


def test_the_mark_that_windows_writes_before_a_text_is_no_part_of_the_first_name(folder):
    found = listed(["\ufeffin/c.jpg\r\n", "a.png\r\n"], folder)
    assert [one.relative for one in found] == ["in/c.jpg", "a.png"]


def test_what_is_no_list_of_lines_is_refused(folder):
    with pytest.raises(BadInputError, match="a path on each line"):
        list(listed(["in/c.jpg\0in/d.jpg\0"], folder))


@pytest.mark.parametrize(
    ("template", "options", "keeps", "name"),
    [
        (None, OPTIONS, False, "scan.v2_zssr2x.jpg"),
        (None, Options(scale="2x1.5"), True, "in/scan.v2_zssr2by1.5x.jpg"),
        (None, Options(size="80x"), False, "scan.v2_zssr.jpg"),
        ("{folder}-{stem}.tif", OPTIONS, False, "box-scan.v2.tif"),
        ("{stem}.large", OPTIONS, False, "scan.v2.large.jpg"),
    ],
)
def test_names(template, options, keeps, name):
    one = Input(os.path.join(os.sep, "box", "scan.v2.JPG"), "in/scan.v2.JPG")  # noqa: PTH118
    assert naming(template, options, keeps_folders=keeps).output(one).lower() == name.lower()


@pytest.mark.parametrize("template", ["{stem}.gif", "{stem}.HEIC", "{folder}-{stem}.bmp"])
def test_a_name_of_a_format_that_is_not_written_is_refused(template):
    with pytest.raises(BadInputError, match=r"is not written\. End it in \.png"):
        naming(template, OPTIONS, keeps_folders=False)


def test_what_is_read_only_becomes_a_tiff():
    one = Input("/box/raw.nef", "raw.nef")
    assert naming(None, OPTIONS, keeps_folders=False).output(one) == "raw_zssr2x.tif"


# However busy the machine is.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 7))
def test_each_input_belongs_to_one_shard(names, of):
    shards = [Shard(number, of) for number in range(1, of + 1)]
    for name in names:
        assert sum(shard.has(Input(f"/anywhere/{name}", name)) for shard in shards) == 1


def test_options_and_orders_survive_json():
    import json

    options = Options(scale="1.5", metadata=OPTIONS.metadata, kernel="gaussian:1.2", seconds=3.5, init="w.safetensors")
    order = Order(Path("a.png"), Path("b.tif"), options, overwrite=True)
    back = Order.from_plain(json.loads(json.dumps(order.plain())))
    assert back == order
    assert type(back.options.metadata) is type(OPTIONS.metadata)


def test_the_hash_of_settings_takes_in_what_files_hold(tmp_path):
    kernel = tmp_path / "k.csv"
    kernel.write_text("1,2\n")
    options = Options(kernel=str(kernel))
    before = settings_hash(options)
    assert settings_hash(options) == before
    assert settings_hash(options, is_signed=True) != before
    assert settings_hash(Options(kernel=str(kernel), seed=1)) != before
    kernel.write_text("1,3\n")
    assert settings_hash(options) != before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (Options(preset="fst"), "no preset 'fst'"),
        (Options(scale="99"), "between 1 and 8"),
        (Options(size="6000"), "no size"),
        (Options(print_size="30"), "no print size"),
        (Options(crop="1,2,3"), "four whole numbers"),
        (Options(kernel="missing.npy"), "no file missing.npy"),
        (Options(kernel="round"), "no kernel"),
        (Options(kernel_uncertainty=3.0), "uncertainty of 3"),
        (Options(clean="much"), "no noise"),
        (Options(grain=2.0, clean="none"), "grain of 2"),
        (Options(grain_colour=-1.0), "grain of -1"),
        (Options(init="missing.safetensors"), "no file missing.safetensors"),
        (Options(seconds=-1.0), "seconds"),
        (Options(memory="lots"), "no amount of memory"),
        (Options(quality=0), "quality of 0"),
        (Options(colour="cmyk"), "no colour target"),
    ],
)
def test_what_would_fail_with_each_picture_is_refused_before_the_first(tmp_path, options, told):
    (tmp_path / "a.png").write_bytes(b"x")
    request = Request(words=(str(tmp_path / "a.png"),), folder=tmp_path / "out", options=options)
    with pytest.raises(BadInputError, match=told), opened(request, None):
        raise AssertionError("such a batch is not opened")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "options", [OPTIONS, Options(size="80x"), Options(print_size="9x6cm", dpi=200), Options(scale="1")]
)
def test_what_some_picture_can_be_enlarged_with_is_not_refused(options):
    check_options(replace(options, crop="900,900,10,10", lossless=True, bits=32))


def test_a_look_at_one_picture_does_not_divide_its_time_by_all_workers(capsys):
    table = Survey(4)
    found = {"width": 128, "height": 96, "kernel": "bicubic", "damage": "", "at_most": False}
    table.take("a.png", {"kind": "done", **found, "training_s": 40.0, "output_s": 4.0, "file_bytes": 13_000})
    table.print(done_before=0)
    told = (
        "1 picture to enlarge, 0 that cannot be, 0 done before. About 44 s with 1 at once, and about 13 kB on the disk."
    )
    assert capsys.readouterr().out.splitlines()[-1] == told


def asked(journal: Journal, folder: Path, *names: str, retry: bool = False) -> None:
    found = [Input(str(folder / name), name) for name in names]
    ask_for(
        found,
        naming(None, OPTIONS, keeps_folders=False),
        journal,
        folder,
        OPTIONS,
        settings=settings_hash(OPTIONS),
        tries_failed_again=retry,
    )


def test_results_among_their_sources_are_no_sources_of_the_next_batch(tmp_path):
    """As where `-o` names the folder of the pictures: its results would be enlarged again, and so on."""
    for name in ("a.png", "b.jpg", "a_zssr2x.png"):
        (tmp_path / name).write_bytes(b"x")
    request = Request(words=(str(tmp_path),), folder=tmp_path, options=replace(OPTIONS, scale="4"))
    with Journal(tmp_path / "batch.zssr-batch") as journal:
        asked(journal, tmp_path, "a.png", "b.jpg")
        for output in ("a_zssr2x.png", "b_zssr2x.jpg"):
            journal.change(output, {"state": State.DONE, "ours": True, "output_size": 1})
    with opened(request, None) as batch:
        assert [row.output for row in batch.journal.rows(*State)] == ["a_zssr4x.png", "b_zssr4x.jpg"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (replace(OPTIONS, size="80x"), "one --scale for all"),
        (replace(OPTIONS, print_size="9x6cm"), "one --scale for all"),
        (replace(OPTIONS, scale="1"), "trains nothing"),
        (replace(OPTIONS, init="w.safetensors"), "--init"),
    ],
)
def test_kin_that_nothing_could_be_taught_are_refused(tmp_path, options, told):
    (tmp_path / "a.png").write_bytes(b"x")
    request = Request(words=(str(tmp_path),), folder=tmp_path / "out", options=options, kin=2)
    with pytest.raises(BadInputError, match=told), opened(request, None):
        raise AssertionError("such a batch is not opened")


def test_parts_of_a_batch_in_one_folder_have_files_of_their_own(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    names = set()
    for shard in ("1/1", None):
        request = Request(
            words=(str(tmp_path / "a.png"),), folder=tmp_path / "out", options=OPTIONS, kin=1, shard=shard
        )
        with opened(request, None) as batch:
            _, weights = batch.kin.options(OPTIONS)
            names |= {batch.beside("kernel.npy").name, weights.name.partition("-kin-")[0]}
    assert names == {"batch-1-of-1-kernel.npy", "batch-1-of-1", "batch-kernel.npy", "batch"}


def test_a_batch_that_is_refused_leaves_the_journal_as_it_was(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png")
        before = list(journal.rows(*State))
        with pytest.raises(BadInputError, match="would give one output"):
            asked(journal, tmp_path, "b.png", "B.png")
        with pytest.raises(BadInputError, match="No pictures"):
            asked(journal, tmp_path)
        assert list(journal.rows(*State)) == before
        assert journal.last_batch()["options"]["steps"] == 2


def test_what_was_in_hand_of_a_killed_batch_waits_again(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png")
        journal.change("a_zssr2x.png", {"state": State.WORKING, "ours": True})
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png")
        row = journal.next_waiting()
        assert (row.output, bool(row.ours)) == ("a_zssr2x.png", True)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their names are always text")
def test_names_that_are_no_text_are_kept(tmp_path):
    name = os.fsdecode(b"caf\xe9.png")
    (tmp_path / name).write_bytes(b"x")
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, name)
        row = journal.next_waiting()
        assert row.image == str(tmp_path / name)
        journal.change(row.output, {"state": State.FAILED, "sentence": f"{name} is empty."})
        assert journal.row(row.output).state is State.FAILED
        assert journal.row(row.output).sentence == f"{name} is empty."
        assert list(journal.known([row.output])) == [row.output]


def test_rows_may_be_let_go_of_behind_the_journal(tmp_path):
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png", "b.png")
        rows = journal.rows(State.WAITING)
        assert next(rows).output == "a_zssr2x.png"
    rows.close()  # as Ctrl+C in the middle of --dry-run leaves them


def test_a_folder_that_nobody_may_write_to_is_told_as_such(tmp_path, monkeypatch):
    def refuse(_lock, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with (
        pytest.raises(BadInputError, match=r"may not be written to\. Choose another folder"),
        only_batch(tmp_path / "j"),
    ):
        pass


def test_a_journal_that_is_none_is_a_sentence(tmp_path):
    (tmp_path / "j").write_bytes(b"no database at all" * 100)
    with pytest.raises((BadInputError, FailureError), match="journal"):
        Journal(tmp_path / "j")
    with pytest.raises(BadInputError, match="no journal"):
        Journal(tmp_path / "none", is_read_only=True)


def test_a_file_system_without_a_log_of_writes_gets_a_plain_journal(tmp_path, monkeypatch):
    connect = sqlite3.connect

    class NoLog(sqlite3.Connection):
        def execute(self, query, *values):
            if "journal_mode=WAL" in query:
                raise sqlite3.OperationalError("no shared memory here")
            return super().execute(query, *values)

    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, factory=NoLog, **options))
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png")
        assert journal._base.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert journal.counts()[State.WAITING] == 1


class Absent(Instant):
    """A crew whose workers come later, as those of a cluster may."""

    is_there = False

    @property
    def free(self) -> int:
        return super().free if self.is_there else 0


def test_a_batch_waits_for_workers_and_for_the_end_of_a_pause(tmp_path):
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"x")
    crew = Absent(tmp_path, b"y")
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png", "b.png")
        coordinator = Coordinator(journal, tmp_path, OPTIONS, crew, overwrite=False)
        events = coordinator.events()
        assert isinstance(next(events), Planned)
        assert isinstance(next(events), Waited)
        crew.is_there = True
        while not isinstance(next(events), Finished):
            pass
        coordinator.pause()
        assert isinstance(next(events), Waited)
        coordinator.go_on()
        assert [type(event) for event in events if not isinstance(event, Waited)] == [Finished, Ended]
        assert journal.counts()[State.DONE] == 2


def test_what_needs_looking_at_is_told(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    with Journal(tmp_path / "j") as journal:
        asked(journal, tmp_path, "a.png")
        figures = '{"look_at": ["beaten", "beaten"], "steps": 10, "kernel_uncertainty": 0.5}'
        journal.change("a_zssr2x.png", {"state": State.DONE, "figures": figures})
        (row,) = journal.rows(State.DONE)
    reasons = look_at(row, usual_steps=1000.0)
    assert [reason.split()[0] for reason in reasons] == ["training", "only", "its"]
    assert look_at(row, usual_steps=12.0)[1:] == reasons[2:]


def heard(crew: processes.Processes, is_enough: Callable[[list[Plain]], bool]) -> list[Plain]:
    """Return what the workers say, until it is enough."""
    told: list[Plain] = []
    limit_s = time.monotonic() + PATIENCE_S
    while not told or not is_enough(told):
        assert time.monotonic() < limit_s, told
        told += [message.plain for message in crew.messages(0.1)]
    return told


def kinds(told: list[Plain]) -> list[str]:
    return [plain["kind"] for plain in told]


def test_what_a_library_prints_is_no_word_of_a_worker(monkeypatch):
    said = "import sys; print('Loading…'); print('[1]'); print('{\"kind\": \"done\"}', flush=True); sys.stdin.read()"
    monkeypatch.setattr(processes, "module_command", lambda *_: [sys.executable, "-X", "utf8", "-c", said])
    with closing(processes.Processes(1, [{}])) as crew:
        crew.hand("a.png", {})
        told = heard(crew, lambda told: told[-1]["kind"] != "begun")
    assert kinds(told) == ["begun", "done"]


def test_a_worker_that_ends_with_nothing_in_hand_costs_no_picture_a_try(monkeypatch):
    said = 'import sys\nfor _ in sys.stdin: print(\'{"kind": "done"}\', flush=True)'
    monkeypatch.setattr(processes, "module_command", lambda *_: [sys.executable, "-c", said])
    with closing(processes.Processes(1, [{}])) as crew:
        for is_heard in (False, True):
            crew.hand("a.png", {})
            assert kinds(heard(crew, lambda told: len(told) == 2)) == ["begun", "done"]
            (process,) = [worker.process for worker in crew._workers]
            process.kill()
            process.wait()
            if is_heard:
                crew._running[process].join()
                assert list(crew.messages(0.1)) == []
            crew.pause()
            crew.hand("b.png", {})
            assert kinds(heard(crew, lambda told: len(told) == 2)) == ["begun", "done"]


def test_who_looks_whether_a_batch_works_stands_in_no_batchs_way(tmp_path):
    journal, looks = tmp_path / "batch.db", threading.Event()

    def look() -> None:
        with lock._lock_of(journal):
            looks.set()
            time.sleep(0.2)

    looking = threading.Thread(target=look)
    looking.start()
    looks.wait()
    with lock.only_batch(journal):
        looking.join()
        assert lock.is_worked_in(journal)


def test_a_worker_that_is_ended_in_the_middle_of_a_line_is_lost(monkeypatch):
    said = 'import os, sys; sys.stdout.write(\'{"kind": "do\'); sys.stdout.flush(); os._exit(3)'
    monkeypatch.setattr(processes, "module_command", lambda *_: [sys.executable, "-c", said])
    with closing(processes.Processes(1, [{}])) as crew:
        start = crew._start

        def ended_at_once(worker: object) -> object:
            process = start(worker)
            # Whoever listens to it has heard all by now, if anybody does yet.
            if (listener := crew._running[process]).is_alive():
                listener.join()
            process.wait()
            return process

        monkeypatch.setattr(crew, "_start", ended_at_once)
        crew.hand("a.png", {})
        told = heard(crew, lambda told: told[-1]["kind"] == "lost")
    assert kinds(told) == ["begun", "lost"]
    assert "code 3" in told[-1]["sentence"]


@pytest.mark.parametrize(
    ("visible", "cards"),
    [(None, ["0", "1"]), ("", ["0", "1"]), ("3,5", ["3", "5"]), ("GPU-a,GPU-b,-1", ["GPU-a", "GPU-b"])],
)
def test_each_worker_gets_a_graphics_card_that_this_program_may_see(monkeypatch, visible, cards):
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    if visible is not None:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    monkeypatch.setattr(device, "choose_device", lambda _: torch.device("cuda"))
    monkeypatch.setattr(device, "device_count", lambda _: 2)
    crew, _ = workers_for(OPTIONS, None)
    assert [worker.variables["CUDA_VISIBLE_DEVICES"] for worker in crew._workers] == cards
