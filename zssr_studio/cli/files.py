"""The terminal's side of files: how a result is written and how large, and what is known of a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zssr_studio.cli.streams import console, shown
from zssr_studio.cli.values import read_scale
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import Compression, ExportOptions, ResolutionPolicy, format_of, proposed_name
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.imaging.metadata.derivation import derivation_of
from zssr_studio.record.settings_record import settings_record
from zssr_studio.target_size import parse_pixels, parse_print, scale_to_pixels

if TYPE_CHECKING:
    from zssr_studio.engine.config import Scale
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.job import Job

DEFAULT_PRINT_DPI = 300.0

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


def export_options(
    output: Path,
    bits: int | None,
    colour: str,
    metadata: MetadataPolicy,
    resolution: ResolutionPolicy,
    quality: int,
    compression: Compression,
    source_type: str,
    print_dpi: float | None,
    *,
    lossless: bool,
) -> ExportOptions:
    """Put options together, and refuse before a run what the output's format cannot hold.

    Raises
    ------
    BadInputError
    """
    is_file = colour != "keep" and Path(colour).suffix.lower() in (".icc", ".icm")
    options = ExportOptions(
        format=format_of(output),
        bits=bits,
        colour=Path(colour) if is_file else colour,
        metadata=metadata,
        resolution=resolution,
        pixels_per_inch=print_dpi,
        quality=quality,
        lossless=lossless,
        compression=compression,
        digital_source_type=None if source_type == "keep" else source_type,
    )
    options.check_colour()
    return options


def chosen_output(image: Path, output: Path | None, scale: str) -> Path:
    """Name the output, by default after the source and beside it."""
    if output is not None:
        return output
    from zssr_studio.imaging.export import Format

    try:
        format_ = format_of(image)
    except BadInputError:
        format_ = Format.TIFF  # holds whatever a format holds that is read only
    return image.with_name(proposed_name(image, scale, format_))


def chosen_scale(
    picture: tuple[int, int], scale: str | None, size: str | None, print_size: str | None, dpi: float | None
) -> tuple[Scale, float | None]:
    """Return the scale that was asked for, and the pixels per inch of a print.

    Raises
    ------
    BadInputError
    """
    if sum(text is not None for text in (scale, size, print_size)) > 1:
        raise BadInputError("Give one of --scale, --size and --print.")
    if dpi is not None and print_size is None:
        raise BadInputError("--dpi belongs to --print, such as --print 30x20cm --dpi 300.")
    if size is not None:
        return scale_to_pixels(picture, *parse_pixels(size)), None
    if print_size is not None:
        dpi = DEFAULT_PRINT_DPI if dpi is None else dpi
        return scale_to_pixels(picture, *parse_print(print_size, dpi)), dpi
    return read_scale("2" if scale is None else scale), None


def derivation(job: Job, image: Path, options: ExportOptions) -> Derivation:
    """Tell how a result was made; a copy keeps the source's digital source type."""
    source_type = None if job.scale.is_copy else options.digital_source_type
    return derivation_of(image, job.settings_line, source_type, settings_record(job))


def info_command(
    image: Annotated[Path, typer.Argument(help="The file to look at.")],
    page: PageOption = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say all that is known of a picture's file; no pixel is decoded."""
    from zssr_studio.imaging.describe import described

    told = described(image, page)
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
    return lines + [("note", note) for note in told["notes"]]
