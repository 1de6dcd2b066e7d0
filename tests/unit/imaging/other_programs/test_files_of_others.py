"""Files as public reports describe them: odd, but whole. None is called damaged, none loses a thing unsaid."""

from __future__ import annotations

import io
import struct
import subprocess
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image
from typer.testing import CliRunner

from tests.samples import odd_files as odd
from tests.samples.raw_sample import dng
from tests.samples.round_trip import exiftool, needs
from zssr_studio.cli.app import app
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.export import ExportOptions
from zssr_studio.imaging.formats import jpeg_files
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.imaging.read import read_info, read_picture
from zssr_studio.imaging.write import check_picture, write_picture

if TYPE_CHECKING:
    from pathlib import Path

GRAY, RGB = profiles.gray_profile(), profiles.named_profile("adobe-rgb")
JUNK = bytes(range(256)) + bytes(50)
TARGETS = ("jxl", "webp", "avif", "png", "tif", "jpg")


def notes_of(path) -> str:
    return " ".join(read_picture(path).notes)


# Profiles that do not fit


@pytest.mark.parametrize("suffix", TARGETS)
@pytest.mark.parametrize(("channels", "profile"), [(1, RGB), (3, GRAY), (3, JUNK), (1, JUNK)])
@pytest.mark.parametrize("colour", ["keep", "srgb"])
def test_a_profile_that_does_not_fit_is_set_aside_and_costs_no_format(tmp_path, suffix, channels, profile, colour):
    odd.tiff(
        tmp_path / "a.tif", odd.values(channels=channels), "rgb" if channels == 3 else "minisblack", iccprofile=profile
    )
    source = read_picture(tmp_path / "a.tif")
    assert source.icc_profile is None
    assert "set aside" in " ".join(source.notes)
    assert "set aside" in " ".join(read_info(tmp_path / "a.tif").notes)
    target, options = tmp_path / f"b.{suffix}", ExportOptions(colour=colour)
    check_picture(source, (48, 64), target, options)
    write_picture(source, target, overwrite=False, options=options)
    assert np.abs(read_picture(target).pixels - source.pixels).mean() < 0.02


def test_a_profile_that_was_given_in_memory_is_set_aside_too(tmp_path):
    picture = Picture(np.full((20, 20, 3), 0.5, np.float32), icc_profile=GRAY)
    said = write_picture(picture, tmp_path / "a.jxl", overwrite=False)
    assert "does not fit" in " ".join(said)


def test_what_an_encoder_refuses_is_said_before_the_training(tmp_path, monkeypatch):
    def refuse(*_, **__) -> bytes:
        raise RuntimeError("no such profile")

    monkeypatch.setattr("zssr_studio.imaging.saving.encoders.encode_jxl", refuse)
    monkeypatch.setattr("zssr_studio.cli.upscale.write_run", lambda *_, **__: pytest.fail("the run began"))
    odd.png(tmp_path / "a.png")
    done = CliRunner().invoke(app, ["upscale", str(tmp_path / "a.png"), "-o", str(tmp_path / "b.jxl")])
    assert isinstance(done.exception, BadInputError)
    assert "cannot be written as JXL (no such profile)" in str(done.exception)


# Palettes and samples


