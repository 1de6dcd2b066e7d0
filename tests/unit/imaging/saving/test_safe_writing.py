"""No file is lost by writing another one: not the source, not the one that is there, not on a full disk."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from tests.samples.round_trip import by_vips, exiftool, needs
from tests.unit.imaging.other_programs.test_from_other_programs import ramp
from tests.unit.imaging.test_metadata import jpeg
from zssr_studio.cli.app import app
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.formats import tiff_write
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_info, read_picture
from zssr_studio.imaging.write import check_writable, write_picture

FILL = """
import signal, sys
from pathlib import Path
import numpy as np
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.write import write_picture
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
noise = np.random.default_rng(0).random((200, 200, 3)).astype(np.float32)
write_picture(Picture(noise), Path(sys.argv[1]), overwrite=True)
"""


@pytest.mark.parametrize("suffix", ["tif", "png", "jpg", "webp", "avif", "jxl"])
def test_a_file_that_may_not_become_as_large_leaves_the_old_one(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"old")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))  # noqa: E731
    words = [sys.executable, "-c", FILL, str(path)]
    done = subprocess.run(words, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert "FailureError" in done.stderr
    assert "larger than a file of this process (ulimit -f)" in done.stderr
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", ["same", "symbolic", "hard", "folder"])
def test_the_source_is_never_replaced_whatever_name_it_is_given(tmp_path, kind):
    source = tmp_path / "source.png"
    Image.fromarray(ramp(8)).save(source)
    content = source.read_bytes()
    target = {"same": source, "folder": tmp_path / "there" / "source.png"}.get(kind, tmp_path / "other.png")
    match kind:
        case "symbolic":
            target.symlink_to(source)
        case "hard":
            target.hardlink_to(source)
        case "folder":
            (tmp_path / "there").symlink_to(tmp_path)
    words = ["upscale", str(source), "-o", str(target), "--scale", "1", "--overwrite"]
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, BadInputError)
    assert "never overwritten" in str(done.exception)
    assert source.read_bytes() == content


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such folder")
def test_a_folder_that_takes_no_file_is_told_before_the_work_whatever_its_rights_say(tmp_path):
    with pytest.raises(BadInputError, match="no place to write to"):
        check_writable(Path("/proc/a.png"), overwrite=False)
    check_writable(tmp_path / "a.png", overwrite=False)
    assert not list(tmp_path.iterdir())


def test_a_link_to_nothing_is_in_the_way_too(tmp_path):
    (tmp_path / "a.png").symlink_to(tmp_path / "gone.png")
    with pytest.raises(BadInputError, match="exists"):
        check_writable(tmp_path / "a.png", overwrite=False)


@needs("vips")
@needs("exiftool")
def test_a_tiff_becomes_a_bigtiff_by_itself_with_all_that_belongs_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tiff_write, "MAX_CLASSIC_TIFF_BYTES", 1000)
    jpeg(tmp_path / "a.jpg", ISOSpeedRatings=200)
    held = read_picture(tmp_path / "a.jpg").metadata
    samples = np.random.default_rng(0).integers(0, 65536, (70, 40, 3))
    picture = Picture((samples / 65535).astype(np.float32), None, None, 16, (300.0, 300.0), metadata=held)
    write_picture(picture, tmp_path / "a.tif", overwrite=False)
    assert read_info(tmp_path / "a.tif").format == "BigTIFF"
    np.testing.assert_array_equal(by_vips(tmp_path / "a.tif", tmp_path), samples)
    told = exiftool(tmp_path / "a.tif")
    # exiftool calls the directory otherwise in a BigTIFF.
    assert (told["IFD0:Make"], told.get("ExifOffset:ISO", told.get("ExifIFD:ISO")), told["IFD0:XResolution"]) == (
        "Maker",
        200,
        300,
    )
