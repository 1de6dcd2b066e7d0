"""Arrays, PIL images and paths of every kind go through the front door and come back as they came."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms
from skimage import data

import zssr_studio as zs
from tests.samples import odd_files

QUICK = {"steps": 2, "kernel": "bicubic", "cleaning": "none", "device": "cpu"}
CHANNELS = {"flat": None, "gray": 1, "gray+alpha": 2, "rgb": 3, "rgba": 4}


def photo(channels: int | None = 3, dtype: type = np.uint8, size: tuple[int, int] = (18, 22)) -> np.ndarray:
    """Return a smooth picture with soft alpha, of any layout."""
    colours = data.astronaut()[40 : 40 + size[0], 200 : 200 + size[1]] / 255
    gray, alpha = (
        colours.mean(axis=2, keepdims=True),
        np.linspace(0.2, 1, size[1])[None, :, None] + 0 * colours[..., :1],
    )
    parts = {None: [gray], 1: [gray], 2: [gray, alpha], 3: [colours], 4: [colours, alpha]}[channels]
    values = np.concatenate(parts, axis=2)
    values = values[:, :, 0] if channels is None else values
    return (np.rint(values * np.iinfo(dtype).max) if np.issubdtype(dtype, np.integer) else values).astype(dtype)


def halved(values: np.ndarray) -> np.ndarray:
    """Average each square of four pixels."""
    values = np.asarray(values, np.float64)
    return (values[::2, ::2] + values[1::2, ::2] + values[::2, 1::2] + values[1::2, 1::2]) / 4


def assert_near(out: np.ndarray, source: np.ndarray) -> None:
    """See that a result of scale 2 shows its source: the same colours at the same places."""
    largest = np.iinfo(source.dtype).max if source.dtype.kind == "u" else 1
    assert np.abs(halved(out) - source).mean() < 0.02 * largest
    # One pixel to the side would be seen.
    assert np.abs(halved(out) - np.roll(source, 1, axis=1)).mean() > 0.02 * largest


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float16, np.float32, np.float64])
@pytest.mark.parametrize("channels", CHANNELS.values(), ids=CHANNELS.keys())
def test_an_array_comes_back_as_it_came(channels, dtype):
    source = photo(channels, dtype)
    before = source.copy()
    result = zs.upscale(source, **QUICK)
    assert result.pixels.dtype == source.dtype
    assert result.pixels.shape == (36, 44, *source.shape[2:])
    assert_near(result.pixels, source)
    assert result.consistency_db > 35
    assert np.array_equal(source, before)
    assert source.flags.writeable


def test_alpha_is_enlarged_beside_the_colours_and_changes_nothing_of_what_is_seen():
    source = photo(4)
    opaque = zs.upscale(source[:, :, :3], **QUICK)
    result = zs.upscale(source, **QUICK)
    assert np.array_equal(result.pixels[:, :, :3], opaque.pixels)
    assert np.abs(halved(result.pixels[:, :, 3]) - source[:, :, 3]).max() < 4


@pytest.mark.parametrize("change", ["read-only", "reversed", "strided", "other byte order", "transposed"])
def test_arrays_of_any_layout_in_memory_work_and_are_left_alone(change):
    base = photo(3, np.uint16)
    plain = zs.upscale(base, **QUICK).pixels
    match change:
        case "read-only":
            source = base.copy()
            source.setflags(write=False)
        case "reversed":
            source = base[::-1, ::-1].copy()[::-1, ::-1]
        case "strided":
            source = np.repeat(base, 2, axis=1)[:, ::2]
        case "other byte order":
            source = base.astype(">u2")
        case _:
            source = np.ascontiguousarray(base.transpose(2, 1, 0)).transpose(2, 1, 0)
    before = source.copy()
    result = zs.upscale(source, **QUICK)
    assert np.array_equal(result.pixels, plain)
    assert result.pixels.dtype == source.dtype
    assert np.array_equal(source, before)


def test_floats_that_overshoot_a_little_keep_their_range():
    source = photo(3, np.float32) * 1.5 - 0.1
    result = zs.upscale(source, **QUICK)
    assert result.pixels.max() > 1.05
    assert_near(result.pixels, source)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "F", "I;16", "I;16B"])
def test_a_pil_image_comes_back_in_its_mode(mode):
    channels = {"L": None, "F": None, "LA": 2, "RGB": 3, "RGBA": 4}.get(mode)
    dtype = {"F": np.float32, "I;16": np.uint16, "I;16B": ">u2"}.get(mode, np.uint8)
    source = photo(channels, np.uint16).astype(dtype) if "I" in mode else photo(channels, dtype)
    image = Image.frombytes(mode, (22, 18), source.tobytes())
    result = zs.upscale(image, **QUICK)
    assert isinstance(result.pixels, Image.Image)
    assert (result.pixels.mode, result.pixels.size) == (mode, (44, 36))
    assert_near(np.asarray(result.pixels), source)
    assert np.array_equal(np.asarray(image), source)
    assert not any("mode" in notice for notice in result.notices)


@pytest.mark.parametrize(
    ("make", "mode", "said"),
    [
        (lambda rgb: rgb.convert("P"), "RGB", "a palette (mode P)"),
        (lambda rgb: rgb.convert("1"), "L", "black and white only (mode 1)"),
        (lambda rgb: with_info(rgb.convert("P"), transparency=3), "RGBA", "a palette (mode P)"),
        (lambda rgb: with_info(rgb.convert("L"), transparency=9), "LA", "needs alpha"),
        (lambda rgb: with_info(rgb, transparency=(1, 2, 3)), "RGBA", "needs alpha"),
        (lambda rgb: with_info(as_16_bits(rgb), transparency=5), "I;16", "transparent value is not kept"),
    ],
)
def test_a_mode_that_cannot_hold_the_result_becomes_one_that_can_and_it_is_told(make, mode, said):
    result = zs.upscale(make(Image.fromarray(photo(3))), **QUICK)
    assert result.pixels.mode == mode
    assert said in result.notices[0]


def with_info(image: Image.Image, **info: object) -> Image.Image:
    image.info.update(info)
    return image


def as_16_bits(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def test_a_pil_image_keeps_its_profile_and_prints_as_large_as_before(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.fromarray(photo(3))
    exif = image.getexif()
    exif[0x010F] = "A maker"
    image.save(tmp_path / "photo.jpg", icc_profile=profile, dpi=(300, 150), exif=exif, quality=95)
    with Image.open(tmp_path / "photo.jpg") as opened:
        result = zs.upscale(opened, **QUICK)
        copied = zs.upscale(opened, scale=1)
    assert result.pixels.info["icc_profile"] == profile
    assert result.pixels.info["dpi"] == (600, 300)
    assert copied.picture.jpeg is not None
    assert result.picture.jpeg is None
    result.save(tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as saved:
        assert saved.info["icc_profile"] == profile
        assert saved.getexif()[0x010F] == "A maker"
        assert np.array_equal(np.asarray(saved), np.asarray(result.pixels))


def test_a_pil_image_that_is_to_be_turned_is_enlarged_as_it_lies_and_it_is_told(tmp_path):
    image = Image.fromarray(photo(3))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.png", exif=exif)
    with Image.open(tmp_path / "turned.png") as opened:
        result = zs.upscale(opened, **QUICK)
    assert result.pixels.size == (44, 36)
    assert result.pixels.getexif()[0x0112] == 6
    assert "exif_transpose" in result.notices[0]
    result.save(tmp_path / "saved.png")
    with Image.open(tmp_path / "saved.png") as saved:
        assert saved.getexif().get(0x0112, 1) == 1
    upright = zs.read(tmp_path / "turned.png")
    assert (upright.height, upright.width) == (22, 18)


def test_what_a_pil_image_tells_of_itself_may_be_nonsense():
    image = with_info(Image.fromarray(photo(3)), exif=b"nonsense", dpi=("a", "b"), icc_profile=b"")
    result = zs.upscale(image, **QUICK)
    assert result.picture.pixels_per_inch is None
    assert "EXIF data are damaged" in result.notices[0]


def test_the_smallest_pictures_are_enlarged():
    assert zs.upscale(np.array([[7]], np.uint8), **QUICK).pixels.tolist() == [[7, 7], [7, 7]]
    assert zs.upscale(photo(2, np.float16, (1, 5)), (3, 8), **QUICK).pixels.shape == (3, 40, 2)


@pytest.mark.parametrize("channels", [None, 2, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_a_path_and_a_picture_come_back_in_the_depth_of_the_file(tmp_path, channels, dtype):
    source, path = photo(channels, dtype), tmp_path / "photo.tif"
    assert zs.write(source, path) == ()
    whole = {**QUICK, "crop": (2, 4, 10, 12)}
    results = [zs.upscale(path, **whole), zs.upscale(str(path), **whole), zs.upscale(zs.read(path), **whole)]
    for result in results:
        assert result.pixels.dtype == dtype
        assert result.pixels.shape == (20, 24, *source.shape[2:])
        assert np.array_equal(result.pixels, results[0].pixels)
    assert np.array_equal(results[0].pixels, zs.upscale(source, **whole).pixels)
    assert [result.source for result in results] == [path, path, None]


def test_no_resolution_of_a_pil_image_is_made_up(tmp_path):
    """PIL says 72 of a JPEG whose EXIF data tell none, and takes a number without a unit for inches."""
    from zssr_studio.door.pillow import picture_of_image

    rows = [[], [(282, 5, odd_files.rational(1, 1)), (283, 5, odd_files.rational(1, 1)), (296, 3, odd_files.shorts(1))]]
    for told in rows:
        block = odd_files.block([(271, 2, b"Maker\0"), *told])
        odd_files.jpeg(tmp_path / "a.jpg", odd_files.exif_segment(block))
        with Image.open(tmp_path / "a.jpg") as image:
            assert image.info["dpi"] is not None
            assert picture_of_image(image)[0].pixels_per_inch is None
    inches = [(282, 5, odd_files.rational(300, 1)), (283, 5, odd_files.rational(300, 1)), (296, 3, odd_files.shorts(2))]
    odd_files.jpeg(tmp_path / "b.jpg", odd_files.exif_segment(odd_files.block(inches)))
    with Image.open(tmp_path / "b.jpg") as image:
        assert picture_of_image(image)[0].pixels_per_inch == (300, 300)
