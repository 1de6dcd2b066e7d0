"""RAW is developed linearly: the light that a sensor measured is the light of the picture."""

from __future__ import annotations

import numpy as np
import pytest

from tests.samples.raw_sample import dng, linear_dng
from tests.samples.round_trip import exiftool, needs
from tests.unit.imaging.other_programs.test_from_other_programs import run
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.read import read_info, read_picture
from zssr_studio.imaging.write import write_picture

ROWS, COLUMNS = np.mgrid[0:96, 0:128]
LIGHT = np.dstack([0.1 + 0.5 * ROWS / 96, 0.6 - 0.4 * COLUMNS / 128, 0.2 + 0.3 * (ROWS + COLUMNS) / 224])
INSIDE = np.s_[8:-8, 8:-8]


def light_of(picture) -> np.ndarray:
    return profiles.converted(picture.pixels, picture.icc_profile, profiles.linear_profile(3))


@pytest.mark.parametrize("make", [dng, linear_dng])
@pytest.mark.parametrize("suffix", ["dng", "tif"])
def test_light_is_kept_in_16_bits(tmp_path, make, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(make(LIGHT))
    picture = read_picture(path)
    assert picture.source_bits == 16
    assert len(np.unique(picture.pixels)) > 5000
    assert profiles.description(picture.icc_profile) == "ProPhoto RGB"
    assert np.abs(light_of(picture) - LIGHT)[INSIDE].max() < 0.002
    assert any("developed" in note for note in picture.notes)


@needs("exiftool")
def test_a_negative_is_turned_once_and_keeps_its_exif(tmp_path):
    path = tmp_path / "a.dng"
    path.write_bytes(dng(LIGHT))
    run("exiftool", "-q", "-overwrite_original", "-n", "-Orientation=6", "-EXIF:ISO=200", path)
    info, picture = read_info(path), read_picture(path)
    assert (info.height, info.width) == (128, 96) == picture.pixels.shape[:2]
    assert np.abs(light_of(picture) - np.rot90(LIGHT, 3))[INSIDE].max() < 0.002
    write_picture(picture, tmp_path / "b.tif", overwrite=False)
    told = exiftool(tmp_path / "b.tif")
    assert (told["IFD0:Orientation"], told["ExifIFD:ISO"], told["IFD0:Make"]) == (1, 200, "Maker")
