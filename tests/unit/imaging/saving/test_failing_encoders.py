"""What fails while a result is written costs no result: a disk that is really full, memory that is really used up."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile

from tests.samples import odd_files as odd
from tests.samples.round_trip import by_vips, needs
from tests.unit.imaging.other_programs.test_files_of_others import RGB
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import Compression, ExportOptions
from zssr_studio.imaging.formats import tiff_write
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.saving import encoders, strips
from zssr_studio.imaging.saving.kept import KeptElsewhereError
from zssr_studio.imaging.write import check_picture, write_bands, write_picture

FORMATS = ("tif", "jxl", "avif", "png", "jpg", "webp")
PLAIN = ExportOptions(compression=Compression.NONE)
# Each program writes noise, which packs badly; first something small, so that all it loads is loaded.
WRITE = """
import resource, sys
from pathlib import Path
import numpy as np
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.write import write_picture
from zssr_studio.imaging.saving import encoders, strips
from zssr_studio.imaging.saving.kept import KeptElsewhereError

folder, height, width, room, *suffixes = sys.argv[1:]
noise = Picture(np.random.default_rng(0).random((int(height), int(width), 3), dtype=np.float32))
for suffix in suffixes:
    write_picture(Picture(noise.pixels[:16, :16].copy()), Path(folder, f"small.{suffix}"), overwrite=True)
    if int(room):
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + int(room), resource.RLIM_INFINITY))
    try:
        write_picture(noise, Path(folder, f"a.{suffix}"), overwrite=False)
        print(suffix, "written")
    except KeptElsewhereError as error:
        print(suffix, "kept", error.path, "as", error)
"""


def written_under(command: list[str], folder, size, room, *suffixes) -> dict[str, tuple[str, str]]:
    """Write noise of a size in a process; return where each format's file was kept, and the sentence."""
    words = [sys.executable, "-c", WRITE, folder, *size, room, *suffixes]
    done = subprocess.run([*command, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split(" ", 4) for line in done.stdout.splitlines()]
    assert [row[:2] for row in rows] == [[suffix, "kept"] for suffix in suffixes]
    return {suffix: (path, said) for suffix, _, path, _, said in rows}


def small_disk(folder) -> list[str]:
    """Begin a command that sees a disk of 128 KB, and nothing else of it, at a folder."""
    return ["unshare", "--map-root-user", "--mount", "sh", "-c",
            f'mount -t tmpfs -o size=128k none "{folder}" && exec "$@"', "sh"]  # fmt: skip


def may_mount(folder) -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*small_disk(folder), "true"], capture_output=True, check=False).returncode == 0


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).random((height, width, 3), dtype=np.float32)


