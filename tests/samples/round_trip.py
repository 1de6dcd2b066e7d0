"""A copy at scale 1 through the whole pipeline, and the second programs that read it back."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Band
from zssr_studio.imaging.metadata.derivation import derivation_of
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.write import DEFAULT_OPTIONS, write_bands
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale_in_bands

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.imaging.export import ExportOptions

# Version 7 has `magick`, 6 `convert`, which Debian calls by its full name too; `convert` may be another program's.
MAGICK_NAMES = ("magick", "convert-im6.q16", "convert-im6.q16hdri", "convert")


def _magick() -> str | None:
    """Find ImageMagick by what it says of itself."""
    for found in filter(None, map(shutil.which, MAGICK_NAMES)):
        told = subprocess.run([found, "-version"], capture_output=True, text=True, check=False)
        if told.returncode == 0 and "ImageMagick" in told.stdout:
            return found
    return None


MAGICK = _magick()


def copied(
    source: Path, target: Path, options: ExportOptions = DEFAULT_OPTIONS, scale: str = "1", **job
) -> tuple[str, ...]:
    """Read, pass through the pipeline, write; return what the writer told."""
    run = Job(read_picture(source), Scale.parse(scale), device="cpu", name=source.name, **job)
    bands = ((event.pixels, event.alpha) for event in upscale_in_bands(run, previews=False) if isinstance(event, Band))
    first = next(bands)
    told = derivation_of(source, run.settings_line, None if run.scale.is_copy else options.digital_source_type)
    return write_bands(
        run.enlarged_header,
        run.out_size,
        chain([first], bands),
        target,
        overwrite=True,
        options=options,
        derivation=told,
    )


def needs(program: str) -> pytest.MarkDecorator:
    """Skip where a second program is missing."""
    found = MAGICK if program == "magick" else shutil.which(program)
    return pytest.mark.skipif(not found, reason=f"{program} is not installed; packaging/test.sh installs it")


def exiftool(path: Path) -> dict[str, Any]:
    """All tags that exiftool finds, by group."""
    done = subprocess.run(["exiftool", "-a", "-j", "-G1", "-n", path], capture_output=True, check=True)
    return json.loads(done.stdout)[0]


def profile_by_exiftool(path: Path) -> bytes:
    return subprocess.run(["exiftool", "-b", "-icc_profile", path], capture_output=True, check=True).stdout


def by_magick(path: Path, bits: int, channels: str) -> np.ndarray:
    """Samples as ImageMagick reads them; channels such as `rgb`, `rgba` or `gray`."""
    size = subprocess.run([MAGICK, path, "-format", "%w %h", "info:"], capture_output=True, check=True, text=True)
    width, height = map(int, size.stdout.split()[:2])
    command = [MAGICK, path, "-depth", str(bits), "-endian", "LSB", f"{channels}:-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, f"<u{bits // 8}").reshape(height, width, -1)


def by_vips(path: Path, folder: Path) -> np.ndarray:
    """Samples as libvips reads them."""
    raw, told = folder / "vips.raw", {}
    for name in ("width", "height", "bands", "format"):
        told[name] = subprocess.run(
            ["vipsheader", "-f", name, path], capture_output=True, check=True, text=True
        ).stdout.strip()
    subprocess.run(["vips", "rawsave", path, raw], check=True, capture_output=True)
    kinds = {"UCHAR": np.uint8, "USHORT": np.uint16, "FLOAT": np.float32}
    (dtype,) = (
        kind for name, kind in kinds.items() if name in told["format"].upper().replace("_", " ").strip(")").split()
    )
    return np.frombuffer(raw.read_bytes(), dtype).reshape(int(told["height"]), int(told["width"]), int(told["bands"]))
