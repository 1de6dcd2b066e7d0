"""JPEG XL as cjxl writes it: profiles in lossy files, packed metadata; and what is refused before a run."""

from __future__ import annotations

import struct

import imagecodecs
import numpy as np
import pytest
import tifffile
from typer.testing import CliRunner

from tests.samples.round_trip import needs
from tests.unit.imaging.other_programs.test_from_other_programs import png, ramp, run
from zssr_studio.cli.app import app
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.formats.jxl_files import encode_jxl
from zssr_studio.imaging.formats.png_chunks import icc_chunk, with_chunks
from zssr_studio.imaging.metadata.blocks import NO_METADATA
from zssr_studio.imaging.read import read_info, read_picture

EXIF = b"II*\0\x08\0\0\0\x01\0\x0f\x01\x02\0\x06\0\0\0\x1a\0\0\0\0\0\0\0Maker\0"


@needs("cjxl")
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("distance", ["0", "0.5"])
def test_a_profile_holds_in_lossy_files_too(tmp_path, bits, channels, distance):
    samples = ramp(bits, alpha=channels == 4)[:, :, :channels]
    samples = samples[:, :, 0] if channels == 1 else samples
    profile = profiles.gray_profile_of(1.8) if channels == 1 else profiles.named_profile("adobe-rgb")
    source = png(tmp_path / "a.png", samples)
    source.write_bytes(with_chunks(source.read_bytes(), [icc_chunk(profile)]))
    run("cjxl", source, tmp_path / "a.jxl", "-d", distance)
    picture = read_picture(tmp_path / "a.jxl")
    assert picture.source_bits == bits
    assert profiles.space_of(picture.icc_profile) == ("gray" if channels == 1 else "rgb")
    wanted = samples.reshape(*samples.shape[:2], channels) / np.iinfo(samples.dtype).max
    # cjxl gives hidden colours up, and some versions keep alpha in 8 bits.
    visible = wanted[:, :, -1] > 0 if channels == 4 else slice(None)
    colours = wanted[:, :, :3]
    assert np.abs(picture.pixels - colours)[visible].mean() < (1e-6 if distance == "0" else 0.02)
    if channels == 4:
        np.testing.assert_allclose(picture.alpha, wanted[:, :, 3], atol=0.02)
    assert len(np.unique(picture.pixels)) > 100


def packed_box(kind: bytes, content: bytes) -> bytes:
    packed = kind + imagecodecs.brotli_encode(content)
    return struct.pack(">I4s", 8 + len(packed), b"brob") + packed


def test_metadata_in_packed_boxes_are_read(tmp_path):
    content = encode_jxl(ramp(8), None, NO_METADATA, quality=90, lossless=False)
    head, rest = content[:32], content[32:]
    assert head[16:20] == b"ftyp"
    boxes = packed_box(b"Exif", bytes(4) + EXIF) + packed_box(b"xml ", b"<x:xmpmeta/>")
    (tmp_path / "a.jxl").write_bytes(head + boxes + rest)
    held = read_info(tmp_path / "a.jxl").metadata
    assert held.exif == EXIF
    assert held.xmp == b"<x:xmpmeta/>"
    marked = struct.pack(">I4sI", 18 + len(EXIF), b"Exif", 0) + b"Exif\0\0" + EXIF
    (tmp_path / "c.jxl").write_bytes(head + marked + rest)
    assert read_info(tmp_path / "c.jxl").metadata.exif == EXIF
    broken = struct.pack(">I4s", 16, b"brob") + b"Exif\xff\xff\xff\xff"
    (tmp_path / "b.jxl").write_bytes(head + broken + rest)
    assert "damaged" in read_info(tmp_path / "b.jxl").notes[0]


def test_an_animation_is_refused_by_its_header(tmp_path):
    frames = np.stack([ramp(8), ramp(8)])
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(frames))
    with pytest.raises(BadInputError, match="animation"):
        read_picture(tmp_path / "a.jxl")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.jxl", "8 bits and RGB only"),
        ("a.jpg", "transparency"),
    ],
)
def test_what_a_format_cannot_hold_is_said_before_the_training(tmp_path, monkeypatch, name, said):
    profile = profiles.named_profile("adobe-rgb")
    tifffile.imwrite(
        tmp_path / "source.tif",
        ramp(16, alpha=True),
        photometric="rgb",
        extrasamples=("unassalpha",),
        iccprofile=profile,
        metadata=None,
    )
    monkeypatch.setattr("zssr_studio.cli.upscale.write_run", lambda *_, **__: pytest.fail("the run began"))
    done = CliRunner().invoke(app, ["upscale", str(tmp_path / "source.tif"), "-o", str(tmp_path / name)])
    assert isinstance(done.exception, BadInputError)
    assert said in str(done.exception)