def palette(bits: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Indices, and a map of (3, 2**bits) colours of 8 bits."""
    rows, columns = np.mgrid[:48, :64]
    index = ((rows * 5 + columns * 3) % min(2**bits, 256)).astype(np.uint8 if bits == 8 else np.uint16)
    steps = np.arange(2**bits) % 256
    return index, np.stack([steps, 255 - steps, (steps * 7) % 256]).astype(np.uint16)


@pytest.mark.parametrize("factor", [1, 257])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_colour_map_of_8_bits_is_one(tmp_path, factor, order):
    index, colours = palette()
    tifffile.imwrite(
        tmp_path / "a.tif", index, photometric="palette", colormap=colours * factor, byteorder=order, metadata=None
    )
    picture = read_picture(tmp_path / "a.tif")
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), np.moveaxis(colours[:, index], 0, -1))
    assert picture.source_bits == 8


def test_a_palette_of_16_bits_and_one_with_alpha(tmp_path):
    index, colours = palette(16)
    tifffile.imwrite(tmp_path / "a.tif", index, photometric="palette", colormap=colours, metadata=None)
    picture = read_picture(tmp_path / "a.tif")
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), np.moveaxis(colours[:, index], 0, -1))
    index, colours = palette()
    both = np.dstack([index, 255 - index])
    head, body = _palette_with_alpha(both, colours)
    (tmp_path / "b.tif").write_bytes(head + body)
    picture = read_picture(tmp_path / "b.tif")
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), np.moveaxis(colours[:, index], 0, -1))
    np.testing.assert_array_equal(np.rint(picture.alpha * 255), 255 - index)


def _palette_with_alpha(samples: np.ndarray, colours: np.ndarray) -> tuple[bytes, bytes]:
    """A TIFF that tifffile does not write: a palette with alpha behind its indices."""
    rows = [
        *((256, 3, odd.shorts(64)), (257, 3, odd.shorts(48)), (258, 3, odd.shorts(8, 8)), (259, 3, odd.shorts(1))),
        *((262, 3, odd.shorts(3)), (273, 4, odd.rational(8)), (277, 3, odd.shorts(2)), (278, 4, odd.rational(48))),
        *((279, 4, odd.rational(samples.size)), (320, 3, (colours * 257).astype("<u2").tobytes())),
        (338, 3, odd.shorts(2)),
    ]
    made = odd.block(rows)
    # The pixels stand before the directory, whose places are told from the beginning of the file.
    body = odd._directory(rows, 8 + samples.size, "<")
    return made[:4] + struct.pack("<I", 8 + samples.size), samples.tobytes() + body


def rgba_tiff(path, samples: np.ndarray, photometric: str = "rgb", extra: tuple[str, ...] = ("unspecified",)):
    """A TIFF whose samples beside its colours are not told of."""
    options = {"extrasamples": extra} if extra else {}
    tifffile.imwrite(path, samples, photometric=photometric, planarconfig="contig", metadata=None, **options)
    content = bytearray(path.read_bytes())
    # The tag ExtraSamples becomes one that nobody knows.
    at = content.index(struct.pack("<HH", 338, 3))
    content[at : at + 2] = struct.pack("<H", 65432)
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_fourth_sample_without_a_word_is_kept_as_alpha_and_said(tmp_path, dtype):
    largest = np.iinfo(dtype).max
    samples = np.dstack([odd.values(), 255 - odd.values(channels=1)]).astype(dtype) * dtype(largest // 255)
    source = rgba_tiff(tmp_path / "a.tif", samples)
    said = odd.twice(source, tmp_path / "b.tif")
    assert "taken for alpha" in said
    back = tifffile.imread(tmp_path / "b.tif")
    np.testing.assert_array_equal(back[::2, ::2], samples)


def test_a_sample_of_zeros_hides_no_picture(tmp_path):
    samples = np.dstack([odd.values(), np.zeros((48, 64), np.uint8)])
    picture = read_picture(rgba_tiff(tmp_path / "a.tif", samples))
    assert picture.alpha is None
    assert "zero everywhere" in " ".join(picture.notes)
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), samples[:, :, :3])


def test_gray_with_two_samples_that_are_not_told_of(tmp_path):
    source = rgba_tiff(tmp_path / "a.tif", odd.values(), "minisblack", ("unspecified", "unspecified"))
    picture = read_picture(source)
    assert (picture.channels, picture.alpha) == (1, None)
    assert "2 channels" in " ".join(picture.notes)


def test_white_is_zero_for_tones_and_not_for_alpha(tmp_path):
    samples = np.dstack([odd.values(channels=1), odd.values()[:, :, 2]])
    tifffile.imwrite(
        tmp_path / "a.tif", samples, photometric="miniswhite", planarconfig="contig", extrasamples=("unassalpha",),
        metadata=None,
    )  # fmt: skip
    picture = read_picture(tmp_path / "a.tif")
    np.testing.assert_array_equal(np.rint(picture.pixels[:, :, 0] * 255), 255 - samples[:, :, 0])
    np.testing.assert_array_equal(np.rint(picture.alpha * 255), samples[:, :, 1])


# Damage beside the pixels


@pytest.mark.parametrize(
    "bad",
    [
        odd.chunk(b"tEXt", b"Author\0me", is_sound=False),
        odd.chunk(b"pHYs", struct.pack(">IIB", 3000, 3000, 1), is_sound=False),
        odd.chunk(b"pHYs", b"\0\0\1"),
        odd.chunk(b"gAMA", b"\0"),
        odd.chunk(b"eXIf", b"garbage"),
        odd.chunk(b"eXIf", b"garbage", is_sound=False),
        odd.chunk(b"iCCP", b"name\0\0no deflate"),
        odd.chunk(b"zTXt", b"XML:com.adobe.xmp\0\0no deflate"),
        odd.chunk(b"zTXt", b"Raw profile type exif\0\0no deflate"),
        odd.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta"),
        odd.chunk(b"tIME", b"\0"),
        odd.chunk(b"tRNS", b"\0"),
    ],
)
@pytest.mark.parametrize("bits", [8, 16])
def test_a_damaged_part_of_a_png_never_costs_its_pixels(tmp_path, bad, bits):
    pixels = odd.values() if bits == 8 else odd.values().astype(np.uint16) * 257
    content = bytes(imagecodecs.png_encode(pixels))
    (tmp_path / "a.png").write_bytes(content[:33] + bad + content[33:])
    picture = read_picture(tmp_path / "a.png")
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), odd.values())
    assert "damaged" in " ".join(picture.notes)
    assert picture.pixels_per_inch is None
    assert "damaged" in " ".join(read_info(tmp_path / "a.png").notes)
    said = write_picture(picture, tmp_path / "b.png", overwrite=False)
    assert said == ()


@pytest.mark.parametrize("bits", [8, 16])
def test_a_png_without_its_end_is_read_and_one_without_pixels_is_not(tmp_path, bits):
    pixels = odd.values() if bits == 8 else odd.values().astype(np.uint16) * 257
    content = bytes(imagecodecs.png_encode(pixels))
    (tmp_path / "a.png").write_bytes(content[:-12])
    np.testing.assert_array_equal(np.rint(read_picture(tmp_path / "a.png").pixels * 255), odd.values())
    (tmp_path / "b.png").write_bytes(content[: len(content) // 2])
    with pytest.raises(BadInputError, match="damaged or not complete"):
        read_picture(tmp_path / "b.png")


def test_a_wrong_sum_of_a_part_that_pixels_need_is_damage(tmp_path):
    content = bytearray(imagecodecs.png_encode(odd.values()))
    content[30] ^= 1  # of the header
    (tmp_path / "a.png").write_bytes(bytes(content))
    with pytest.raises(BadInputError, match="damaged"):
        read_picture(tmp_path / "a.png")


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 2}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("kind", ["RGB", "L", "CMYK"])
def test_a_jpeg_without_its_end_mark_alone_is_read_and_one_without_pixels_is_not(tmp_path, options, kind):
    buffer = io.BytesIO()
    icc = {"icc_profile": _cmyk_profile()} if kind == "CMYK" else {}
    Image.fromarray(odd.values()).convert(kind).save(buffer, "JPEG", quality=92, **options, **icc)
    content = buffer.getvalue()
    (tmp_path / "whole.jpg").write_bytes(content)
    wanted = read_picture(tmp_path / "whole.jpg").pixels
    for lost in (1, 2):
        (tmp_path / "a.jpg").write_bytes(content[:-lost])
        picture = read_picture(tmp_path / "a.jpg")
        np.testing.assert_array_equal(picture.pixels, wanted)
        assert "lacks the mark at its end" in " ".join(picture.notes)
    for lost in (8, 40, len(content) // 3):
        (tmp_path / "b.jpg").write_bytes(content[:-lost])
        with pytest.raises(BadInputError, match="damaged or not complete"):
            read_picture(tmp_path / "b.jpg")


def _cmyk_profile() -> bytes:
    from tests.unit.imaging.test_cmyk import simple_profile

    return simple_profile()


def frame_of(marker: int, bits: int = 8, components: int = 3) -> bytes:
    parts = b"".join(bytes([number + 1, 0x11, 0]) for number in range(components))
    return struct.pack(">BBHBHHB", 0xFF, marker, 8 + 3 * components, bits, 48, 64, components) + parts


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (frame_of(0xC1, 12), "12 bits"),
        (frame_of(0xC3, 12), "without loss"),
        (frame_of(0xC3), "without loss"),
        (frame_of(0xF7), "JPEG-LS"),
        (frame_of(0xC5), "hierarchical"),
        (frame_of(0xC0, components=2), "2 channels"),
    ],
)
def test_valid_jpegs_that_are_not_read_are_named(tmp_path, frame, said):
    (tmp_path / "a.jpg").write_bytes(
        b"\xff\xd8" + frame + b"\xff\xda\0\x0c\3\1\0\2\0\3\0\0?\0" + bytes(99) + b"\xff\xd9"
    )
    with pytest.raises(BadInputError, match=f"{said}.*not read") as error:
        read_picture(tmp_path / "a.jpg")
    assert "damaged" not in str(error.value)


ARITHMETIC = [("", 0xC9), ("-progressive", 0xCA), ("-restart 1", 0xC9), ("-sample 1x1", 0xC9), ("-grayscale", 0xC9)]


@needs("cjpeg")
@pytest.mark.parametrize(("options", "frame"), ARITHMETIC)
def test_arithmetic_coding_is_read_as_djpeg_reads_it(tmp_path, options, frame):
    path = arithmetic(tmp_path, *options.split())
    content = path.read_bytes()
    assert bytes([0xFF, frame]) in content
    if not jpeg_files.reads_arithmetic():
        pytest.skip("the JPEG decoder that is installed reads no arithmetic coding")
    assert read_info(path).notes == ()
    picture = read_picture(path)
    plain = subprocess.run(["djpeg", path], capture_output=True, check=True).stdout
    with Image.open(io.BytesIO(plain)) as image:
        np.testing.assert_array_equal(np.rint(picture.pixels * 255).squeeze(), np.asarray(image))
    path.write_bytes(content[:-2])
    lacking = read_picture(path)
    np.testing.assert_array_equal(lacking.pixels, picture.pixels)
    assert "lacks the mark at its end" in " ".join(lacking.notes)
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(BadInputError, match="ends before its last pixel"):
        read_picture(path)


@needs("cjpeg")
def test_arithmetic_coding_is_named_where_the_decoder_lacks_it(tmp_path, monkeypatch):
    monkeypatch.setattr(jpeg_files, "reads_arithmetic", lambda: False)
    for option in ("-baseline", "-progressive"):
        with pytest.raises(BadInputError, match=r"arithmetic coding, which is not read.*Convert it") as error:
            read_info(arithmetic(tmp_path, option))
        assert "damaged" not in str(error.value)


def arithmetic(folder: Path, *options: str) -> Path:
    """Write a JPEG with arithmetic coding by libjpeg-turbo's own program."""
    noise = np.random.default_rng(0).integers(-40, 40, (48, 64, 3))
    Image.fromarray((odd.values() + noise).clip(0, 255).astype(np.uint8)).save(folder / "a.ppm")
    command = ["cjpeg", "-arithmetic", *options, folder / "a.ppm"]
    (folder / "a.jpg").write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    return folder / "a.jpg"


def test_other_programs_jpegs_of_these_kinds_are_named(tmp_path):
    deep = odd.values(channels=1).astype(np.uint16) * 16
    for made, said in (
        (imagecodecs.ljpeg_encode(deep, bitspersample=12), "without loss"),
        (imagecodecs.jpegls_encode(odd.values()), "JPEG-LS"),
        (imagecodecs.jpeg2k_encode(odd.values()), "JPEG 2000"),
        (b"GIF89a" + bytes(99), "GIF"),
        (b"8BPS\0\1" + bytes(99), "Photoshop"),
        (b"P6 4 4 255\n" + bytes(48), "PNM"),
    ):
        (tmp_path / "a").write_bytes(bytes(made))
        with pytest.raises(BadInputError, match=f"{said}.*not read"):
            read_picture(tmp_path / "a")


ODD_VALUES = [
    (274, 2, b"6\0"),
    (274, 4, odd.rational(99)),
    (282, 5, odd.rational(300, 0)),
    (283, 2, b"300\0"),
    (296, 12, struct.pack("<d", float("nan"))),
    (271, 3, odd.shorts(1, 2, 3)),
    (306, 2, b"no date"),
    (50010, 99, b"odd"),
]


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif", "tif", "jxl"])
@pytest.mark.parametrize("block", [odd.block(ODD_VALUES), b"junk", b"II*\0\xff\xff\xff\x7f"])
def test_odd_exif_never_costs_the_picture(tmp_path, suffix, block):
    options = {"exif": odd.EXIF_MARK + block} if suffix in ("webp", "avif") else {}
    path = tmp_path / f"a.{suffix}"
    if suffix == "jpg":
        odd.jpeg(path, odd.exif_segment(block))
    elif suffix == "png":
        odd.png(path, odd.chunk(b"eXIf", block))
    elif suffix == "tif":
        odd.tiff(path, tags=[(34665, 4, 1, 2**31 - 5, True)])
    elif suffix == "jxl":
        content = bytes(imagecodecs.jpegxl_encode(odd.values(), lossless=True, usecontainer=True))
        path.write_bytes(content + odd.box(b"Exif", bytes(4) + block))
    else:
        _saved_with_exif(path, options["exif"])
    picture = read_picture(path)
    assert np.abs(picture.pixels - odd.values() / 255).mean() < 0.02
    assert picture.pixels_per_inch is None
    for target in ("b.jpg", "b.tif", "b.png"):
        write_picture(picture, tmp_path / target, overwrite=True)
        assert read_picture(tmp_path / target).pixels.shape == (48, 64, 3)


def _saved_with_exif(path, block: bytes) -> None:
    """Save with a block of the same length that Pillow takes, and put the other one into its place."""
    held = odd.block([(271, 2, bytes(len(block)))])
    Image.fromarray(odd.values()).save(path, exif=odd.EXIF_MARK + held, quality=95)
    content = path.read_bytes()
    at = content.index(held)
    path.write_bytes(content[:at] + block[6:].ljust(len(held), b"\0") + content[at + len(held) :])


# Resolutions


@pytest.mark.parametrize("unit", [1, 0, 7])
def test_a_resolution_without_a_unit_is_none(tmp_path, unit):
    odd.tiff(tmp_path / "a.tif", resolution=(600, 300), resolutionunit=1)
    rows = [(282, 5, odd.rational(600, 1)), (283, 5, odd.rational(300, 1)), (296, 3, odd.shorts(unit))]
    odd.jpeg(tmp_path / "a.jpg", odd.exif_segment(odd.block(rows)))
    odd.png(tmp_path / "a.png", odd.chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 0)))
    for name in ("a.tif", "a.jpg", "a.png"):
        assert read_picture(tmp_path / name).pixels_per_inch is None
        assert read_info(tmp_path / name).pixels_per_inch is None
        for suffix in TARGETS:
            odd.twice(tmp_path / name, tmp_path / f"b.{suffix}")
            back = read_picture(tmp_path / f"b.{suffix}")
            assert back.pixels_per_inch is None
            assert b"CapturedPixelsPerInch" not in back.metadata.xmp


