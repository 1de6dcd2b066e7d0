"""Files that other programs made are read as those programs mean them."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from tests.samples.round_trip import MAGICK, needs
from zssr_studio.errors import BadInputError
from zssr_studio.imaging import samples
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.metadata.places.orientation import upright
from zssr_studio.imaging.read import read_info, read_picture

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> None:
    subprocess.run(list(map(str, words)), check=True, capture_output=True)


def ramp(bits: int, *, alpha: bool = False) -> np.ndarray:
    """Smooth colours from black to white, odd in size, which a lossy format keeps nearly."""
    rows, columns = np.mgrid[0:113, 0:151] / np.array([112, 150])[:, None, None]
    values = np.dstack([rows, columns, (rows + columns) / 2, 1 - rows])[:, :, : 3 + alpha]
    return np.rint(values * (2**bits - 1)).astype(np.uint8 if bits == 8 else np.uint16)


def png(path: Path, samples: np.ndarray) -> Path:
    path.write_bytes(imagecodecs.png_encode(np.ascontiguousarray(samples)))
    return path


@needs("heif-enc")
@pytest.mark.parametrize(("bits", "coded"), [(8, 8), (16, 10), (16, 12)])
@pytest.mark.parametrize("alpha", [False, True])
def test_heic_keeps_its_depth_its_alpha_and_white(tmp_path, bits, coded, alpha):
    samples = ramp(bits, alpha=alpha)
    run(
        "heif-enc", "-q", "100", "-p", "chroma=444", "-b", coded, png(tmp_path / "a.png", samples), "-o", tmp_path / "a"
    )
    picture = read_picture(tmp_path / "a")
    wanted = samples / np.iinfo(samples.dtype).max
    assert picture.source_bits == bits
    assert np.abs(picture.pixels - wanted[:, :, :3]).max() < 0.03
    assert picture.pixels.max() == 1
    if alpha:
        assert np.abs(picture.alpha - wanted[:, :, 3]).max() < 0.01


def with_chunk(content: bytes, kind: bytes, held: bytes) -> bytes:
    """Put a chunk behind the header of a PNG."""
    made = struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
    return content[:33] + made + content[33:]


def packed_png(values: np.ndarray, bits: int) -> bytes:
    """Encode gray of 1, 2 or 4 bits, which no library at hand writes as it is told to."""
    height, width = values.shape
    digits = ((values[:, :, None] >> np.arange(bits)[::-1]) & 1).reshape(height, -1)
    rows = b"".join(b"\0" + bytes(np.packbits(row)) for row in digits)
    empty = b"\x89PNG\r\n\x1a\n"
    for kind, held in (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ):
        empty += struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
    return empty


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_few_bits_keep_their_transparent_colour(tmp_path, bits):
    values = np.random.default_rng(bits).integers(0, 2**bits, (9, 11), dtype=np.uint8)
    hidden = 2**bits - 1
    (tmp_path / "a.png").write_bytes(with_chunk(packed_png(values, bits), b"tRNS", struct.pack(">H", hidden)))
    picture = read_picture(tmp_path / "a.png")
    np.testing.assert_array_equal(picture.alpha == 0, values == hidden)
    np.testing.assert_allclose(picture.pixels[:, :, 0], values / hidden, atol=1e-6)


def test_gray_with_alpha_in_16_bits_is_told_as_gray(tmp_path):
    info = read_info(png(tmp_path / "a.png", ramp(16)[:, :, :2]))
    assert (info.colours, info.bits, info.alpha) == ("gray", 16, "straight")


def test_a_png_that_names_its_colours_by_numbers_gets_their_profile(tmp_path):
    content = imagecodecs.png_encode(ramp(16))
    said = {
        b"cICP": (bytes([12, 13, 0, 1]), "Display P3"),
        b"gAMA": (struct.pack(">I", 100_000), "gamma 1"),
        b"sRGB": (b"\0", None),
    }
    for kind, (held, name) in said.items():
        (tmp_path / "a.png").write_bytes(with_chunk(content, kind, held))
        profile = read_picture(tmp_path / "a.png").icc_profile
        assert (profile is None) if name is None else (name in profiles.description(profile)), kind
    (tmp_path / "a.png").write_bytes(with_chunk(content, b"gAMA", struct.pack(">I", 45_455)))
    assert read_picture(tmp_path / "a.png").icc_profile is None


@needs("avifenc")
def test_an_avif_that_names_its_colours_by_numbers_gets_their_profile(tmp_path):
    source = png(tmp_path / "a.png", ramp(16))
    for numbers, name in (("12/13/6", "Display P3"), ("9/14/9", "Rec. 2020"), ("1/13/6", None)):
        run("avifenc", "-d", "10", "--cicp", numbers, source, tmp_path / "a.avif")
        profile = read_picture(tmp_path / "a.avif").icc_profile
        assert (profile is None) if name is None else (name in profiles.description(profile)), numbers


@needs("magick")
@needs("exiftool")
@needs("vips")
def test_metadata_of_a_png_are_found_wherever_a_program_put_them(tmp_path):
    Image.fromarray(ramp(8)).save(tmp_path / "a.jpg")
    run("exiftool", "-q", "-Make=Maker", "-XMP-dc:Title=Named", "-IPTC:Keywords=word", tmp_path / "a.jpg")
    run(MAGICK, tmp_path / "a.jpg", tmp_path / "magick.png")
    run("vips", "copy", tmp_path / "a.jpg", tmp_path / "vips.png")
    for name in ("magick.png", "vips.png"):
        held = read_picture(tmp_path / name).metadata
        assert b"Maker" in held.exif, name
        assert b"Named" in held.xmp, name
    assert b"word" in read_picture(tmp_path / "magick.png").metadata.iptc


def test_texts_of_a_png_that_have_no_place_are_told_of(tmp_path):
    content = with_chunk(imagecodecs.png_encode(ramp(8)), b"tEXt", b"Description\0A picture")
    (tmp_path / "a.png").write_bytes(with_chunk(content, b"tEXt", b"Software\0A program"))
    (note,) = read_picture(tmp_path / "a.png").notes
    assert "(Description)" in note


def test_a_jpeg_with_further_pictures_behind_it_keeps_its_metadata(tmp_path):
    from PIL import ExifTags

    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Maker"
    first, second = (Image.fromarray(ramp(8)[:: 1 + i, :: 1 + i]) for i in range(2))
    first.save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[second], exif=exif, dpi=(300, 300))
    info, picture = read_info(tmp_path / "a.jpg"), read_picture(tmp_path / "a.jpg")
    assert (info.format, info.pages) == ("JPEG", 2)
    assert picture.jpeg is not None
    assert b"Maker" in picture.metadata.exif
    assert any("2 pictures" in note for note in picture.notes)


def test_a_jpeg_that_lies_about_its_size_or_has_too_many_scans_is_refused(tmp_path):
    buffer = io.BytesIO()
    Image.new("L", (64, 64)).save(buffer, "JPEG")
    content = bytearray(buffer.getvalue())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", 8000, 8000)
    (tmp_path / "lie.jpg").write_bytes(content)
    buffer = io.BytesIO()
    Image.new("L", (3000, 3000)).save(buffer, "JPEG", progressive=True)
    content = buffer.getvalue()
    last = content[content.rindex(b"\xff\xda") : -2]
    (tmp_path / "scans.jpg").write_bytes(content[:-2] + 300 * last + content[-2:])
    for name, said in (("lie.jpg", "bytes only"), ("scans.jpg", "times")):
        with pytest.raises(BadInputError, match=said):
            read_picture(tmp_path / name)


def test_a_large_picture_is_measured_by_memory_and_not_by_another_librarys_limit(tmp_path, monkeypatch):
    # Gray takes 3 GB, at a time when the decoder's samples are there too; colours would take three times that.
    monkeypatch.setattr(samples, "free_memory_bytes", lambda: 4 * 10**9)
    Image.new("1", (30_000, 20_000)).save(tmp_path / "a.png")
    info = read_info(tmp_path / "a.png")
    assert (info.width, info.height) == (30_000, 20_000)


def test_a_png_of_countless_chunks_is_refused(tmp_path):
    content = imagecodecs.png_encode(ramp(8))
    extra = struct.pack(">I", 3) + b"tEXta\0b" + struct.pack(">I", zlib.crc32(b"tEXta\0b"))
    (tmp_path / "a.png").write_bytes(content[:33] + 6000 * extra + content[33:])
    with pytest.raises(BadInputError, match="chunks"):
        read_info(tmp_path / "a.png")


@needs("exiftool")
@needs("cwebp")
@needs("avifenc")
@needs("cjxl")
@pytest.mark.parametrize("orientation", [3, 6, 7])
def test_the_orientation_is_applied_once_in_newer_formats_too(tmp_path, orientation):
    values = ramp(8)
    Image.fromarray(values).save(tmp_path / "a.jpg", quality=100, subsampling=0)
    run("exiftool", "-q", "-overwrite_original", "-n", f"-Orientation={orientation}", tmp_path / "a.jpg")
    run("cwebp", "-q", "100", "-metadata", "all", tmp_path / "a.jpg", "-o", tmp_path / "a.webp")
    run("avifenc", "-y", "444", "--min", "0", "--max", "2", tmp_path / "a.jpg", tmp_path / "a.avif")
    run("cjxl", tmp_path / "a.jpg", tmp_path / "a.jxl")
    wanted = upright(values, orientation) / 255
    for suffix in ("jpg", "webp", "avif", "jxl"):
        picture, info = read_picture(tmp_path / f"a.{suffix}"), read_info(tmp_path / f"a.{suffix}")
        assert (info.height, info.width) == picture.pixels.shape[:2] == wanted.shape[:2], suffix
        assert np.abs(picture.pixels - wanted).mean() < 0.02, suffix


@needs("heif-enc")
@needs("exiftool")
def test_heic_is_turned_as_its_box_says_and_not_by_exif_again(tmp_path):
    run("heif-enc", "-q", "100", png(tmp_path / "a.png", ramp(8)), "-o", tmp_path / "a.heic")
    run("exiftool", "-q", "-overwrite_original", "-n", "-EXIF:Orientation=6", tmp_path / "a.heic")
    content = (tmp_path / "a.heic").read_bytes()
    # The box of the depth, which decoders do without, becomes one that turns by 270 degrees to the left.
    at = content.index(b"pixi")
    (tmp_path / "b.heic").write_bytes(content[:at] + b"irot\x03" + content[at + 5 :])
    picture, info = read_picture(tmp_path / "b.heic"), read_info(tmp_path / "b.heic")
    assert (info.height, info.width) == picture.pixels.shape[:2] == (151, 113)
    assert np.abs(picture.pixels - np.rot90(ramp(8), 3) / 255).mean() < 0.02