def test_a_disk_that_is_full_in_the_middle_costs_no_result(tmp_path, monkeypatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    if not may_mount(disk):
        pytest.skip("a disk of its own needs Linux, and to be allowed to mount one")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = written_under(small_disk(disk), disk, (400, 300), 0, *FORMATS)
    for suffix, (path, said) in found.items():
        assert path == str(tmp_path / "data" / "zssr-studio" / "kept" / f"a.{suffix}")
        assert "the disk is full" in said
        assert f"The result is kept: {path}" in said
        whole = tmp_path / f"whole.{suffix}"
        write_picture(Picture(noise(400, 300)), whole, overwrite=False)
        assert Path(path).read_bytes() == whole.read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory are set as on Linux")
@pytest.mark.parametrize(("suffix", "name"), [("avif", "AVIF"), ("png", "PNG"), ("jpg", "JPEG")])
def test_memory_that_an_encoder_lacks_costs_no_result(tmp_path, suffix, name, monkeypatch):
    # The samples take 18 MB and what is coded from them as much again; a TIFF goes on with some rows. Heaps of threads
    # would hold room that was freed.
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    found = written_under([], tmp_path, (30_000, 200), 22_000_000, suffix)
    path, said = found[suffix]
    assert path == str(tmp_path / "a.tif")
    assert f"the encoder of {name} failed" in said
    pixels = read_picture(tmp_path / "a.tif").pixels
    np.testing.assert_allclose(pixels, noise(30_000, 200), atol=1 / 500)


@pytest.mark.parametrize(("suffix", "name"), [("jxl", "JXL"), ("avif", "AVIF"), ("webp", "WEBP")])
def test_an_encoder_that_would_take_more_than_is_free_is_not_asked(tmp_path, monkeypatch, suffix, name):
    picture, path = Picture(noise(400, 300)), tmp_path / f"a.{suffix}"
    monkeypatch.setattr(encoders, "free_memory_bytes", lambda: 1_000_000)
    with pytest.raises(BadInputError, match=rf"cannot be written as {name}: it takes about .* Write a TIFF"):
        check_picture(picture, (400, 300), path, ExportOptions())
    with pytest.raises(KeptElsewhereError, match=rf"encoder of {name} failed \(it takes about") as caught:
        write_picture(picture, path, overwrite=False)
    assert caught.value.path == tmp_path / "a.tif"
    np.testing.assert_allclose(read_picture(tmp_path / "a.tif").pixels, picture.pixels, atol=1 / 500)
    check_picture(picture, (400, 300), tmp_path / "a.png", ExportOptions())


def test_a_profile_that_an_encoder_refuses_costs_no_result(tmp_path):
    profile = bytearray(RGB)
    profile[67] = 9  # an intent that is none: LittleCMS passes over it, libjxl does not
    with pytest.raises(KeptElsewhereError, match=r"encoder of JXL failed .*SetICCProfile") as caught:
        write_picture(Picture(noise(80, 60), None, bytes(profile)), tmp_path / "a.jxl", overwrite=False)
    assert caught.value.path == tmp_path / "a.tif"
    read = read_picture(tmp_path / "a.tif")
    np.testing.assert_allclose(read.pixels, noise(80, 60), atol=1 / 500)
    assert read.icc_profile == bytes(profile)


@pytest.mark.parametrize("fault", [TypeError("no bytes"), AttributeError("no such name"), IndexError(), KeyError(3)])
def test_a_fault_in_the_program_costs_no_result_and_is_put_on_nothing_else(tmp_path, monkeypatch, fault):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(encoders, "with_chunks", fail)
    picture = Picture(noise(80, 60))
    with pytest.raises(KeptElsewhereError, match="a fault in the program, which you may report") as caught:
        write_picture(picture, tmp_path / "a.png", overwrite=False)
    assert caught.value.path == tmp_path / "a.tif"
    assert not any(word in str(caught.value) for word in ("disk", "encoder of PNG failed"))
    np.testing.assert_allclose(read_picture(tmp_path / "a.tif").pixels, noise(80, 60), atol=1 / 500)
    # Before a run there is no result to keep, and nothing of the picture that a person could change.
    with pytest.raises(type(fault)):
        check_picture(picture, (80, 60), tmp_path / "b.png", ExportOptions())


def failing_at(number: int):
    """Fail as memory does that is used up, once, when so many strips were packed."""
    calls = []

    def compress(content: bytes) -> bytes:
        calls.append(None)
        if len(calls) == number:
            raise MemoryError
        return zlib.compress(content)

    return type("zlib", (), {"compress": staticmethod(compress)})


@needs("vips")
@pytest.mark.parametrize("strip", [1, 2, 4])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("bits", [8, 16])
def test_a_tiff_whose_encoder_fails_keeps_what_is_written_and_goes_on(tmp_path, monkeypatch, strip, order, bits):
    monkeypatch.setattr(strips, "zlib", failing_at(strip))
    made = odd.values(200, 64)
    exif = odd.block([(271, 2, b"Maker\0")], order=order)
    picture = Picture(made / np.float32(255), None, RGB, bits, metadata=Metadata(exif=exif))
    (tmp_path / "a.tif").write_bytes(b"old")
    with pytest.raises(KeptElsewhereError, match=r"encoder of TIFF failed \(MemoryError\)") as caught:
        write_picture(picture, tmp_path / "a.tif", overwrite=True)
    assert caught.value.path == tmp_path / "a-2.tif"
    assert "metadata were left out" in str(caught.value)
    assert (tmp_path / "a.tif").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.tif", "a.tif"]
    assert_whole(tmp_path, made if bits == 8 else made.astype(np.uint16) * 257)


def assert_whole(folder, made: np.ndarray) -> None:
    """Three readers find the same pixels, and the profile, in the file that was kept."""
    read = read_picture(folder / "a-2.tif")
    np.testing.assert_array_equal(np.rint(read.pixels * np.iinfo(made.dtype).max), made)
    assert read.icc_profile == RGB
    assert read.notes == ()
    np.testing.assert_array_equal(tifffile.imread(folder / "a-2.tif"), made)
    np.testing.assert_array_equal(by_vips(folder / "a-2.tif", folder), made)


@needs("vips")
@pytest.mark.parametrize("is_big", [False, True])
def test_a_tiff_that_fails_at_its_very_end_keeps_its_pixels(tmp_path, monkeypatch, is_big):
    def fail(*_, **__):
        raise KeyError(34665)

    if is_big:
        monkeypatch.setattr(tiff_write, "MAX_CLASSIC_TIFF_BYTES", 1000)
        monkeypatch.setattr("zssr_studio.imaging.saving.plain_tiff.MAX_CLASSIC_TIFF_BYTES", 1000)
    monkeypatch.setattr(tiff_write, "_append_children", fail)
    made = odd.values(200, 64)
    picture = Picture(made / np.float32(255), icc_profile=RGB)
    with pytest.raises(KeptElsewhereError, match=r"left out: a fault in the program, .* of TIFF \(KeyError\(34665\)\)"):
        write_picture(picture, tmp_path / "a.tif", overwrite=False, options=PLAIN)
    assert (tmp_path / "a-2.tif").read_bytes()[2] == (43 if is_big else 42)
    assert_whole(tmp_path, made)


@pytest.mark.parametrize("associated", [False, True])
def test_alpha_and_floating_point_are_kept_too(tmp_path, monkeypatch, associated):
    monkeypatch.setattr(strips, "zlib", failing_at(2))
    alpha = np.linspace(0.25, 1, 200 * 64, dtype=np.float32).reshape(200, 64)
    gray = odd.values(200, 64)[:, :, :1] / np.float32(100)
    with pytest.raises(KeptElsewhereError):
        write_picture(Picture(gray, alpha, None, 32, is_associated=associated), tmp_path / "a.tif", overwrite=False)
    read = read_picture(tmp_path / "a-2.tif")
    assert read.is_associated is associated
    np.testing.assert_allclose(read.pixels, gray, rtol=1e-6)
    np.testing.assert_array_equal(read.alpha, alpha)


def test_rows_that_never_come_are_no_fault_of_the_encoder(tmp_path):
    def bands():
        yield noise(100, 64), None
        raise BadInputError("The engine failed.")

    def short():
        yield noise(100, 64), None

    header = Picture(noise(8, 8))
    with pytest.raises(BadInputError, match="The engine failed"):
        write_bands(header, (200, 64), bands(), tmp_path / "a.tif", overwrite=False)
    with pytest.raises(ValueError, match="rows are missing"):
        write_bands(header, (200, 64), short(), tmp_path / "a.tif", overwrite=False, options=PLAIN)
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_kept_is_said_where_the_result_is_kept_too(tmp_path):
    (tmp_path / "a.webp").write_bytes(b"of another program")
    picture = Picture(noise(8, 8), metadata=Metadata(iptc=b"\x1c\x02\x05\0\1a"))
    with pytest.raises(KeptElsewhereError, match=r"IPTC records.*The result is kept: .*a-2\.webp"):
        write_bands(picture, (8, 8), iter([(picture.pixels, None)]), tmp_path / "a.webp", overwrite=False)