@pytest.mark.parametrize(
    ("across", "down"),
    [
        ((5, odd.rational(300, 1)), (5, odd.rational(150, 1))),
        ((4, odd.rational(300)), (3, odd.shorts(150))),
        ((11, struct.pack("<f", 300)), (12, struct.pack("<d", 150))),
        ((10, struct.pack("<ii", 300, 1)), (9, struct.pack("<i", 150))),
    ],
)
@pytest.mark.parametrize("unit", [2, 3, None])
def test_a_resolution_of_any_type_of_value_counts(tmp_path, across, down, unit):
    rows = [(282, *across), (283, *down)] + ([] if unit is None else [(296, 3, odd.shorts(unit))])
    odd.jpeg(tmp_path / "a.jpg", odd.exif_segment(odd.block(rows)))
    factor = 2.54 if unit == 3 else 1
    assert read_picture(tmp_path / "a.jpg").pixels_per_inch == pytest.approx((150 * factor, 300 * factor))


def test_no_resolution_is_made_up(tmp_path):
    odd.jpeg(tmp_path / "a.jpg", odd.exif_segment(odd.block([(271, 2, b"Maker\0")])))
    assert read_picture(tmp_path / "a.jpg").pixels_per_inch is None
    picture = Picture(np.full((20, 20, 3), 0.5, np.float32))
    for suffix in TARGETS:
        write_picture(picture, tmp_path / f"b.{suffix}", overwrite=False)
        assert read_picture(tmp_path / f"b.{suffix}").pixels_per_inch is None


