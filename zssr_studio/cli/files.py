"""The terminal's side of files: how a result is written and how large, and what is known of a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated, Any

import typer

from zssr_studio.batch.one_file.choices import DEFAULT_PRINT_DPI
from zssr_studio.cli.streams import console, shown
from zssr_studio.evidence.credentials import credentials_of, credentials_text
from zssr_studio.imaging.export import Compression, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

PageOption = Annotated[int, typer.Option(help="Which page of a file of several, from 1.")]
BitsOption = Annotated[
    int | None,
    typer.Option(help="Bits per sample: 8, 16, or 32 for a floating-point TIFF. By default the source's."),
]
ColourOption = Annotated[
    str,
    typer.Option(
        metavar="PROFILE",
        help="keep carries the source's profile; srgb, display-p3, adobe-rgb, prophoto or an .icc file converts to it.",
    ),
]
MetadataOption = Annotated[
    MetadataPolicy, typer.Option(help="EXIF, IPTC and XMP: all, none, or all but where the picture was taken.")
]
ResolutionOption = Annotated[
    ResolutionPolicy,
    typer.Option(help="size keeps the physical size, so that 600 ppi x2 are 1200; ppi keeps the number."),
]
QualityOption = Annotated[int, typer.Option(help="Of JPEG, WebP, AVIF and JPEG XL, 1 to 100.")]
LosslessOption = Annotated[bool, typer.Option("--lossless", help="WebP and JPEG XL without any loss.")]
CompressionOption = Annotated[Compression, typer.Option(help="Of TIFF.")]
SourceTypeOption = Annotated[
    str,
    typer.Option(metavar="TERM", help="IPTC's digital source type that the XMP says; keep leaves it as it is."),
]
SizeOption = Annotated[
    str | None,
    typer.Option("--size", metavar="WxH", help="Exact pixels instead of --scale: 6000x4000, 6000x or x4000."),
]
PrintOption = Annotated[
    str | None,
    typer.Option("--print", metavar="WxH", help="A print's size instead of --scale: 30x20cm, 12x8in, 30xcm or x8in."),
]
DpiOption = Annotated[
    float | None, typer.Option(help=f"Pixels per inch of --print ({DEFAULT_PRINT_DPI:g}), which the result then tells.")
]


def info_command(
    image: Annotated[Path, typer.Argument(help="The file to look at.")],
    page: PageOption = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what is known of a picture's file; decodes no pixel."""
    from zssr_studio.imaging.describe import described

    told = {**described(image, page), "credentials": credentials_of(image)}
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
        return
    lines = [(shown(name), shown(value)) for name, value in _lines(told)]
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        # No table, which cuts the long words of a path to the width of the terminal.
        console().print(f"{name:{width}}  {value}".replace("\n", "\n" + " " * (width + 2)))


def _lines(told: dict[str, Any]) -> list[tuple[str, str]]:
    ppi, cm, profile = told["pixels_per_inch"], told["print_cm"], told["profile"]
    depth = f"{told['bits']} bits{', floating point' if told['float'] else ''}"
    alpha = f", {told['alpha']} alpha" if told["alpha"] else ""
    lines = [
        ("file", f"{told['file']} ({told['bytes']:,} bytes)"),
        ("format", told["format"]),
        ("size", f"{told['width']} x {told['height']} pixels, {told['megapixels']:g} megapixels"),
        ("colours", f"{told['colours']}, {depth}{alpha}"),
        (
            "profile",
            told.get("profile_kind", "none")
            if profile is None
            else f"{profile['name']} ({profile['colours']}, {profile['bytes']} bytes)",
        ),
        ("resolution", "not told" if ppi is None else f"{ppi['horizontal']:g} x {ppi['vertical']:g} ppi"),
    ]
    if cm is not None:
        lines.append(("prints at", f"{cm['width']:g} x {cm['height']:g} cm"))
    lines += [(name, str(told[name])) for name in ("compression", "layout", "coding", "sensor") if name in told]
    lines += [("orientation", str(told["orientation"])), ("page", f"{told['page']} of {told['pages']}")]
    for kind in ("exif", "iptc", "xmp"):
        lines.append((kind, "none" if told[kind] is None else f"{len(told[kind])} entries"))
        lines += [(f"  {name}", str(value)) for name, value in (told[kind] or {}).items()]
    if told["credentials"] is not None:
        lines.append(("credentials", credentials_text(told["credentials"])))
    return lines + [("note", note) for note in told["notes"]]
