"""Files in and out, against second libraries."""

from __future__ import annotations

import errno
import os
import resource
import struct
import subprocess
import sys
import zlib

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging import samples
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.saving import atomic
from zssr_studio.imaging.write import check_writable, write_picture
from zssr_studio.jpeg_tables import JpegTables

PROFILES = {
    1: profiles.gray_profile(),
    3: ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
}


def random_picture(bits: int = 8, channels: int = 3, *, alpha: bool = False, size=(21, 34)) -> Picture:
    rng = np.random.default_rng(bits + channels + alpha)
    largest = 2**bits - 1

    def draw(*shape: int) -> np.ndarray:
        return (rng.integers(0, largest + 1, shape) / np.float32(largest)).astype(np.float32)

    return Picture(draw(*size, channels), draw(*size) if alpha else None, PROFILES[channels], bits, (300.0, 200.0))


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_round_trip_is_exact_and_keeps_what_belongs_to_the_picture(tmp_path, bits, channels, alpha, suffix):
    picture = random_picture(bits, channels, alpha=alpha)
    path = tmp_path / f"a{suffix}"
    write_picture(picture, path, overwrite=False)
    back = read_picture(path)
    np.testing.assert_array_equal(back.pixels, picture.pixels)
    if alpha:
        np.testing.assert_array_equal(back.alpha, picture.alpha)
    else:
        assert back.alpha is None
    assert back.icc_profile == PROFILES[channels]
    assert back.source_bits == bits
    assert back.pixels_per_inch == pytest.approx((300, 200), rel=1e-3)


@pytest.mark.parametrize("bits", [8, 16])
def test_second_libraries_read_what_was_written(tmp_path, bits):
    picture = random_picture(bits)
    wanted = np.rint(picture.pixels.astype(np.float64) * (2**bits - 1))
    for suffix in (".png", ".tif"):
        write_picture(picture, tmp_path / f"a{suffix}", overwrite=False)
    np.testing.assert_array_equal(imagecodecs.tiff_decode((tmp_path / "a.tif").read_bytes()), wanted)
    np.testing.assert_array_equal(imagecodecs.png_decode((tmp_path / "a.png").read_bytes()), wanted)
    for suffix in (".png", ".tif"):
        if bits == 16 and suffix == ".tif":
            with tifffile.TiffFile(tmp_path / "a.tif") as file:
                assert file.pages[0].tags[34675].value == PROFILES[3]
            continue
        with Image.open(tmp_path / f"a{suffix}") as image:
            assert image.info["icc_profile"] == PROFILES[3]
            assert tuple(map(float, image.info["dpi"])) == pytest.approx((200, 300), rel=1e-3)


def test_jpeg_keeps_profile_and_resolution_and_is_near(tmp_path):
    smooth = np.linspace(0, 1, 64, dtype=np.float32)[:, None, None] * np.ones((1, 48, 3), np.float32)
    picture = Picture(smooth, None, PROFILES[3], 16, (300.0, 200.0))
    write_picture(picture, tmp_path / "a.jpg", overwrite=False)
    back = read_picture(tmp_path / "a.jpg")
    assert np.abs(back.pixels - smooth).max() < 0.02
    assert back.icc_profile == PROFILES[3]
    assert back.pixels_per_inch == pytest.approx((300, 200))