@pytest.mark.parametrize("ppi", [(300.0, 150.0), (299.72, 299.72), (70_000.0, 90_000.0), (0.4, 0.3)])
@pytest.mark.parametrize("suffix", TARGETS)
def test_every_resolution_comes_back(tmp_path, ppi, suffix):
    picture = Picture(np.full((20, 20, 3), 0.5, np.float32), pixels_per_inch=ppi)
    write_picture(picture, tmp_path / f"a.{suffix}", overwrite=False)
    # PNG holds whole pixels per metre.
    within = 0.02 if suffix == "png" else 1e-3
    assert read_picture(tmp_path / f"a.{suffix}").pixels_per_inch == pytest.approx(ppi, abs=within, rel=1e-4)


def test_xmp_tells_a_resolution_where_nothing_else_does(tmp_path):
    told = odd.packet(
        "<tiff:XResolution>2400000/10000</tiff:XResolution><tiff:YResolution>240</tiff:YResolution>"
        "<tiff:ResolutionUnit>2</tiff:ResolutionUnit>",
        tiff="http://ns.adobe.com/tiff/1.0/",
    )
    odd.jpeg(tmp_path / "a.jpg", odd.xmp_segment(told))
    assert read_picture(tmp_path / "a.jpg").pixels_per_inch == (240, 240)


