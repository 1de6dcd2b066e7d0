"""The round-trip matrix: every format, depth and kind of colour at scale 1, read back with second programs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.samples.round_trip import by_magick, by_vips, copied, exiftool, needs, profile_by_exiftool
from zssr_studio.imaging.colour import profiles

if TYPE_CHECKING:
    from pathlib import Path
from zssr_studio.imaging.export import Compression, ExportOptions, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.imaging.read import read_picture

PROFILES = {1: profiles.gray_profile(), 3: profiles.named_profile("adobe-rgb")}
CHANNELS = {1: "gray", 2: "graya", 3: "rgb", 4: "rgba"}
SUFFIXES = ("tif", "png", "jpg", "webp", "avif", "jxl")
NAMED = (
    "System:",
    "File:",
    "ExifTool:",
    "Composite:",
    "SourceFile",
    "ICC",
    "JFIF",
    "PNG",
    "RIFF",
    "QuickTime",
    "Meta:",
)
# What the format says of its own pixels, and what this program says of the copy.
OWN = {
    *("IFD0:BitsPerSample", "IFD0:Compression", "IFD0:ImageHeight", "IFD0:ImageWidth", "IFD0:StripOffsets"),
    *("IFD0:PhotometricInterpretation", "IFD0:PlanarConfiguration", "IFD0:Predictor", "IFD0:RowsPerStrip"),
    *("IFD0:SamplesPerPixel", "IFD0:StripByteCounts", "IFD0:YCbCrPositioning", "IFD0:Software", "IFD0:Orientation"),
    *("XMP-x:XMPToolkit", "XMP-xmpMM:DocumentID", "XMP-xmpMM:InstanceID", "IFD0:SampleFormat"),
}
TAGS = (
    *("-Make=Canon", "-Model=EOS", "-ExposureTime=1/250", "-FNumber=2.8", "-ISO=200", "-LensModel=50 mm"),
    *("-DateTimeOriginal=2020:01:02 03:04:05", "-UserComment=Grüße", "-ExposureCompensation=-0.33"),
    *("-GPSLatitude=48.1", "-GPSLatitudeRef=N", "-GPSLongitude=11.5", "-GPSLongitudeRef=E", "-EXIF:Artist=Me"),
    *("-EXIF:Copyright=© me", "-IPTC:CodedCharacterSet=UTF8", "-IPTC:City=Munich", "-IPTC:Keywords=a"),
    *("-IPTC:Keywords=b", "-IPTC:Caption-Abstract=Grüße", "-XMP-dc:Title=Title", "-XMP-dc:Subject=x"),
    *(
        "-XMP-photoshop:City=Munich",
        "-XMP-xmp:Rating=4",
        "-XMP-xmpMM:DocumentID=xmp.did:1",
        "-XMP-exif:GPSLatitude=48.1",
    ),
    *("-ExifImageWidth=44", "-ExifImageHeight=31", "-FocalPlaneXResolution=1000", "-FocalPlaneYResolution=1000"),
    *("-EXIF:Orientation#=1", "-XMP-tiff:ImageWidth=44", "-EXIF:XResolution=600", "-EXIF:YResolution=600"),
)


def samples(bits: int, channels: int, alpha: bool) -> np.ndarray:
    rng = np.random.default_rng(bits + channels)
    drawn = rng.integers(0, 2**bits, (31, 44, channels + alpha), dtype=np.uint8 if bits == 8 else np.uint16)
    return drawn[:, :, 0] if drawn.shape[2] == 1 else drawn


def write_tiff(path: Path, values: np.ndarray, **options) -> Path:
    count = 1 if values.ndim == 2 else values.shape[2]
    if count in (2, 4):
        options.setdefault("extrasamples", ("unassalpha",))
    tifffile.imwrite(
        path,
        values,
        photometric="rgb" if count > 2 else "minisblack",
        planarconfig="contig" if count > 1 else None,
        metadata=None,
        resolution=(600, 300),
        resolutionunit="INCH",
        iccprofile=PROFILES[3 if count > 2 else 1],
        **options,
    )
    return path


@needs("magick")
@needs("exiftool")
@pytest.mark.parametrize("suffix", ["tif", "png"])
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("alpha", [False, True])
def test_lossless_formats_keep_samples_profile_and_resolution(tmp_path, suffix, bits, channels, alpha):
    values = samples(bits, channels, alpha)
    source = write_tiff(tmp_path / "source.tif", values)
    target = tmp_path / f"target.{suffix}"
    assert copied(source, target) == ()
    wanted = values.reshape(31, 44, -1)
    if alpha and channels == 1:
        seen = by_vips(target, tmp_path)
    else:
        seen = by_magick(target, bits, CHANNELS[wanted.shape[2]])
    np.testing.assert_array_equal(seen, wanted)
    assert profile_by_exiftool(target) == PROFILES[channels]
    told = exiftool(target)
    if suffix == "tif":
        assert (told["IFD0:XResolution"], told["IFD0:YResolution"]) == (600, 300)
    else:
        assert told["PNG-pHYs:PixelsPerUnitX"] == round(600 / 0.0254)
        assert told["PNG-pHYs:PixelsPerUnitY"] == round(300 / 0.0254)


@needs("djxl")
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("alpha", [False, True])
def test_jpeg_xl_without_loss(tmp_path, bits, alpha):
    values = samples(bits, 3, alpha)
    source = write_tiff(tmp_path / "source.tif", values)
    options = ExportOptions(lossless=True, colour="keep" if bits == 8 else "srgb")
    copied(source, tmp_path / "target.jxl", options)
    subprocess.run(["djxl", tmp_path / "target.jxl", tmp_path / "seen.png"], check=True, capture_output=True)
    seen = imagecodecs.png_decode((tmp_path / "seen.png").read_bytes())
    if bits == 8:
        np.testing.assert_array_equal(seen, values)
        assert profile_by_exiftool(tmp_path / "seen.png") == PROFILES[3]
    else:
        copied(source, tmp_path / "srgb.tif", ExportOptions(colour="srgb"))
        np.testing.assert_array_equal(seen, tifffile.imread(tmp_path / "srgb.tif"))


@needs("vips")
def test_floating_point_tiff_keeps_every_bit(tmp_path):
    values = (np.random.default_rng(0).standard_normal((31, 44, 3)) * 3).astype(np.float32)
    for name, compression in (("a", Compression.DEFLATE), ("b", Compression.NONE)):
        source = write_tiff(tmp_path / "source.tif", values)
        copied(source, tmp_path / f"{name}.tif", ExportOptions(compression=compression))
        np.testing.assert_array_equal(by_vips(tmp_path / f"{name}.tif", tmp_path), values)


@needs("vips")
@needs("exiftool")
def test_webp_without_loss(tmp_path):
    values = samples(8, 3, True)
    source = write_tiff(tmp_path / "source.tif", values)
    copied(source, tmp_path / "target.webp", ExportOptions(lossless=True))
    with Image.open(tmp_path / "target.webp") as image:
        np.testing.assert_array_equal(np.asarray(image), values)
    assert profile_by_exiftool(tmp_path / "target.webp") == PROFILES[3]
    np.testing.assert_array_equal(by_vips(tmp_path / "target.webp", tmp_path), values)


@needs("tiffinfo")
def test_an_associated_alpha_stays_one_and_exact(tmp_path):
    values = samples(16, 3, True)
    values[..., :3] = np.minimum(values[..., :3], values[..., 3:])
    source = write_tiff(tmp_path / "source.tif", values, extrasamples=("assocalpha",))
    copied(source, tmp_path / "target.tif")
    np.testing.assert_array_equal(tifffile.imread(tmp_path / "target.tif"), values)
    told = subprocess.run(["tiffinfo", tmp_path / "target.tif"], capture_output=True, text=True, check=True).stdout
    assert "assoc-alpha" in told
    copied(source, tmp_path / "target.png")
    straight = imagecodecs.png_decode((tmp_path / "target.png").read_bytes())
    solid = values[..., 3] > 0
    wanted = np.rint(values[..., :3] / np.maximum(values[..., 3:], 1) * 65535.0)
    np.testing.assert_allclose(straight[solid][:, :3], wanted[solid], atol=1)


@pytest.fixture(scope="module")
def tagged(tmp_path_factory) -> dict[str, Path]:
    """A picture with metadata of every kind and a thumbnail, as JPEG, TIFF and PNG."""
    folder = tmp_path_factory.mktemp("tagged")
    values = samples(8, 3, False)
    write_tiff(folder / "tagged.tif", values)
    Image.fromarray(values).save(folder / "tagged.jpg", quality=95, icc_profile=PROFILES[3], dpi=(600, 600))
    Image.fromarray(values).save(folder / "tagged.png", icc_profile=PROFILES[3], dpi=(600, 600))
    Image.fromarray(values[:16, :16]).save(folder / "thumb.jpg")
    for suffix in ("tif", "jpg", "png"):
        thumbnail = [] if suffix == "png" else [f"-ThumbnailImage<={folder / 'thumb.jpg'}"]
        command = ["exiftool", "-q", "-m", "-overwrite_original", *TAGS, *thumbnail, folder / f"tagged.{suffix}"]
        subprocess.run(command, check=True, capture_output=True)
    return {suffix: folder / f"tagged.{suffix}" for suffix in ("tif", "jpg", "png")}


@needs("exiftool")
@pytest.mark.parametrize("source", ["tif", "jpg", "png"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_metadata_are_equal_but_for_what_is_named(tagged, tmp_path, source, suffix):
    target = tmp_path / f"target.{suffix}"
    notes = copied(tagged[source], target)
    before, after = (
        {name: value for name, value in exiftool(path).items() if not name.startswith(NAMED) and name not in OWN}
        for path in (tagged[source], target)
    )
    before = {name: value for name, value in before.items() if not name.startswith("IFD1")}
    if suffix in ("webp", "avif", "jxl"):
        before = {name: value for name, value in before.items() if not name.startswith(("IPTC", "Photoshop"))}
        assert any("IPTC" in note for note in notes)
    differing = {name: (value, after.get(name)) for name, value in before.items() if after.get(name) != value}
    differing.pop("Photoshop:IPTCDigest", None)
    assert differing == {}
    assert after["ExifIFD:LensModel"] == "50 mm"
    assert after["XMP-xmpMM:OriginalDocumentID"] == "xmp.did:1"
    assert "copied" in after["XMP-xmpMM:HistoryParameters"]
    assert not any(name.startswith("IFD1") or "Thumbnail" in name for name in after)
    if suffix != "jxl":  # the profile lies inside its codestream, which exiftool does not read
        assert profile_by_exiftool(target) == PROFILES[3]


@needs("exiftool")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_place_alone_is_left_out_or_everything(tagged, tmp_path, suffix):
    copied(tagged["jpg"], tmp_path / f"a.{suffix}", ExportOptions(metadata=MetadataPolicy.NO_PLACE))
    told = exiftool(tmp_path / f"a.{suffix}")
    assert told["ExifIFD:LensModel"] == "50 mm"
    assert told["XMP-xmp:Rating"] == 4
    assert not [name for name in told if "GPS" in name or "City" in name]
    assert b"Munich" not in (tmp_path / f"a.{suffix}").read_bytes()
    copied(tagged["jpg"], tmp_path / f"b.{suffix}", ExportOptions(metadata=MetadataPolicy.NONE))
    told = exiftool(tmp_path / f"b.{suffix}")
    assert not [name for name in told if name.startswith(("XMP", "ExifIFD", "GPS", "IPTC"))]


@needs("exiftool")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_enlarged_picture_tells_its_new_size_and_what_was_done(tagged, tmp_path, suffix):
    target = tmp_path / f"target.{suffix}"
    copied(tagged["jpg"], target, scale="2", steps=2, seed=7)
    told = exiftool(target)
    assert (told["ExifIFD:ExifImageWidth"], told["ExifIFD:ExifImageHeight"]) == (88, 62)
    assert told["XMP-tiff:ImageWidth"] == 88
    assert (told["IFD0:XResolution"], told["IFD0:YResolution"]) == (1200, 1200)
    assert told["ExifIFD:FocalPlaneXResolution"] == 2000
    assert told["XMP-iptcExt:DigitalSourceType"].endswith("/algorithmicallyEnhanced")
    assert "seed 7" in told["XMP-xmpMM:HistoryParameters"]
    assert told["XMP-xmpMM:DerivedFromFilePath"] == "tagged.jpg"
    assert told["XMP-zssr:CapturedPixelsPerInch"].startswith("600 x 600")
    copied(tagged["jpg"], target, ExportOptions(resolution=ResolutionPolicy.PPI), scale="2", steps=2)
    assert exiftool(target)["IFD0:XResolution"] == 600


@needs("magick")
def test_a_gradient_in_16_bits_keeps_more_than_8_bits_of_levels(tmp_path):
    ramp = np.linspace(20_000, 24_000, 64)[None, :, None] * np.ones((40, 1, 3))
    source = write_tiff(tmp_path / "ramp.tif", ramp.astype(np.uint16))
    copied(source, tmp_path / "out.png", scale="2", steps=8)
    seen = by_magick(tmp_path / "out.png", 16, "rgb")
    # 8 bits would have 16 levels between the ends.
    assert len(np.unique(seen)) > 100
    assert read_picture(tmp_path / "out.png").source_bits == 16


@needs("vips")
def test_values_outside_0_to_1_are_enlarged_as_they_are(tmp_path):
    ramp = np.linspace(-2, 5, 64, dtype=np.float32)[None, :, None] * np.ones((40, 1, 3), np.float32)
    source = write_tiff(tmp_path / "ramp.tif", ramp)
    copied(source, tmp_path / "out.tif", scale="2", steps=8)
    seen = by_vips(tmp_path / "out.tif", tmp_path)
    assert seen.shape == (80, 128, 3)
    halved = seen.reshape(40, 2, 64, 2, 3).mean(axis=(1, 3))
    assert np.abs(halved - ramp).mean() < 0.05
    copied(source, tmp_path / "wide.tif", ExportOptions(colour="prophoto"))
    wide = by_vips(tmp_path / "wide.tif", tmp_path)
    assert wide.max() > 2  # below 0 a plain power, as this profile has, knows no tones


@pytest.mark.parametrize("associated", [False, True])
def test_an_edge_of_alpha_grows_no_halo(tmp_path, associated):
    rows, columns = np.mgrid[0:60, 0:70]
    alpha = np.clip(20.5 - np.hypot(rows - 30, columns - 35), 0, 1)
    colours = np.where(alpha[:, :, None] > 0, [0.9, 0.5, 0.2], 0.0)  # black where nothing is seen
    shown = colours * alpha[:, :, None] if associated else colours
    values = np.rint(65535 * np.dstack([shown, alpha])).astype(np.uint16)
    kind = "assocalpha" if associated else "unassalpha"
    source = write_tiff(tmp_path / "source.tif", values, extrasamples=(kind,))
    copied(source, tmp_path / "out.png", scale="2", steps=20)
    seen = imagecodecs.png_decode((tmp_path / "out.png").read_bytes()) / 65535
    visible = seen[:, :, 3] > 0.02
    assert visible.mean() > 0.2
    assert np.abs(seen[visible][:, :3] - [0.9, 0.5, 0.2]).max() < 0.002
    assert (seen[:, :, 3].min(), seen[:, :, 3].max()) == (0, 1)
