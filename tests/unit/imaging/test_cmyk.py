"""CMYK goes through its profile, in 16 bits, whichever way its file holds the inks."""

from __future__ import annotations

import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.samples.round_trip import MAGICK, needs
from tests.unit.imaging.other_programs.test_from_other_programs import ramp, run
from tests.unit.imaging.test_colour import lab as lab_of
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.read import read_picture

# Of Debian's libgs-common, which packaging/test.sh installs.
PRESS = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
CORNERS = np.array(list(itertools.product((0, 1), repeat=4)))


def colours(inks: np.ndarray) -> np.ndarray:
    """sRGB values of soft inks that take light away as filters do."""
    return (1 - 0.5 * inks[..., :3]) * (1 - 0.6 * inks[..., 3:4])


def simple_profile() -> bytes:
    """A profile (ICC, version 2) from CMYK to Lab with a table of the 16 corners."""
    lab = lab_of(colours(CORNERS[None].astype(float)), profiles.named_profile("srgb"))[0]
    table = np.rint(np.column_stack([lab[:, :1] * 652.8, (lab[:, 1:] + 128) * 256])).clip(0, 65535).astype(">u2")
    identity = struct.pack(">9I", *(65536 * (i % 4 == 0) for i in range(9)))
    lut = b"mft2" + struct.pack(">I4B", 0, 4, 3, 2, 0) + identity + struct.pack(">2H", 2, 2)
    lut += struct.pack(">8H", *[0, 65535] * 4) + table.tobytes() + struct.pack(">6H", *[0, 65535] * 3)
    white = b"XYZ " + struct.pack(">4i", 0, 63190, 65536, 54061)
    text = b"desc" + struct.pack(">2I", 0, 5) + b"inks\0" + bytes(79)
    body, rows, at = b"", b"", 132 + 36
    for name, element in ((b"desc", text), (b"wtpt", white), (b"A2B0", lut)):
        rows += struct.pack(">4s2I", name, at + len(body), len(element))
        body += element + bytes(-len(element) % 4)
    head = struct.pack(">I4sI4s4s4s12x4s", 0, b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ", b"acsp")
    made = head.ljust(68, b"\0") + struct.pack(">3I", 63190, 65536, 54061)
    whole = made.ljust(128, b"\0") + struct.pack(">I", 3) + rows + body
    return struct.pack(">I", len(whole)) + whole[4:]


@pytest.mark.parametrize("kind", ["jpg", "tif8", "tif16", "planes"])
def test_corners_of_the_inks_become_their_colours(tmp_path, kind):
    inks = np.repeat(np.repeat(CORNERS.reshape(4, 4, 4), 16, axis=0), 16, axis=1).astype(np.uint8) * 255
    path = tmp_path / f"a.{kind[:3]}"
    if kind == "jpg":
        Image.fromarray(inks, "CMYK").save(path, quality=100, icc_profile=simple_profile())
    else:
        samples = inks.astype(np.uint16) * 257 if kind == "tif16" else inks
        planes = {"planarconfig": "separate"} if kind == "planes" else {}
        samples = np.moveaxis(samples, -1, 0) if planes else samples
        tifffile.imwrite(path, samples, photometric="separated", iccprofile=simple_profile(), metadata=None, **planes)
    picture = read_picture(path)
    assert picture.source_bits == 16
    seen = profiles.converted(picture.pixels, picture.icc_profile, profiles.named_profile("srgb"))
    assert np.abs(seen - colours(inks / 255)).max() < 0.02


def test_alpha_of_cmyk_is_kept(tmp_path):
    samples = np.random.default_rng(0).integers(0, 256, (20, 24, 5), dtype=np.uint8)
    options = {"photometric": "separated", "iccprofile": simple_profile(), "metadata": None}
    tifffile.imwrite(tmp_path / "a.tif", samples, extrasamples=("unassalpha",), **options)
    tifffile.imwrite(tmp_path / "b.tif", np.ascontiguousarray(samples[:, :, :4]), **options)
    with_alpha, without = read_picture(tmp_path / "a.tif"), read_picture(tmp_path / "b.tif")
    np.testing.assert_array_equal(with_alpha.pixels, without.pixels)
    np.testing.assert_array_equal(np.rint(with_alpha.alpha * 255), samples[:, :, 4])


@needs("magick")
@pytest.mark.skipif(not PRESS.exists(), reason="libgs-common is not installed; packaging/test.sh installs it")
@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_a_press_profile_and_imagemagick_agree(tmp_path, suffix):
    (tmp_path / "srgb.icc").write_bytes(profiles.named_profile("srgb"))
    Image.fromarray(ramp(8)).save(tmp_path / "a.png")
    words = ["-profile", tmp_path / "srgb.icc", "-profile", PRESS, "-quality", "100", "-sampling-factor", "1x1"]
    run(MAGICK, tmp_path / "a.png", *words, tmp_path / f"a.{suffix}")
    run(
        MAGICK,
        tmp_path / f"a.{suffix}",
        "-black-point-compensation",
        "-profile",
        tmp_path / "srgb.icc",
        tmp_path / "b.png",
    )
    picture = read_picture(tmp_path / f"a.{suffix}")
    seen = profiles.converted(picture.pixels, picture.icc_profile, profiles.named_profile("srgb")).clip(0, 1)
    assert np.abs(seen - read_picture(tmp_path / "b.png").pixels).mean() < 0.02
