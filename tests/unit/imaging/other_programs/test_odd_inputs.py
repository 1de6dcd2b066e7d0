"""More odd files than those of public reports: ranges, bombs beside the pixels, samples in another order, names."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.samples import odd_files as odd
from tests.samples.round_trip import MAGICK, exiftool, needs
from tests.unit.imaging.other_programs.test_files_of_others import RGB, TARGETS
from tests.unit.imaging.test_cmyk import simple_profile
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_info, read_picture
from zssr_studio.imaging.saving.places import check_ordinary
from zssr_studio.imaging.write import DEFAULT_OPTIONS, check_picture, write_picture

LARGEST = 2**32 - 1
CMYK = simple_profile()
FLAT = np.zeros((4, 4, 3), np.float32)


def png(folder, *chunks: bytes):
    content = bytes(imagecodecs.png_encode(odd.values()))
    (folder / "a.png").write_bytes(content[:33] + b"".join(chunks) + content[33:])
    return folder / "a.png"


# Resolutions that make no sense


def finest_png(folder):
    return png(folder, odd.chunk(b"pHYs", struct.pack(">IIB", LARGEST, LARGEST, 1)))


def finest_bmp(folder):
    Image.fromarray(odd.values()).save(folder / "a.bmp")
    content = bytearray((folder / "a.bmp").read_bytes())
    content[38:46] = struct.pack("<ii", 2**31 - 1, 2**31 - 1)
    (folder / "a.bmp").write_bytes(bytes(content))
    return folder / "a.bmp"


@pytest.mark.parametrize("made", [finest_png, finest_bmp])
@pytest.mark.parametrize("suffix", TARGETS)
def test_a_resolution_finer_than_any_sensor_is_none(tmp_path, made, suffix):
    path = made(tmp_path)
    assert read_info(path).pixels_per_inch is None
    assert read_picture(path).pixels_per_inch is None
    odd.twice(path, tmp_path / f"b.{suffix}")
    assert read_info(tmp_path / f"b.{suffix}").pixels_per_inch is None


@pytest.mark.parametrize("ppi", [(float("nan"), 1.0), (float("inf"), 2.0), (-300.0, 300.0), (0.0, 0.0), (1e12, 1e12)])
@pytest.mark.parametrize("suffix", TARGETS)
def test_a_resolution_that_is_none_is_not_written_and_that_is_said(tmp_path, ppi, suffix):
    said = write_picture(Picture(FLAT, pixels_per_inch=ppi), tmp_path / f"a.{suffix}", overwrite=False)
    assert "makes no sense; none is written" in " ".join(said)
    assert read_info(tmp_path / f"a.{suffix}").pixels_per_inch is None


@pytest.mark.parametrize(("unit", "told"), [(0, None), (9, None), (3, (762.0, 762.0))])
def test_the_unit_of_a_tiffs_resolution_may_be_of_any_type_and_value(tmp_path, unit, told):
    path = tmp_path / "a.tif"
    tifffile.imwrite(path, odd.values(), photometric="rgb", metadata=None, resolution=(300, 300), resolutionunit="INCH")
    inch, other = struct.pack("<HHIHH", 296, 3, 1, 2, 0), struct.pack("<HHII", 296, 4, 1, unit)
    assert path.read_bytes().count(inch) == 1
    path.write_bytes(path.read_bytes().replace(inch, other))
    assert read_info(path).pixels_per_inch == told


# What is packed beside the pixels


@pytest.mark.parametrize(
    "bomb",
    [
        odd.chunk(b"iCCP", b"name\0\0" + zlib.compress(bytes(40_000_000))),
        odd.chunk(b"zTXt", b"Author\0\0" + zlib.compress(bytes(40_000_000))),
        odd.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(40_000_000))),
        b"".join(odd.chunk(b"zTXt", b"Author%d\0\0" % n + zlib.compress(bytes(15_000_000))) for n in range(9)),
    ],
    ids=["profile", "text", "xmp", "many texts"],
)
def test_what_unpacks_to_too_much_costs_no_pixels(tmp_path, bomb):
    path = png(tmp_path, bomb, odd.chunk(b"iCCP", b"name\0\0" + zlib.compress(RGB)))
    picture = read_picture(path)
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), odd.values())
    assert "damaged" in " ".join(picture.notes)
    assert picture.icc_profile == RGB


def test_a_jpeg_that_tells_its_height_behind_its_pixels_is_named(tmp_path):
    Image.fromarray(odd.values()).save(tmp_path / "a.jpg")
    content = bytearray((tmp_path / "a.jpg").read_bytes())
    at = content.find(b"\xff\xc0")
    content[at + 5 : at + 7] = b"\0\0"
    content[-2:-2] = b"\xff\xdc\0\4" + struct.pack(">H", odd.HEIGHT)
    (tmp_path / "a.jpg").write_bytes(bytes(content))
    with pytest.raises(BadInputError, match=r"height behind its pixels.*not read") as error:
        read_picture(tmp_path / "a.jpg")
    assert "damaged" not in str(error.value)


# Samples


@pytest.mark.parametrize("kind", ["unassalpha", "assocalpha"])
@pytest.mark.parametrize("layout", ["contig", "separate"])
def test_alpha_is_found_behind_another_sample(tmp_path, kind, layout):
    alpha = np.full((odd.HEIGHT, odd.WIDTH), 128, np.uint8)
    samples = np.dstack([odd.values() // 2, odd.values(channels=1), alpha])
    tifffile.imwrite(
        tmp_path / "a.tif", samples if layout == "contig" else np.moveaxis(samples, 2, 0), photometric="rgb",
        planarconfig=layout, extrasamples=("unspecified", kind), metadata=None,
    )  # fmt: skip
    picture = read_picture(tmp_path / "a.tif")
    np.testing.assert_array_equal(np.rint(picture.alpha * 255), alpha)
    share = 255 if kind == "unassalpha" else 128
    np.testing.assert_array_equal(np.rint(picture.pixels * share), odd.values() // 2)
    assert "holds 1 channel beside its colours and alpha" in " ".join(picture.notes)


@pytest.mark.parametrize(
    ("profile", "said"), [(bytes(300), "is damaged"), (RGB, "does not fit"), (CMYK[:-300], "is damaged")]
)
def test_cmyk_whose_profile_is_none_is_refused_with_a_remedy(tmp_path, profile, said):
    Image.fromarray(odd.values()).convert("CMYK").save(tmp_path / "a.jpg", icc_profile=profile)
    with pytest.raises(BadInputError, match=rf"a\.jpg holds CMYK colours, and its profile {said}.*Convert it to RGB"):
        read_picture(tmp_path / "a.jpg")


@needs("magick")
@pytest.mark.parametrize("primaries", [(), ("-red-primary", "0.68,0.32")])
def test_the_colours_of_srgb_in_a_tiff_are_no_loss_and_others_are_told_of(tmp_path, primaries):
    Image.fromarray(odd.values()).save(tmp_path / "a.png")
    subprocess.run([MAGICK, tmp_path / "a.png", *primaries, tmp_path / "a.tif"], check=True)
    assert exiftool(tmp_path / "a.tif")["IFD0:WhitePoint"] == "0.3127000034 0.3289999962"
    said = " ".join(read_info(tmp_path / "a.tif").notes)
    assert ("tells of its colours by" in said) == bool(primaries)


# Sides and names


def test_a_side_that_png_does_not_hold_is_refused_before_the_work(tmp_path):
    for size in ((1, 1_000_001), (1_000_001, 1)):
        with pytest.raises(BadInputError, match=r"PNG holds at most 1000000 pixels a side\. Choose TIFF"):
            check_picture(Picture(FLAT), size, tmp_path / "a.png", DEFAULT_OPTIONS)
    check_picture(Picture(FLAT), (1_000_000, 1), tmp_path / "a.png", DEFAULT_OPTIONS)
    write_picture(Picture(np.zeros((1, 1_000_000, 1), np.float32)), tmp_path / "a.png", overwrite=False)
    assert read_info(tmp_path / "a.png").width == 1_000_000


def test_a_hyphen_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError, match=r"standard input, which cannot be read\. Save it as a file"):
        read_info(Path("-"))
    Image.fromarray(odd.values()).save(tmp_path / "a.png")
    (tmp_path / "a.png").rename("-")
    check_ordinary(Path("-"))
