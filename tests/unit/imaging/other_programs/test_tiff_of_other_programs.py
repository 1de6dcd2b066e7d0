"""TIFF as tiffcp, libvips and ImageMagick write it; what it holds beside its picture is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
import tifffile

from tests.samples.round_trip import MAGICK, needs
from tests.unit.imaging.other_programs.test_from_other_programs import png, ramp, run
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import read_info, read_picture

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def deep(tmp_path) -> Path:
    """A TIFF of 16 bits, in strips."""
    tifffile.imwrite(tmp_path / "deep.tif", ramp(16), photometric="rgb", metadata=None)
    return tmp_path / "deep.tif"


@needs("tiffcp")
@pytest.mark.parametrize(
    "words",
    [
        *(
            "-c none",
            "-c lzw",
            "-c lzw:2",
            "-c zip",
            "-c zip:2",
            "-c packbits",
            "-B",
            "-8",
            "-8 -B -t -w 32 -l 48 -c zip",
        ),
        *("-t -w 32 -l 16 -c lzw", "-r 7 -c zip"),
    ],
)
def test_packings_and_layouts_of_tiffcp_are_exact(deep, tmp_path, words):
    run("tiffcp", *words.split(), deep, tmp_path / "a.tif")
    picture = read_picture(tmp_path / "a.tif")
    np.testing.assert_array_equal(np.rint(picture.pixels * 65535), ramp(16))
    assert picture.source_bits == 16
    assert read_info(tmp_path / "a.tif").format == ("BigTIFF" if "-8" in words else "TIFF")


@needs("tiffcp")
@pytest.mark.parametrize("words", ["-r 16 -c jpeg:100", "-r 16 -c jpeg:r:100", "-t -w 32 -l 32 -c jpeg:100"])
def test_jpeg_in_tiff(tmp_path, words):
    tifffile.imwrite(tmp_path / "flat.tif", ramp(8), photometric="rgb", metadata=None)
    run("tiffcp", *words.split(), tmp_path / "flat.tif", tmp_path / "a.tif")
    assert np.abs(read_picture(tmp_path / "a.tif").pixels - ramp(8) / 255).mean() < 0.005


@needs("vips")
@needs("magick")
def test_planes_pyramids_and_floating_point_of_other_programs(deep, tmp_path):
    run(MAGICK, deep, "-interlace", "plane", "-compress", "zip", tmp_path / "planes.tif")
    run("vips", "tiffsave", deep, tmp_path / "pyramid.tif", "--tile", "--pyramid", "--compression", "deflate")
    for name in ("planes.tif", "pyramid.tif"):
        np.testing.assert_array_equal(np.rint(read_picture(tmp_path / name).pixels * 65535), ramp(16))
    run("vips", "linear", deep, tmp_path / "float.v", "0.001", "--", "-3")
    run(
        "vips", "tiffsave", tmp_path / "float.v", tmp_path / "a.tif", "--compression", "deflate", "--predictor", "float"
    )
    picture = read_picture(tmp_path / "a.tif")
    assert picture.source_bits == 32
    np.testing.assert_allclose(picture.pixels, ramp(16) * 0.001 - 3, atol=1e-5)


@needs("magick")
@pytest.mark.parametrize("packing", ["Group4", "Fax", "none"])
def test_scans_of_one_bit(tmp_path, packing):
    source = png(tmp_path / "a.png", (ramp(8)[:, :, 0] > 99).astype(np.uint8) * 255)
    run(MAGICK, source, "-type", "Bilevel", "-compress", packing, tmp_path / "a.tif")
    np.testing.assert_array_equal(
        read_picture(tmp_path / "a.tif").pixels[:, :, 0] * 255, imagecodecs.png_decode(source.read_bytes())
    )


@needs("tiffcp")
def test_pages_are_chosen_by_number(deep, tmp_path):
    run("tiffcp", "-c", "zip", deep, deep, tmp_path / "two.tif")
    assert read_info(tmp_path / "two.tif").pages == 2
    np.testing.assert_array_equal(read_picture(tmp_path / "two.tif", 2).pixels, read_picture(deep).pixels)
    with pytest.raises(BadInputError, match="no page 3"):
        read_picture(tmp_path / "two.tif", 3)


def test_what_has_no_place_is_told_of(tmp_path):
    samples = np.zeros((20, 24, 4), np.uint8)
    tags = [(33550, 12, 3, (1.0, 1.0, 0.0), True), (37724, 7, 8, b"8BPS8BIM", True)]
    tifffile.imwrite(tmp_path / "a.tif", samples, photometric="rgb", extrasamples=("unspecified",), extratags=tags)
    told = " ".join(read_picture(tmp_path / "a.tif").notes)
    for said in ("1 channel beside", "on a map", "layers"):
        assert said in told


@needs("magick")
def test_colours_that_would_come_out_wrong_are_refused(tmp_path):
    run(MAGICK, png(tmp_path / "a.png", ramp(8)), "-colorspace", "YCbCr", "-compress", "none", tmp_path / "a.tif")
    with pytest.raises(BadInputError, match="YCbCr"):
        read_picture(tmp_path / "a.tif")


def test_a_tiff_without_some_of_its_pixels_is_refused(tmp_path):
    tifffile.imwrite(tmp_path / "a.tif", ramp(8), photometric="rgb", rowsperstrip=16, metadata=None)
    with tifffile.TiffFile(tmp_path / "a.tif", mode="r+") as file:
        tag = file.pages[0].tags["StripByteCounts"]
        tag.overwrite([*tag.value[:-1], 0])
    with pytest.raises(BadInputError, match="lacks the pixels of 1 of its 8"):
        read_picture(tmp_path / "a.tif")


def test_a_tiff_that_claims_more_tiles_than_it_has_is_refused(tmp_path):
    tifffile.imwrite(tmp_path / "a.tif", ramp(8), photometric="rgb", tile=(32, 32), metadata=None)
    with tifffile.TiffFile(tmp_path / "a.tif", mode="r+") as file:
        file.pages[0].tags["ImageWidth"].overwrite(4000)
    with pytest.raises(BadInputError, match="lacks the pixels of 480 of its 500"):
        read_picture(tmp_path / "a.tif")