def test_transparency_is_not_lost_in_a_jpeg_without_a_word(tmp_path):
    with pytest.raises(BadInputError, match="transparency"):
        write_picture(random_picture(alpha=True), tmp_path / "a.jpg", overwrite=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_what_a_jpeg_says_of_its_compression_is_turned_with_its_picture(tmp_path, orientation):
    """A camera that was held upright writes the picture lying, its colours kept for two pixels of a row."""
    exif = Image.Exif()
    exif[274] = orientation
    Image.new("RGB", (48, 32), "red").save(tmp_path / "a.jpg", exif=exif, quality=60, subsampling="4:2:2")
    tables = read_picture(tmp_path / "a.jpg").jpeg
    lying = JpegTables.of_quality(60, (1, 2))
    if orientation in (1, 3):
        assert tables == lying
    else:
        assert tables is not None
        assert tables.subsampling == (2, 1)
        for name in ("luma", "chroma"):
            stands, lay = (np.reshape(getattr(one, name), (8, 8)) for one in (tables, lying))
            assert np.array_equal(stands, lay.T)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif"])
def test_the_orientation_is_applied_once(tmp_path, orientation, suffix):
    upright = np.zeros((16, 24, 3), np.uint8)
    upright[:8, :8] = (255, 0, 0)
    upright[8:, 16:] = (0, 0, 255)
    # Pillow's own table says how the file has to hold the picture for each tag.
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    held = Image.fromarray(upright)
    if orientation in undo:
        held = held.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / f"a{suffix}"
    if suffix == ".tif":
        tifffile.imwrite(path, np.asarray(held), photometric="rgb", extratags=[(274, "H", 1, orientation, True)])
    else:
        held.save(path, exif=exif, **({"quality": 100, "subsampling": 0} if suffix == ".jpg" else {}))
    read = read_picture(path).pixels
    assert read.shape == (16, 24, 3)
    assert np.abs(read - upright / 255).mean() < 0.02


def test_tiffs_of_other_kinds(tmp_path):
    rng = np.random.default_rng(0)
    rgb = rng.integers(0, 65536, (40, 36, 3), dtype=np.uint16)
    kinds = {
        "planar": ({"planarconfig": "separate", "photometric": "rgb"}, np.moveaxis(rgb, -1, 0)),
        "tiled": ({"tile": (16, 16), "photometric": "rgb", "compression": "lzw"}, rgb),
        "big": ({"bigtiff": True, "photometric": "rgb"}, rgb),
        "bigendian": ({"byteorder": ">", "photometric": "rgb"}, rgb),
    }
    for name, (options, values) in kinds.items():
        tifffile.imwrite(tmp_path / f"{name}.tif", values, **options)
        np.testing.assert_array_equal(np.rint(read_picture(tmp_path / f"{name}.tif").pixels * 65535), rgb)
    tifffile.imwrite(tmp_path / "white.tif", rgb[..., 0], photometric="miniswhite")
    np.testing.assert_array_equal(
        np.rint(read_picture(tmp_path / "white.tif").pixels[..., 0] * 65535), 65535 - rgb[..., 0]
    )
    premultiplied = np.dstack([np.full((8, 8, 3), 64, np.uint8), np.full((8, 8), 128, np.uint8)])
    tifffile.imwrite(tmp_path / "assoc.tif", premultiplied, photometric="rgb", extrasamples=("assocalpha",))
    assert read_picture(tmp_path / "assoc.tif").pixels[0, 0, 0] == pytest.approx(0.5, abs=0.01)


def test_palette_and_one_bit_pictures(tmp_path):
    rgb = Image.fromarray(np.random.default_rng(0).integers(0, 2, (9, 11, 3), dtype=np.uint8) * 255)
    rgb.quantize(8).save(tmp_path / "p.png")
    np.testing.assert_array_equal(read_picture(tmp_path / "p.png").pixels * 255, np.asarray(rgb))
    rgb.convert("1").save(tmp_path / "b.png")
    assert set(np.unique(read_picture(tmp_path / "b.png").pixels)) <= {0.0, 1.0}


def test_cmyk_needs_its_profile(tmp_path):
    Image.new("CMYK", (8, 8), (10, 20, 30, 40)).save(tmp_path / "a.jpg")
    with pytest.raises(BadInputError, match="CMYK"):
        read_picture(tmp_path / "a.jpg")


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif"])
@pytest.mark.parametrize("bits", [8, 16])
def test_a_truncated_file_is_a_sentence(tmp_path, suffix, bits):
    path = tmp_path / f"a{suffix}"
    write_picture(random_picture(bits), path, overwrite=False)
    content = path.read_bytes()
    for share in (0.02, 0.3, 0.6, 0.9):
        path.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(BadInputError, match=r"a\.\w+ .*\.$"):
            read_picture(path)


def test_what_is_no_picture_is_a_sentence(tmp_path):
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("no picture")
    for path, said in [
        (tmp_path / "missing.png", "no file"),
        (tmp_path, "folder"),
        (tmp_path / "empty.png", "empty"),
        (tmp_path / "text.png", "not a PNG"),
    ]:
        with pytest.raises(BadInputError, match=said):
            read_picture(path)


def test_a_bomb_is_refused_by_its_header(tmp_path):
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    with pytest.raises(BadInputError):
        read_picture(tmp_path / "bomb.png")
    with pytest.raises(BadInputError, match="megapixels"):
        samples.check_size("a.tif", 200_000, 200_000)


def test_nothing_is_overwritten_unless_asked(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    with pytest.raises(BadInputError, match="exists"):
        write_picture(random_picture(), path, overwrite=False)
    with pytest.raises(BadInputError, match="exists"):
        atomic.write_atomically(path, lambda file: file.write(b"new"), overwrite=False)
    assert path.read_bytes() == b"old"
    write_picture(random_picture(), path, overwrite=True)
    assert read_picture(path).height == 21
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize("name", ["a", "a.gif", "nowhere/a.png"])
def test_a_name_that_cannot_be_written_is_refused_before_the_work(tmp_path, name):
    with pytest.raises(BadInputError):
        check_writable(tmp_path / name, overwrite=False)


def test_a_full_disk_leaves_the_old_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FailureError, match="full"):
        write_picture(random_picture(), path, overwrite=True)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


def test_a_real_limit_on_file_size_leaves_the_old_file_as_it_was(tmp_path):
    path = tmp_path / "a.tif"
    path.write_bytes(b"old")
    code = (
        "import signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from zssr_studio.imaging.saving.atomic import write_atomically\n"
        "write_atomically(Path(sys.argv[1]), lambda file: file.write(bytes(200_000)), overwrite=True)"
    )
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))  # noqa: E731
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert "FailureError" in done.stderr
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.tif"]


def test_pictures_keep_their_contract():
    picture = random_picture()
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0, 0] = 1
    part = picture.cropped(Crop(2, 3, 5, 7))
    np.testing.assert_array_equal(part.pixels, picture.pixels[2:7, 3:10])
    for wrong in (np.zeros((3, 3), np.float32), np.zeros((3, 3, 2), np.float32), np.zeros((3, 3, 3))):
        with pytest.raises(ValueError, match=r"shape|float32"):
            Picture(wrong)
    with pytest.raises(BadInputError, match="inside"):
        picture.cropped(Crop(20, 0, 2, 2))