# Descriptions, orders, pages


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", ["imagej", "ome", "shaped"])
def test_tifffile_reads_what_became_of_its_own_files(tmp_path, kind):
    stack = np.stack([odd.values(channels=1)] * 3)
    if kind == "imagej":
        tifffile.imwrite(tmp_path / "a.tif", stack, imagej=True, resolution=(2.0, 2.0), metadata={"unit": "um"})
    elif kind == "ome":
        tifffile.imwrite(tmp_path / "a.ome.tif", stack, ome=True, metadata={"PhysicalSizeX": 0.5, "axes": "ZYX"})
    else:
        tifffile.imwrite(tmp_path / "a.tif", stack, photometric="minisblack", metadata={"axes": "ZYX"})
    source = tmp_path / ("a.ome.tif" if kind == "ome" else "a.tif")
    said = odd.twice(source, tmp_path / "b.tif")
    assert "sizes in this very file" in said
    assert read_picture(source).pixels_per_inch is None
    np.testing.assert_array_equal(tifffile.imread(tmp_path / "b.tif")[::2, ::2], stack[0])
    with tifffile.TiffFile(tmp_path / "b.tif") as file:
        assert [file.is_imagej, file.is_ome, file.is_shaped] == [False] * 3


def test_a_description_that_a_person_wrote_stays(tmp_path):
    odd.tiff(tmp_path / "a.tif", description="Shape of an ImageJ user, OME sweet OME")
    odd.twice(tmp_path / "a.tif", tmp_path / "b.tif")
    with tifffile.TiffFile(tmp_path / "b.tif") as file:
        assert file.pages[0].description == "Shape of an ImageJ user, OME sweet OME"


