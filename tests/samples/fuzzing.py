"""Mutated files, each read in a process that has little memory and little time."""

from __future__ import annotations

import io
import json
import resource
import selectors
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from tests.samples import odd_files
from tests.samples.raw_sample import dng
from tests.unit.imaging.test_cmyk import simple_profile
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.formats.jxl_files import encode_jxl
from zssr_studio.imaging.metadata.blocks import Metadata

HANG_S = 5.0
MEMORY_BYTES = 4_000_000_000
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/tiff"/>'
    b"</rdf:RDF></x:xmpmeta>"
)
FAR = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


@dataclass
class Tally:
    """What became of the files of a kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    longest_s: float = 0.0


def seeds(folder: Path) -> dict[str, bytes]:
    """One small valid file of each kind; HEIC only where a program to make it is installed."""
    rng = np.random.default_rng(0)
    rgb = rng.integers(0, 256, (24, 32, 3), dtype=np.uint8)
    rgb[:, 16:] = 90
    deep = rgb.astype(np.uint16) * 257
    icc = profiles.named_profile("adobe-rgb")
    made = {
        "png": pillow(rgb, "PNG", icc_profile=icc, dpi=(300, 300)),
        "png16": bytes(imagecodecs.png_encode(deep)),
        "png-palette": pillow(Image.fromarray(rgb).quantize(16), "PNG"),
        "jpeg": pillow(rgb, "JPEG", icc_profile=icc, exif=_exif(), progressive=True),
        "webp": pillow(rgb, "WEBP", icc_profile=icc, exif=_exif()),
        "avif": pillow(rgb, "AVIF", icc_profile=icc, exif=_exif()),
        "avif10": bytes(imagecodecs.avif_encode((deep >> 6).astype(np.uint16), 80, bitspersample=10)),
        "bmp": pillow(rgb, "BMP"),
        "jxl": bytes(imagecodecs.jpegxl_encode(rgb, lossless=True, usecontainer=True)),
        "jxl-lossy": bytes(imagecodecs.jpegxl_encode(deep, distance=1.0)),
        "tiff": tiff(rgb, compression="adobe_deflate", predictor=True, iccprofile=icc, rowsperstrip=8),
        "tiff16-lzw": tiff(deep, compression="lzw", tile=(16, 16)),
        "tiff-float": tiff(rgb.astype(np.float32) / 200, bigtiff=True, planarconfig="separate"),
        "tiff-jpeg": tiff(rgb, compression="jpeg", tile=(16, 16)),
        "tiff-plain": tiff(deep, byteorder=">"),
        "tiff-pages": tiff(rgb, pages=3, extratags=[(271, 2, 0, "Maker", True), (700, 1, len(XMP), XMP, True)]),
        "tiff-cmyk": tiff(np.dstack([rgb, rgb[:, :, :1]]), "separated", iccprofile=simple_profile()),
        "jpeg-cmyk": pillow(Image.fromarray(rgb).convert("CMYK"), "JPEG", icc_profile=simple_profile()),
        "jpeg-xmp": pillow(rgb, "JPEG", xmp=XMP, exif=_exif(), comment="Hello"),
        "jxl-boxes": encode_jxl(rgb, icc, Metadata(_exif()[6:], None, XMP), quality=80, lossless=False),
        "dng": dng(),
        "tiff-big-thumbnails": thumbnails(rgb),
        "jpeg-mpf": multi_picture(rgb),
        "webp-animated": pillow(rgb, "WEBP", save_all=True, append_images=[Image.fromarray(255 - rgb)]),
        "bmp-profile": odd_files.bmp(folder / "seed.bmp", 0x4D424544, icc).read_bytes(),
        "png-texts": png_with_texts(folder),
    }
    if shutil.which("heif-enc"):
        Image.fromarray(rgb).resize((64, 64)).save(folder / "seed.png")
        subprocess.run(["heif-enc", folder / "seed.png", "-o", folder / "seed.heic"], check=True, capture_output=True)
        made["heic"] = (folder / "seed.heic").read_bytes()
        twice = ["heif-enc", folder / "seed.png", folder / "seed.png", "-o", folder / "two.heic"]
        subprocess.run(twice, check=True, capture_output=True)
        made["heic-two"] = (folder / "two.heic").read_bytes()
    return made


def pillow(image: np.ndarray | Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(buffer, kind, **options)
    return buffer.getvalue()


def tiff(
    values: np.ndarray,
    photometric: str = "rgb",
    byteorder: str = "<",
    bigtiff: bool = False,
    planarconfig: str = "contig",
    pages: int = 1,
    **options,
) -> bytes:
    buffer = io.BytesIO()
    values = np.moveaxis(values, -1, 0) if planarconfig == "separate" else values
    with tifffile.TiffWriter(buffer, byteorder=byteorder, bigtiff=bigtiff) as writer:
        for _ in range(pages):
            writer.write(values, photometric=photometric, planarconfig=planarconfig, resolution=(300, 300), **options)
    return buffer.getvalue()


def thumbnails(rgb: np.ndarray) -> bytes:
    """A BigTIFF that begins with a thumbnail; the picture stands below it, and smaller copies behind it."""
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer, bigtiff=True) as writer:
        writer.write(rgb[::4, ::4], photometric="rgb", subfiletype=1, subifds=1, resolution=(300, 300))
        writer.write(rgb, photometric="rgb", subfiletype=0, compression="adobe_deflate")
        writer.write(rgb[::2, ::2], photometric="rgb", subfiletype=1)
    return buffer.getvalue()


def multi_picture(rgb: np.ndarray) -> bytes:
    """A JPEG with an index of two pictures, tags of a gain map, and the second picture behind the first."""
    gain_map = odd_files.packet("<h:Version>1.0</h:Version>", h="http://ns.adobe.com/hdr-gain-map/1.0/")
    index = b"MPF\0II*\0" + struct.pack("<IHHHII", 8, 1, 0xB001, 4, 1, 2) + bytes(4)
    plain = pillow(rgb, "JPEG", exif=_exif(), xmp=gain_map)
    return (
        plain[:2] + struct.pack(">BBH", 0xFF, 0xE2, 2 + len(index)) + index + plain[2:] + pillow(rgb[::2, ::2], "JPEG")
    )


def png_with_texts(folder: Path) -> bytes:
    texts = [
        odd_files.chunk(b"tEXt", b"Author\0me"),
        odd_files.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        odd_files.chunk(b"eXIf", _exif()[6:]),
        odd_files.chunk(b"cICP", bytes([12, 13, 0, 1])),
        odd_files.chunk(b"pHYs", struct.pack(">IIB", 11811, 11811, 1)),
    ]
    return odd_files.png(folder / "texts.png", *texts).read_bytes()


def _exif() -> bytes:
    exif = Image.Exif()
    exif[271], exif[274] = "Maker", 6
    exif.get_ifd(34665)[37500] = bytes(range(64))
    return exif.tobytes()


def mutated(content: bytes, draw: np.random.Generator) -> bytes:
    """Change a file somewhere: bits, numbers, its length, pieces doubled or gone; its head more often than its rest."""
    made = bytearray(content)
    for _ in range(int(draw.integers(1, 5))):
        if len(made) < 8:
            break
        size = len(made) if draw.random() < 0.4 else min(len(made), 600)
        at = int(draw.integers(0, size))
        match int(draw.integers(0, 6)):
            case 0:
                made[at] ^= 1 << int(draw.integers(0, 8))
            case 1:
                made[at] = int(draw.integers(0, 256))
            case 2:
                value = int(draw.choice(FAR))
                width = 4 if value > 0xFFFF else int(draw.choice([2, 4]))
                made[at : at + width] = value.to_bytes(width, "little" if draw.random() < 0.5 else "big")
            case 3:
                del made[int(draw.integers(0, len(made))) :]
            case 4:
                length = int(draw.integers(1, 64))
                made[at:at] = made[at : at + length]
            case _:
                del made[at : at + int(draw.integers(1, 64))]
    return with_sums(bytes(made)) if made[1:4] == b"PNG" and draw.random() < 0.7 else bytes(made)


def with_sums(png: bytes) -> bytes:
    """Make the check sums of a PNG right again, behind which its decoder would see nothing."""
    made, at = bytearray(png), 8
    while at + 12 <= len(made):
        end = at + 8 + int.from_bytes(made[at : at + 4], "big")
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(made[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
    return bytes(made)


def run_kind(kind: str, count: int, first: int = 0, hang_s: float = HANG_S) -> Tally:
    """Read `count` mutations of a kind's seed, in processes that are replaced when they die or are silent for long."""
    tally = Tally()
    index, end = first, first + count
    while index < end:
        command = [sys.executable, "-m", "tests.samples.fuzzing", kind, str(index), str(end)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1) as process:
            index = _watch(process, kind, (index, end), tally, hang_s)
    return tally


