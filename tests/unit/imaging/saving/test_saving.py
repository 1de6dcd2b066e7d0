"""Where files are written: names, rights, links, parts that nobody writes, and results that find no place."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys

import numpy as np
import pytest

from zssr_studio.app.user_settings import user_data
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging import write as writing
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.saving import kept
from zssr_studio.imaging.saving.atomic import write_atomically
from zssr_studio.imaging.saving.kept import KeptElsewhereError, user_data_folder, write_kept
from zssr_studio.imaging.saving.parts import cut_name
from zssr_studio.imaging.saving.places import check_ordinary, check_place
from zssr_studio.imaging.write import check_writable, write_picture

NOISE = Picture(np.random.default_rng(0).random((200, 120, 3)).astype(np.float32))
HOLD = """
import sys, time
from pathlib import Path
from zssr_studio.imaging.saving.atomic import write_atomically
def write(file):
    file.write(b"begun")
    print("writing", flush=True)
    time.sleep(600)
write_atomically(Path(sys.argv[1]), write, overwrite=True)
"""
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["\U0001f3d4" * 61 + "-2.png", "n" * 251 + ".png", "é" * 125 + ".png"])
def test_any_name_that_the_folder_takes_is_written(tmp_path, name):
    check_writable(tmp_path / name, overwrite=False)
    write_picture(NOISE, tmp_path / name, overwrite=False)
    assert names(tmp_path) == [name]


def test_a_name_is_cut_between_letters():
    assert cut_name("\U0001f3d4" * 3, 9) == "\U0001f3d4" * 2
    assert cut_name("abc", 9) == "abc"


@pytest.mark.parametrize("name", ["n" * 252 + ".png", "\U0001f3d4" * 63 + ".png"])
def test_a_name_that_is_too_long_is_refused_before_the_work(tmp_path, name):
    with pytest.raises(BadInputError, match="at most 255"):
        check_place(tmp_path / name, overwrite=False)


def test_a_path_that_is_too_long_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(BadInputError, match="Give another"):
        check_place(tmp_path.joinpath(*["n" * 200] * 30, "a.png"), overwrite=False)


@on_posix
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o444])
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    path.chmod(mode)
    seen = []

    def write(file):
        seen.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
        file.write(b"new")

    write_atomically(path, write, overwrite=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert seen == [mode]  # nobody else may look while it grows


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others")
def test_a_file_that_is_replaced_keeps_its_owner(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    try:
        os.chown(path, 12345, 23456)
    except OSError:
        pytest.skip("root of a container that has no other owners")
    write_picture(NOISE, path, overwrite=True)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@on_posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path, there):
    target, link = tmp_path / "disk" / "real.png", tmp_path / "link.png"
    target.parent.mkdir()
    if there:
        target.write_bytes(b"old")
        target.chmod(0o640)
    (tmp_path / "between.png").symlink_to("disk/real.png")
    link.symlink_to("between.png")
    check_place(link, overwrite=True)
    write_picture(NOISE, link, overwrite=True)
    assert link.is_symlink()
    assert not target.is_symlink()
    np.testing.assert_allclose(read_picture(target).pixels, NOISE.pixels, atol=1 / 500)
    assert names(target.parent) == ["real.png"]
    if there:
        assert stat.S_IMODE(target.stat().st_mode) == 0o640


@on_posix
def test_what_is_no_ordinary_file_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "null.png").symlink_to("/dev/null")
    for name in ("pipe.png", "null.png"):
        with pytest.raises(BadInputError, match="no ordinary file"):
            check_place(tmp_path / name, overwrite=True)


@on_posix
def test_pipes_sockets_and_devices_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, kind in ((tmp_path / "pipe", "a pipe"), ("/dev/null", "a device")):
        with pytest.raises(BadInputError, match=kind):
            check_ordinary(tmp_path / path)
    check_ordinary(tmp_path / "nothing there")


@pytest.fixture
def writer(tmp_path):
    """A process that writes a file and does not come to its end."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "a.png")], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"writing"
        yield process
        process.kill()


def parts(folder):
    return [name for name in names(folder) if name.endswith(".part")]


def test_a_part_that_is_written_is_left_alone_and_one_of_a_killed_program_is_swept(tmp_path, writer):
    foreign = [".a.png.1a2b3c4d.part", "a.png.zssr-1a2b3c4d.part", ".a.png.zssr-1a2b3c4d.part.txt", "film.part"]
    for name in foreign:
        (tmp_path / name).write_bytes(b"not ours")
    (begun,) = (name for name in parts(tmp_path) if name not in foreign)
    check_place(tmp_path / "b.png", overwrite=False)
    assert begun in names(tmp_path)
    writer.kill()
    writer.wait()
    check_place(tmp_path / "b.png", overwrite=False)
    assert names(tmp_path) == sorted(foreign)