@needs("exiftool")
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("suffix", TARGETS)
def test_texts_in_utf_16_are_read_alike_by_exiftool(tmp_path, order, suffix):
    encoding = "utf-16-le" if order == "<" else "utf-16-be"
    text, method = (b"UNICODE\0" + words.encode(encoding) for words in ("Zoë im Garten 京都", "GPSé"))
    held = odd.block([(271, 2, b"Maker\0")], exif=[(37510, 7, text)], gps=[(27, 7, method)], order=order)
    odd.jpeg(tmp_path / "a.jpg", odd.exif_segment(held))
    odd.twice(tmp_path / "a.jpg", tmp_path / f"b.{suffix}")
    told = exiftool(tmp_path / f"b.{suffix}")
    assert (told["ExifIFD:UserComment"], told["GPS:GPSProcessingMethod"]) == ("Zoë im Garten 京都", "GPSé")


@pytest.mark.parametrize("deep", [False, True])
def test_a_tiff_in_the_order_of_its_exif_holds_the_same_pixels(tmp_path, deep):
    odd.jpeg(tmp_path / "a.jpg", odd.exif_segment(odd.block([(271, 2, b"Maker\0")], order=">")))
    source = read_picture(tmp_path / "a.jpg")
    for bits in (8, 16, 32):
        options = ExportOptions(bits=bits) if deep else ExportOptions(bits=bits, compression="none")
        write_picture(source, tmp_path / "b.tif", overwrite=True, options=options)
        with tifffile.TiffFile(tmp_path / "b.tif") as file:
            assert file.byteorder == ">"
            held = file.asarray()
        largest = 1 if bits == 32 else 2**bits - 1
        np.testing.assert_allclose(held / largest, source.pixels, atol=1e-6 if bits > 8 else 1e-3)


