"""Every row of the table in docs/files.md: a file that holds the block goes through reading and writing."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from tests.samples import odd_files as odd
from tests.samples.raw_sample import dng
from tests.samples.round_trip import needs
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.formats.jxl_files import encode_jxl
from zssr_studio.imaging.metadata import exif, rdf
from zssr_studio.imaging.metadata.blocks import NO_METADATA
from zssr_studio.imaging.picture import Crop
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "files.md"
ADOBE_RGB = profiles.named_profile("adobe-rgb")
NS = rdf.NAMESPACES
GPANO = "http://ns.google.com/photos/1.0/panorama/"
CAMERA, CONTAINER = "http://ns.google.com/photos/1.0/camera/", "http://ns.google.com/photos/1.0/container/"
MWG, AREA = "http://www.metadataworkinggroup.com/schemas/regions/", "http://ns.adobe.com/xmp/sType/Area#"
DIMENSIONS = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
MP, MPRI, MPREG = (f"http://ns.microsoft.com/photo/1.2/{end}" for end in ("", "t/RegionInfo#", "t/Region#"))
TOP_LEFT = Crop(0, 0, odd.HEIGHT // 2, odd.WIDTH // 2)


@dataclass(frozen=True)
class Row:
    """How a row of the table is tried: a file, where it is written to, what of the result is as it should be.

    `said` is a word of the note that tells of what was left out; where none is, a quiet row has no notes.
    """

    make: Callable[[Path], Path]
    said: str = ""
    holds: Callable[[Path], bool] | None = None
    suffix: str = ".tif"
    crop: Crop | None = None
    is_quiet: bool = True


def table() -> dict[str, str]:
    """The blocks of the table with what becomes of them."""
    text = DOCUMENT.read_text(encoding="utf-8").split("## What stands beside the pixels", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| block", "|--"))]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[2] for row in cells}


def root_of(path: Path) -> exif.Directory:
    return exif.read_block(read_picture(path).metadata.exif)


def child_of(path: Path, tag: int = exif.EXIF_IFD) -> exif.Directory:
    return root_of(path).children[tag]


def xmp_of(path: Path) -> str:
    return (read_picture(path).metadata.xmp or b"").decode()


def with_exif(*rows, **more) -> Callable[[Path], Path]:
    return lambda folder: odd.jpeg(folder / "a.jpg", odd.exif_segment(odd.block(list(rows), **more)))


def with_xmp(properties: str, **namespaces: str) -> Callable[[Path], Path]:
    return lambda folder: odd.jpeg(folder / "a.jpg", odd.xmp_segment(odd.packet(properties, **namespaces)))


def with_segment(marker: int, content: bytes) -> Callable[[Path], Path]:
    return lambda folder: odd.jpeg(folder / "a.jpg", (marker, content))


def with_chunk(kind: bytes, content: bytes, **more) -> Callable[[Path], Path]:
    return lambda folder: odd.png(folder / "a.png", odd.chunk(kind, content, **more))


def with_tags(*tags, **options) -> Callable[[Path], Path]:
    return lambda folder: odd.tiff(folder / "a.tif", tags=tags, **options)


EVERY_TYPE = [
    *((50001, 1, b"\1\2"), (50002, 2, b"text\0"), (50003, 3, odd.shorts(7)), (50004, 4, odd.rational(7))),
    *((50005, 5, odd.rational(1, 3)), (50006, 6, b"\xff"), (50007, 7, b"\0\1\2\3\4\5"), (50008, 8, b"\xfe\xff")),
    *((50009, 9, b"\xfe\xff\xff\xff"), (50010, 10, b"\xfe\xff\xff\xff\3\0\0\0"), (50011, 11, struct.pack("<f", 0.5))),
    *((50012, 12, struct.pack("<d", 0.1)), (50013, 129, "Zoë\0".encode())),
]


def holds_every_type(path: Path) -> bool:
    held = child_of(path).entries
    return [(tag, held[tag].kind, held[tag].content) for tag, _, _ in EVERY_TYPE] == EVERY_TYPE


def big_endian_comment(folder: Path) -> Path:
    text = b"UNICODE\0" + "Zoë 京都".encode("utf-16-be")
    made = odd.block([(271, 2, b"Maker\0")], exif=[(37510, 7, text), (41730, 7, b"\0\2\0\2\0\1\1\2")], order=">")
    return odd.jpeg(folder / "a.jpg", odd.exif_segment(made))


def holds_comment(path: Path) -> bool:
    root, comment = root_of(path), child_of(path).entries[37510].content
    encoding = "utf-16-le" if root.order == "<" else "utf-16-be"
    return comment[8:].decode(encoding) == "Zoë 京都"


def mwg(x: float, y: float, prefix: str = "stArea") -> str:
    return (
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions stDim:w="64" stDim:h="48" '
        'stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Name="One">'
        f'<mwg-rs:Area {prefix}:x="{x}" {prefix}:y="{y}" {prefix}:w="0.2" {prefix}:h="0.2" {prefix}:unit="normalized"/>'
        "</rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    )


def mp(rectangle: str) -> str:
    return (
        '<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag><rdf:li MPReg:PersonDisplayName="One" '
        f'MPReg:Rectangle="{rectangle}"/></rdf:Bag></MPRI:Regions></MP:RegionInfo>'
    )


def iptc_region(unit: str, x: float, y: float, width: float, height: float) -> str:
    return (
        "<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li><rdf:Description><Iptc4xmpExt:RegionBoundary><rdf:Description "
        f'Iptc4xmpExt:rbShape="rectangle" Iptc4xmpExt:rbUnit="{unit}" Iptc4xmpExt:rbX="{x}" Iptc4xmpExt:rbY="{y}" '
        f'Iptc4xmpExt:rbW="{width}" Iptc4xmpExt:rbH="{height}"/></Iptc4xmpExt:RegionBoundary></rdf:Description>'
        "</rdf:li></rdf:Bag></Iptc4xmpExt:ImageRegion>"
    )


def extended(folder: Path) -> Path:
    more = odd.packet("<dc:rights>all of it</dc:rights>", dc=NS["dc"])
    name = hashlib.md5(more, usedforsecurity=False).hexdigest().upper().encode()
    first = odd.packet(f"<xmpNote:HasExtendedXMP>{name.decode()}</xmpNote:HasExtendedXMP>", xmpNote=NS["xmpNote"])
    mark = b"http://ns.adobe.com/xmp/extension/\0"
    parts = [
        (0xE1, mark + name + struct.pack(">II", len(more), at) + more[at : at + 150]) for at in range(0, len(more), 150)
    ]
    return odd.jpeg(folder / "a.jpg", odd.xmp_segment(first), *reversed(parts))


def in_pieces(*kept: int) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        size = -(-len(ADOBE_RGB) // 3)
        pieces = [
            (0xE2, b"ICC_PROFILE\0" + bytes([part + 1, 3]) + ADOBE_RGB[part * size : (part + 1) * size])
            for part in kept
        ]
        return odd.jpeg(folder / "a.jpg", *pieces)

    return make


def multi_picture(folder: Path) -> Path:
    index = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0xB001, 4, 1, 2) + bytes(4)
    second = odd.jpeg(folder / "second.jpg").read_bytes()
    return odd.jpeg(folder / "a.jpg", (0xE2, b"MPF\0" + index), behind=second)


def without_end(folder: Path) -> Path:
    path = odd.jpeg(folder / "a.jpg")
    path.write_bytes(path.read_bytes()[:-2])
    return path


def raw_text(name: bytes, content: bytes) -> bytes:
    text = b"\n%s\n%8d\n" % (name, len(content)) + content.hex().encode() + b"\n"
    return odd.chunk(b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(text))


def raw_profiles(folder: Path) -> Path:
    made = odd.block([(271, 2, b"Maker\0")])
    records = b"\x1c\x02\x05\0\x05Title"
    return odd.png(
        folder / "a.png",
        raw_text(b"exif", odd.EXIF_MARK + made),
        raw_text(b"8bim", odd.resources_of((0x0404, records))),
        raw_text(b"xmp", odd.packet("<dc:rights>mine</dc:rights>", dc=NS["dc"])),
    )


def holds_raw_profiles(path: Path) -> bool:
    held = read_picture(path).metadata
    return b"Maker" in held.exif and b"Title" in held.iptc and b"mine" in held.xmp


def animated(kind: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        frames = [Image.fromarray(odd.values()), Image.fromarray(255 - odd.values())]
        path = folder / f"a.{kind}"
        frames[0].save(path, save_all=True, append_images=frames[1:])
        return path

    return make


def small_first(folder: Path) -> Path:
    import tifffile

    with tifffile.TiffWriter(folder / "a.tif", bigtiff=True) as writer:
        writer.write(odd.values(12, 16), photometric="rgb", subfiletype=1, subifds=1, metadata=None)
        writer.write(odd.values(), photometric="rgb", subfiletype=0, metadata=None)
    return folder / "a.tif"


def is_full_size(path: Path) -> bool:
    return read_picture(path).pixels.shape[:2] == (2 * odd.HEIGHT, 2 * odd.WIDTH)


def two_pages(folder: Path) -> Path:
    import tifffile

    with tifffile.TiffWriter(folder / "a.tif") as writer:
        for _ in range(2):
            writer.write(odd.values(), photometric="rgb", metadata=None)
    return folder / "a.tif"


def avif(folder: Path, behind: bytes) -> Path:
    buffer = io.BytesIO()
    Image.fromarray(odd.values()).save(buffer, "AVIF")
    return _written(folder / "a.avif", buffer.getvalue() + behind)


def clean_aperture(folder: Path) -> Path:
    source = odd.png(folder / "a.png")
    command = ["avifenc", "--crop", "8,8,32,24", source, folder / "a.avif"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "a.avif"


def heic(folder: Path) -> Path:
    source = odd.png(folder / "a.png")
    subprocess.run(["heif-enc", source, source, "-o", folder / "a.heic"], check=True, capture_output=True)
    return folder / "a.heic"


def webp(folder: Path) -> Path:
    buffer = io.BytesIO()
    Image.fromarray(odd.values()).save(buffer, "WEBP", icc_profile=ADOBE_RGB)
    (folder / "a.webp").write_bytes(odd.with_riff_chunk(buffer.getvalue(), b"OWN1", b"something"))
    return folder / "a.webp"


def jxl(kind: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        content = encode_jxl(odd.values(), None, NO_METADATA, quality=90, lossless=False)
        (folder / "a.jxl").write_bytes(content + odd.box(kind, b"something"))
        return folder / "a.jxl"

    return make


def further_channels(folder: Path) -> Path:
    planes = np.stack([odd.values(channels=1)] * 3)
    return _written(folder / "a.jxl", imagecodecs.jpegxl_encode(planes, photometric="gray", planar=True))


def raw_file(folder: Path, properties: str = "") -> Path:
    made = odd.packet(properties, crs=NS["crs"], xmp=NS["xmp"])
    return _written(folder / "a.dng", dng(None, (700, 1, len(made), made, True), ppi=300))


_AUXILIARY = odd.box(b"auxC", bytes(4) + b"urn:com:apple:photo:2020:aux:hdrgainmap\0")
AUXILIARY = odd.box(b"meta", bytes(4) + odd.box(b"iprp", odd.box(b"ipco", _AUXILIARY)))
P3_CORNERS = (0.5151, 0.2412, -0.0011, 0.2919, 0.6922, 0.0419, 0.1571, 0.0666, 0.7841)

ROWS = {
    "EXIF values of every type": Row(with_exif((271, 2, b"M\0"), exif=EVERY_TYPE), holds=holds_every_type),
    "EXIF in either byte order, with texts in UTF-16": Row(big_endian_comment, holds=holds_comment),
    "EXIF maker's note": Row(
        with_exif((271, 2, b"M\0"), exif=[(37500, 7, bytes(range(99)))]),
        holds=lambda path: child_of(path).entries[37500].content == bytes(range(99)),
    ),
    "EXIF place (GPS)": Row(
        with_exif((271, 2, b"M\0"), gps=[(1, 2, b"N\0"), (2, 5, odd.rational(48, 1, 8, 1, 0, 1))]),
        holds=lambda path: child_of(path, exif.GPS_IFD).entries[2].content == odd.rational(48, 1, 8, 1, 0, 1),
    ),
    "EXIF orientation": Row(
        with_exif((274, 3, odd.shorts(6))), holds=lambda path: root_of(path).number(274) == 1, suffix=".jpg"
    ),
    "EXIF sizes": Row(
        with_exif((271, 2, b"M\0"), exif=[(40962, 3, odd.shorts(64)), (40963, 3, odd.shorts(48))]),
        holds=lambda path: (child_of(path).number(40962), child_of(path).number(40963)) == (128, 96),
    ),
    "EXIF resolution": Row(
        with_exif((282, 11, struct.pack("<f", 150)), (283, 4, odd.rational(150)), (296, 3, odd.shorts(2))),
        holds=lambda path: read_picture(path).pixels_per_inch == (300, 300),
        suffix=".webp",
    ),
    "EXIF resolution on the sensor": Row(
        with_exif((271, 2, b"M\0"), exif=[(41486, 5, odd.rational(1000, 1)), (41487, 5, odd.rational(900, 1))]),
        holds=lambda path: (child_of(path).number(41486), child_of(path).number(41487)) == (2000, 1800),
    ),
    "EXIF place of the subject": Row(
        with_exif((271, 2, b"M\0"), exif=[(37396, 3, odd.shorts(10, 12, 4, 6))]),
        holds=lambda path: child_of(path).entries[37396].content == odd.shorts(20, 24, 8, 12),
        crop=TOP_LEFT,
    ),
    "EXIF thumbnail": Row(with_exif((271, 2, b"M\0"), thumbnail=True), "thumbnail"),
    "EXIF values that are damaged or of no known type": Row(
        with_exif((271, 2, b"M\0"), (50000, 99, b"1234")), "tags 50000", holds=lambda path: 271 in root_of(path).entries
    ),
    "EXIF that is damaged as a whole": Row(
        lambda folder: odd.jpeg(folder / "a.jpg", odd.exif_segment(b"junk" * 9)), "EXIF"
    ),
    "descriptions of ImageJ, OME, tifffile and others of their own file": Row(
        with_tags((270, 2, 0, "ImageJ=1.53\nimages=3\nslices=3\n", True)), "ImageJ"
    ),
    "tags of microscopes' programs": Row(with_tags((33628, 4, 1, 7, True)), "33628"),
    "content credentials (C2PA)": Row(with_segment(0xEB, b"JP\0\1" + bytes(4) + odd.box(b"jumb", b"x")), "C2PA"),
    "XMP in UTF-8, UTF-16 or UTF-32": Row(
        lambda folder: odd.png(
            folder / "a.png",
            odd.chunk(
                b"iTXt",
                b"XML:com.adobe.xmp\0\0\0\0\0"
                + odd.packet("<dc:rights>Zoë</dc:rights>", dc=NS["dc"]).decode().encode("utf-16-le"),
            ),
        ),
        holds=lambda path: "Zoë" in xmp_of(path),
    ),
    "XMP in parts": Row(extended, holds=lambda path: "all of it" in xmp_of(path)),
    "XMP that is damaged": Row(lambda folder: odd.jpeg(folder / "a.jpg", odd.xmp_segment(b"<x:xmpmeta")), "XMP"),
    "XMP sizes, orientation and resolution": Row(
        with_xmp("<tiff:ImageWidth>64</tiff:ImageWidth><tiff:XResolution>72/1</tiff:XResolution>", tiff=NS["tiff"]),
        holds=lambda path: ">128<" in xmp_of(path) and "XResolution" not in xmp_of(path),
    ),
    "XMP kind of file and of colours (dc:format, Photoshop's)": Row(
        with_xmp(
            "<dc:format>image/jpeg</dc:format><photoshop:ColorMode>4</photoshop:ColorMode>",
            dc=NS["dc"],
            photoshop=NS["photoshop"],
        ),
        holds=lambda path: all(word in xmp_of(path) for word in (">image/tiff<", "ColorMode>3<")),
    ),
    "XMP about how the source's samples lie (bits, compression)": Row(
        with_xmp(
            "<tiff:BitsPerSample><rdf:Seq><rdf:li>8</rdf:li></rdf:Seq></tiff:BitsPerSample>"
            "<tiff:Compression>6</tiff:Compression><tiff:Make>Maker</tiff:Make>",
            tiff=NS["tiff"],
        ),
        holds=lambda path: not re.search("BitsPerSample|Compression", xmp_of(path)) and "Maker" in xmp_of(path),
    ),
    "XMP panorama (GPano)": Row(
        with_xmp(
            "<GPano:FullPanoWidthPixels>64</GPano:FullPanoWidthPixels>"
            "<GPano:CroppedAreaImageWidthPixels>64</GPano:CroppedAreaImageWidthPixels>"
            "<GPano:CroppedAreaLeftPixels>10</GPano:CroppedAreaLeftPixels>",
            GPano=GPANO,
        ),
        holds=lambda path: all(
            f"<GPano:{name}Pixels>{number}<" in xmp_of(path)
            for name, number in (("FullPanoWidth", 128), ("CroppedAreaImageWidth", 128), ("CroppedAreaLeft", 20))
        ),
    ),
    "XMP regions of the Metadata Working Group and ACDSee": Row(
        with_xmp(mwg(0.25, 0.25), **{"mwg-rs": MWG}, stArea=AREA, stDim=DIMENSIONS),
        holds=lambda path: all(
            word in xmp_of(path) for word in ('stArea:x="0.5"', 'stArea:w="0.4"', 'stDim:w="64"', 'stDim:h="48"')
        ),
        crop=TOP_LEFT,
    ),
    "XMP people of Microsoft": Row(
        with_xmp(mp("0.1, 0.2, 0.2, 0.1"), MP=MP, MPRI=MPRI, MPReg=MPREG),
        holds=lambda path: 'Rectangle="0.2, 0.4, 0.4, 0.2"' in xmp_of(path),
        crop=TOP_LEFT,
    ),
    "XMP image regions of IPTC": Row(
        with_xmp(iptc_region("pixel", 10, 8, 6, 4), Iptc4xmpExt=NS["Iptc4xmpExt"]),
        holds=lambda path: all(word in xmp_of(path) for word in ('rbX="20"', 'rbY="16"', 'rbW="12"', 'rbH="8"')),
    ),
    "XMP regions outside the crop": Row(
        with_xmp(mwg(0.9, 0.9), **{"mwg-rs": MWG}, stArea=AREA, stDim=DIMENSIONS),
        "1 region",
        holds=lambda path: "Regions" not in xmp_of(path),
        crop=TOP_LEFT,
    ),
    "XMP tags of gain maps": Row(
        with_xmp("<h:Version>1.0</h:Version>", h="http://ns.adobe.com/hdr-gain-map/1.0/"),
        "gain map",
        holds=lambda path: "gain-map" not in xmp_of(path),
    ),
    "XMP tags of motion photos": Row(
        with_xmp("<C:MotionPhoto>1</C:MotionPhoto><C:MicroVideoOffset>9</C:MicroVideoOffset>", C=CAMERA),
        "motion photo",
        holds=lambda path: "photos/1.0/camera" not in xmp_of(path),
    ),
    "XMP lists of further pictures, depth maps": Row(
        with_xmp("<C:Directory><rdf:Seq><rdf:li>1</rdf:li></rdf:Seq></C:Directory>", C=CONTAINER), "further pictures"
    ),
    "XMP thumbnails": Row(with_xmp("<xmp:Thumbnails>x</xmp:Thumbnails>", xmp=NS["xmp"]), "thumbnail"),
    "XMP settings of Camera Raw in a developed RAW file": Row(
        lambda folder: raw_file(folder, "<crs:Exposure2012>+2</crs:Exposure2012><xmp:Rating>4</xmp:Rating>"),
        "Camera Raw",
        holds=lambda path: "Exposure" not in xmp_of(path) and "Rating" in xmp_of(path),
    ),
    "all other XMP": Row(
        with_xmp("<o:Word>kept</o:Word>", o="urn:other:1"), holds=lambda path: "kept" in xmp_of(path), suffix=".avif"
    ),
    "IPTC records": Row(
        lambda folder: odd.jpeg(folder / "a.jpg", odd.resources_segment((0x0404, b"\x1c\x02\x05\0\x05Title"))),
        holds=lambda path: read_picture(path).metadata.iptc == b"\x1c\x02\x05\0\x05Title",
    ),
    "resources of Photoshop's beside IPTC": Row(
        lambda folder: odd.jpeg(folder / "a.jpg", odd.resources_segment((0x07D0, bytes(26)), (0x040A, b"\1"))), "paths"
    ),
    "the resolution in Photoshop's resources": Row(
        lambda folder: odd.jpeg(
            folder / "a.jpg", odd.resources_segment((0x03ED, struct.pack(">IHHIHH", 300 << 16, 1, 1, 300 << 16, 1, 1)))
        ),
        holds=lambda path: read_picture(path).pixels_per_inch == (600, 600),
    ),
    "a profile, in one piece or in several": Row(
        in_pieces(2, 0, 1), holds=lambda path: read_picture(path).icc_profile == ADOBE_RGB
    ),
    "a profile of which pieces are missing": Row(in_pieces(0, 2), "lacks pieces"),
    "a profile that is damaged or does not fit the colours": Row(
        lambda folder: odd.tiff(folder / "a.tif", iccprofile=profiles.gray_profile()), "does not fit", suffix=".jxl"
    ),
    "JPEG comment": Row(with_segment(0xFE, b"Hello"), "comment"),
    "JPEG resolution (JFIF)": Row(
        lambda folder: _saved(folder / "a.jpg", dpi=(72, 72)),
        holds=lambda path: read_picture(path).pixels_per_inch == (144, 144),
    ),
    "JPEG thumbnail (JFXX) and other segments": Row(with_segment(0xE0, b"JFXX\0\x13\1\1abc"), "JFXX"),
    "JPEG index of several pictures (MPF)": Row(multi_picture, "2 pictures"),
    "JPEG gain map (ISO 21496-1)": Row(with_segment(0xE2, b"urn:iso:std:iso:ts:21496:-1\0\0\0"), "gain map"),
    "JPEG segments of makers": Row(with_segment(0xE4, b"QUALCOMM\0"), "APP4 QUALCOMM"),
    "what follows the end of a JPEG": Row(
        lambda folder: odd.jpeg(folder / "a.jpg", behind=b"\0\0\0\x18ftypmp42" + bytes(range(99))), "a video"
    ),
    "a JPEG without its end mark": Row(without_end, "end", holds=is_full_size),
    "PNG resolution (pHYs)": Row(
        with_chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1)),
        holds=lambda path: read_picture(path).pixels_per_inch == (600, 600),
    ),
    "PNG texts of EXIF, IPTC and XMP": Row(raw_profiles, holds=holds_raw_profiles),
    "PNG other texts": Row(with_chunk(b"tEXt", b"Author\0me"), "Author"),
    "PNG colours by numbers (cICP, gAMA, cHRM)": Row(
        with_chunk(b"cICP", bytes([12, 13, 0, 1])),
        holds=lambda path: profiles.description(read_picture(path).icc_profile) == "Display P3",
    ),
    "PNG parts that are damaged": Row(with_chunk(b"tEXt", b"Author\0me", is_sound=False), "tEXt", holds=is_full_size),
    "PNG other parts": Row(with_chunk(b"oFFs", bytes(9)), "oFFs"),
    "further frames of an animation": Row(animated("webp"), "2 pictures"),
    "TIFF thumbnails, smaller copies and masks": Row(small_first, "smaller cop", holds=is_full_size),
    "TIFF further pages": Row(two_pages, "2 pages"),
    "TIFF further samples": Row(
        lambda folder: odd.tiff(folder / "a.tif", np.dstack([odd.values()] * 2)[:, :, :5]), "2 channels"
    ),
    "TIFF place on a map, GDAL's words": Row(with_tags((42112, 2, 0, "<GDALMetadata/>", True)), "GDAL"),
    "TIFF layers of Photoshop's": Row(with_tags((37724, 7, 8, b"8BPS8BIM", True)), "layers"),
    "TIFF colours by curves, a white point, primaries": Row(
        with_tags((318, 5, 2, (3457, 10000, 3585, 10000), True)), "white point"
    ),
    "TIFF clipping path": Row(with_tags((343, 1, 4, b"path", True)), "clipping path"),
    "TIFF tags of digital negatives": Row(with_tags((50740, 1, 4, b"Mine", True)), "50740"),
    "RAW resolution": Row(
        raw_file, holds=lambda path: read_picture(path).pixels_per_inch == (600, 600), is_quiet=False
    ),
    "BMP profile": Row(
        lambda folder: odd.bmp(folder / "a.bmp", 0x4D424544, ADOBE_RGB),
        holds=lambda path: read_picture(path).icc_profile == ADOBE_RGB,
    ),
    "BMP colours by numbers": Row(
        lambda folder: odd.bmp(folder / "a.bmp", 0, corners=P3_CORNERS, gamma=2.2),
        holds=lambda path: profiles.description(read_picture(path).icc_profile).startswith("RGB of a BMP"),
    ),
    "BMP profile in another file": Row(
        lambda folder: odd.bmp(folder / "a.bmp", 0x4C494E4B, b"C:\\a.icc\0"), "names the file"
    ),
    "HEIC and AVIF gain maps, depth maps, mattes": Row(lambda folder: avif(folder, AUXILIARY), "gain map"),
    "HEIC further pictures": Row(heic, "2 pictures"),
    "AVIF clean aperture": Row(clean_aperture, "clean aperture"),
    "WebP chunks that are not known": Row(webp, "OWN1"),
    "JPEG XL boxes beside the picture": Row(jxl(b"jhgm"), "gain map"),
    "JPEG XL further channels": Row(further_channels, "channel"),
}


def _saved(path: Path, **options) -> Path:
    Image.fromarray(odd.values()).save(path, **options)
    return path


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_the_table_has_every_block_that_is_tried_and_no_other():
    assert sorted(table()) == sorted(ROWS)


def test_the_table_says_what_was_tried():
    for name, becomes in table().items():
        word = re.split(r"\W", becomes)[0]
        assert word in ("kept", "corrected", "left", "read"), name
        assert (word in ("left", "read")) == bool(ROWS[name].said), name
        assert word == "left" or bool(ROWS[name].holds), name


PROGRAMS = {"HEIC further pictures": "heif-enc", "AVIF clean aperture": "avifenc"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=needs(PROGRAMS[name])) if name in PROGRAMS else name for name in ROWS]
)
def test_a_block_is_kept_corrected_or_named_in_a_note(tmp_path, name):
    row = ROWS[name]
    target = tmp_path / f"result{row.suffix}"
    said = odd.twice(row.make(tmp_path), target, row.crop)
    assert row.said in said
    if row.holds is not None:
        assert row.holds(target)
    if not row.said and row.is_quiet:
        assert said == ""
    assert read_picture(target).pixels.shape[0] in (odd.HEIGHT, 2 * odd.HEIGHT, 2 * odd.WIDTH)