@on_posix
def test_a_link_named_like_a_part_is_not_followed(tmp_path):
    (tmp_path / "mine.png").write_bytes(b"mine")
    (tmp_path / ".x.zssr-1a2b3c4d.part").symlink_to("mine.png")
    check_place(tmp_path / "b.png", overwrite=False)
    assert (tmp_path / "mine.png").read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
def test_ctrl_c_leaves_no_part(tmp_path, writer):
    writer.send_signal(signal.SIGINT)
    writer.wait()
    assert names(tmp_path) == []


def kept_at(path, *, overwrite=False):
    with pytest.raises(KeptElsewhereError) as caught:
        write_kept(path, lambda file: file.write(b"result"), overwrite=overwrite)
    assert caught.value.path.read_bytes() == b"result"
    assert str(caught.value.path) in str(caught.value)
    return caught.value


def test_the_folder_for_what_is_kept_is_that_of_the_window():
    assert user_data_folder() == user_data()


def test_a_name_that_was_taken_meanwhile_becomes_another_one_beside_it(tmp_path):
    (tmp_path / "a.png").write_bytes(b"of another program")
    told = kept_at(tmp_path / "a.png")
    assert told.path == tmp_path / "a-2.png"
    assert "exists already" in str(told)
    assert kept_at(tmp_path / "a.png").path == tmp_path / "a-3.png"
    assert (tmp_path / "a.png").read_bytes() == b"of another program"


def test_where_the_folder_is_gone_the_result_goes_to_the_data_of_the_user(tmp_path):
    told = kept_at(tmp_path / "gone" / "a.png")
    assert told.path == user_data_folder() / "kept" / "a.png"
    assert "no folder" in str(told)


def test_where_that_is_no_folder_either_it_goes_to_the_temporary_files(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(kept.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    assert kept_at(tmp_path / "gone" / "a.png").path == tmp_path / "temporary" / "a.png"


@pytest.fixture
def full_disk(tmp_path, monkeypatch):
    """Let a folder take so many bytes of a file and no more, as a disk that is full does: a piece, then an error."""
    folder = tmp_path / "full"
    folder.mkdir()
    write_all = kept._write_all

    def until_full(file, data):
        room = 50_000 - file.tell() if file.name.startswith(str(folder)) else sys.maxsize
        if len(data) > room:
            write_all(file, memoryview(data)[: max(0, room)])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_all(file, data)

    monkeypatch.setattr(kept, "_write_all", until_full)
    return folder


@pytest.mark.parametrize("suffix", ["tif", "png", "jpg"])
def test_a_disk_that_fills_up_in_the_middle_costs_no_result(full_disk, tmp_path, suffix):
    write_picture(NOISE, tmp_path / f"whole.{suffix}", overwrite=False)
    with pytest.raises(KeptElsewhereError, match="disk is full") as caught:
        write_picture(NOISE, full_disk / f"a.{suffix}", overwrite=False)
    assert caught.value.path == user_data_folder() / "kept" / f"a.{suffix}"
    assert caught.value.path.read_bytes() == (tmp_path / f"whole.{suffix}").read_bytes()
    assert names(full_disk) == []


def test_an_old_file_on_a_full_disk_stays(full_disk):
    (full_disk / "a.png").write_bytes(b"old")
    with pytest.raises(KeptElsewhereError):
        write_picture(NOISE, full_disk / "a.png", overwrite=True)
    assert (full_disk / "a.png").read_bytes() == b"old"


def test_where_no_place_takes_it_the_first_reason_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "other_places", lambda path: iter([tmp_path / "gone too" / "a.png"]))
    with pytest.raises(BadInputError, match="no folder"):
        write_kept(tmp_path / "gone" / "a.png", lambda file: file.write(b"result"), overwrite=False)


@pytest.mark.parametrize(
    "error", [RuntimeError("JxlEncoderSetICCProfile failed"), MemoryError(), OSError("encoder -2")]
)
def test_what_an_encoder_refuses_becomes_a_tiff(tmp_path, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr(writing, "encoded_whole", refuse)
    with pytest.raises(KeptElsewhereError, match="encoder of JXL failed") as caught:
        write_picture(NOISE, tmp_path / "a.jxl", overwrite=False)
    assert isinstance(caught.value, FailureError)
    assert caught.value.path == tmp_path / "a.tif"
    assert names(tmp_path) == ["a.tif"]
    np.testing.assert_allclose(read_picture(tmp_path / "a.tif").pixels, NOISE.pixels, atol=1 / 500)