def thumbnail_file(path, big: bool, below: bool) -> np.ndarray:
    """A thumbnail before the picture, which stands behind it or below it."""
    with tifffile.TiffWriter(path, bigtiff=big) as writer:
        writer.write(odd.values(12, 16), photometric="rgb", subfiletype=1, subifds=int(below), metadata=None)
        writer.write(odd.values(), photometric="rgb", subfiletype=0, metadata=None, resolution=(300, 300))
        writer.write(odd.values(100, 20), photometric="rgb", subfiletype=0, metadata=None)
    return odd.values()


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("below", [False, True])
def test_a_thumbnail_before_the_picture_is_not_the_picture(tmp_path, big, below):
    wanted = thumbnail_file(tmp_path / "a.tif", big, below)
    picture = read_picture(tmp_path / "a.tif")
    np.testing.assert_array_equal(np.rint(picture.pixels * 255), wanted)
    assert picture.pixels_per_inch == (300, 300)
    assert "1 smaller copy" in " ".join(picture.notes)
    assert read_info(tmp_path / "a.tif").pages == 2
    assert read_picture(tmp_path / "a.tif", 2).pixels.shape == (100, 20, 3)
    with pytest.raises(BadInputError, match="no page 3"):
        read_picture(tmp_path / "a.tif", 3)


def test_a_file_of_nothing_but_small_copies_is_read_all_the_same(tmp_path):
    odd.tiff(tmp_path / "a.tif", subfiletype=1)
    assert read_picture(tmp_path / "a.tif").pixels.shape == (48, 64, 3)


def test_a_larger_page_is_pointed_out(tmp_path):
    with tifffile.TiffWriter(tmp_path / "a.tif") as writer:
        writer.write(odd.values(12, 16), photometric="rgb", metadata=None)
        writer.write(odd.values(), photometric="rgb", metadata=None)
    assert "Page 2 of a.tif is larger: 64 x 48" in notes_of(tmp_path / "a.tif")


# XMP that moves, and RAW


@needs("exiftool")
def test_a_panorama_and_its_crop(tmp_path):
    told = "".join(
        f"<GPano:{name}Pixels>{number}</GPano:{name}Pixels>"
        for name, number in {
            **{"FullPanoWidth": 128, "FullPanoHeight": 96, "CroppedAreaImageWidth": 64},
            **{"CroppedAreaImageHeight": 48, "CroppedAreaLeft": 30, "CroppedAreaTop": 20},
        }.items()
    )
    held = odd.packet(told, GPano="http://ns.google.com/photos/1.0/panorama/")
    odd.jpeg(tmp_path / "a.jpg", odd.xmp_segment(held))
    odd.twice(tmp_path / "a.jpg", tmp_path / "b.jpg", Crop(8, 16, 24, 32))
    now = exiftool(tmp_path / "b.jpg")
    assert [now[f"XMP-GPano:{name}Pixels"] for name in ("FullPanoWidth", "FullPanoHeight")] == [256, 192]
    assert [now[f"XMP-GPano:CroppedArea{name}Pixels"] for name in ("ImageWidth", "ImageHeight")] == [64, 48]
    assert [now[f"XMP-GPano:CroppedArea{name}Pixels"] for name in ("Left", "Top")] == [92, 56]


@needs("exiftool")
@pytest.mark.parametrize(
    ("orientation", "centre"), [(1, (0.25, 0.75)), (3, (0.75, 0.25)), (6, (0.25, 0.25)), (8, (0.75, 0.75))]
)
def test_a_face_is_turned_with_its_picture(tmp_path, orientation, centre):
    from tests.unit.imaging.test_what_stands_beside import AREA, DIMENSIONS, MWG, mwg

    held = odd.packet(mwg(0.25, 0.75), **{"mwg-rs": MWG}, stArea=AREA, stDim=DIMENSIONS)
    block = odd.block([(274, 3, odd.shorts(orientation))])
    odd.jpeg(tmp_path / "a.jpg", odd.exif_segment(block), odd.xmp_segment(held))
    odd.twice(tmp_path / "a.jpg", tmp_path / "b.jpg")
    now = exiftool(tmp_path / "b.jpg")
    assert (now["XMP-mwg-rs:RegionAreaX"], now["XMP-mwg-rs:RegionAreaY"]) == centre
    size = (128, 96) if orientation in (1, 3) else (96, 128)
    told = (now["XMP-mwg-rs:RegionAppliedToDimensionsW"], now["XMP-mwg-rs:RegionAppliedToDimensionsH"])
    assert told == size == (now["File:ImageWidth"], now["File:ImageHeight"])


@pytest.mark.parametrize("kind", [b"mpvd", b"uuid", b"jumb"])
def test_what_stands_behind_the_pixels_of_an_avif_is_named(tmp_path, kind):
    """The video of a motion photo is its last box, behind megabytes of pixels."""
    Image.fromarray(odd.values()).save(tmp_path / "a.avif")
    far = odd.box(b"free", bytes(200_000)) + odd.box(kind, bytes(300_000))
    (tmp_path / "b.avif").write_bytes((tmp_path / "a.avif").read_bytes() + far)
    assert not any("beside its picture" in note for note in read_info(tmp_path / "a.avif").notes)
    assert any("beside its picture" in note for note in read_info(tmp_path / "b.avif").notes)