def _watch(process: subprocess.Popen[str], kind: str, span: tuple[int, int], tally: Tally, hang_s: float) -> int:
    """Take a process's lines until it ends, dies or hangs; return the first file that it did not reach."""
    index, end = span
    selector = selectors.DefaultSelector()
    selector.register(process.stdout, selectors.EVENT_READ)
    ready = False
    while index < end:
        # Loading the libraries takes longer than any file.
        if not selector.select(hang_s if ready else max(hang_s, 60)):
            process.kill()
            tally.outcomes["hang"] += 1
            tally.bad.append(f"{kind} {index}: no answer in {hang_s:g} s")
            return index + 1
        line = process.stdout.readline()
        if not line:
            code = process.wait()
            said = process.stderr.read()[-300:]
            tally.outcomes["crash"] += 1
            tally.bad.append(f"{kind} {index}: ended with {code} {said}")
            return index + 1
        if line.strip() == "ready":
            ready = True
            continue
        if not line.startswith("{"):
            continue  # a library that prints to standard output
        told = json.loads(line)
        tally.outcomes[told["outcome"]] += 1
        tally.longest_s = max(tally.longest_s, told["seconds"])
        if told["outcome"] not in ("read", "refused"):
            tally.bad.append(f"{kind} {told['index']}: {told['said']}")
        index = told["index"] + 1
    return index