def test_the_header_of_an_avif_may_stand_anywhere(tmp_path):
    """Behind 100 kB it was not looked for, and 10 bits became 8."""
    deep = np.arange(48 * 64 * 3, dtype=np.uint16).reshape(48, 64, 3) % 1024
    content = bytes(imagecodecs.avif_encode(deep, level=100, bitspersample=10))
    size, place = int.from_bytes(content[:4], "big"), content.index(b"mdat") + 4
    far = odd.box(b"free", bytes(150_000))
    content = content.replace(struct.pack(">I", place), struct.pack(">I", place + len(far)))
    (tmp_path / "a.avif").write_bytes(content[:size] + far + content[size:])
    assert read_info(tmp_path / "a.avif").bits == 10
    assert read_picture(tmp_path / "a.avif").source_bits == 16


@needs("magick")
def test_imagemagick_reads_the_history(tmp_path):
    import subprocess

    from tests.samples.round_trip import MAGICK

    odd.twice(odd.jpeg(tmp_path / "a.jpg"), tmp_path / "b.jpg")
    done = subprocess.run(
        [MAGICK, tmp_path / "b.jpg", "-verbose", "info:"], capture_output=True, text=True, check=False
    )
    assert "ParseError" not in done.stdout + done.stderr
    assert "stEvt:action" in read_picture(tmp_path / "b.jpg").metadata.xmp.decode()


def test_settings_of_camera_raw_stay_in_a_picture_that_is_none(tmp_path):
    held = odd.packet("<crs:Exposure2012>+2</crs:Exposure2012>", crs="http://ns.adobe.com/camera-raw-settings/1.0/")
    odd.jpeg(tmp_path / "a.jpg", odd.xmp_segment(held))
    odd.twice(tmp_path / "a.jpg", tmp_path / "b.jpg")
    assert b"Exposure2012" in read_picture(tmp_path / "b.jpg").metadata.xmp


def test_a_negative_keeps_its_resolution_as_it_stands(tmp_path):
    (tmp_path / "a.dng").write_bytes(dng(None, (274, 3, 1, 6, True), ppi=300))
    picture = read_picture(tmp_path / "a.dng")
    assert picture.pixels.shape[:2] == (64, 48)
    assert picture.pixels_per_inch == (300, 300)


def test_the_subject_and_a_polygon_of_xmp_move_with_the_picture(tmp_path):
    from tests.unit.imaging.test_what_stands_beside import NS

    corners = "".join(f'<rdf:li Iptc4xmpExt:rbX="{x}" Iptc4xmpExt:rbY="{y}"/>' for x, y in ((4, 4), (20, 4), (20, 40)))
    held = odd.packet(
        "<exif:SubjectArea><rdf:Seq><rdf:li>10</rdf:li><rdf:li>12</rdf:li></rdf:Seq></exif:SubjectArea>"
        "<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li><Iptc4xmpExt:RegionBoundary><rdf:Description "
        'Iptc4xmpExt:rbShape="polygon" Iptc4xmpExt:rbUnit="pixel"><Iptc4xmpExt:rbVertices><rdf:Seq>'
        f"{corners}</rdf:Seq></Iptc4xmpExt:rbVertices></rdf:Description></Iptc4xmpExt:RegionBoundary></rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:ImageRegion>",
        exif=NS["exif"],
        Iptc4xmpExt=NS["Iptc4xmpExt"],
    )
    odd.jpeg(tmp_path / "a.jpg", odd.xmp_segment(held))
    for crop in (None, Crop(0, 0, 24, 32)):
        assert odd.twice(tmp_path / "a.jpg", tmp_path / "b.jpg", crop) == ""
        told = read_picture(tmp_path / "b.jpg").metadata.xmp.decode()
        assert "<rdf:li>20</rdf:li><rdf:li>24</rdf:li>" in told
        below = 80 if crop is None else 48
        assert all(f'rbX="{x}" Iptc4xmpExt:rbY="{y}"' in told for x, y in ((8, 8), (40, 8), (40, below)))
    said = odd.twice(tmp_path / "a.jpg", tmp_path / "b.jpg", Crop(24, 32, 24, 32))
    assert "1 region" in said
    assert "place of the subject" in said