def _work(kind: str, first: int, end: int) -> None:
    """Read mutations and print a line for each; runs in a process of its own."""
    from zssr_studio.errors import BadInputError
    from zssr_studio.imaging.describe import described
    from zssr_studio.imaging.export import Format
    from zssr_studio.imaging.read import read_picture
    from zssr_studio.imaging.write import estimate_bytes

    with tempfile.TemporaryDirectory() as scratch:
        content = seeds(Path(scratch))[kind]
        path = Path(scratch) / ("file.dng" if kind == "dng" else "file")
        path.write_bytes(content)
        read_picture(path)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        print("ready", flush=True)
        for index in range(first, end):
            path.write_bytes(mutated(content, np.random.default_rng([index, *kind.encode()])))
            started = time.perf_counter()
            outcome, said = "read", ""
            try:
                described(path)
                # Metadata that were damaged are read again, and corrected, when a file is written.
                estimate_bytes(read_picture(path), Format.TIFF)
            except BadInputError as error:
                said = str(error)
                outcome = "refused" if said.endswith((".", ".png")) and " " in said else "no sentence"
            except BaseException as error:  # noqa: BLE001  # whatever else comes out is what the run looks for
                outcome, said = "exception", repr(error)[:300]
            seconds = time.perf_counter() - started
            print(json.dumps({"index": index, "outcome": outcome, "seconds": seconds, "said": said}), flush=True)


if __name__ == "__main__":
    _work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
