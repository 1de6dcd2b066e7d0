"""What is known of a file, as sections of rows for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zssr_studio.app.controllers.export.file_sizes import size_text
from zssr_studio.app.language import number_text, tr
from zssr_studio.app.views.files.info_dialog import Section
from zssr_studio.evidence.credentials import credentials_text

if TYPE_CHECKING:
    from zssr_studio.app.models.files.made_with import MadeWith


def sections_of(told: dict[str, Any], made: MadeWith | None) -> list[Section]:
    """Arrange what `described` and the file's own record tell."""
    sections = [Section(tr("File"), _file(told)), Section(tr("Picture"), _picture(told))]
    if made is not None:
        sections.append(Section(tr("Made by ZSSR Studio"), _made(made)))
    if told["credentials"] is not None:
        sections.append(Section(tr("Content credentials"), [("", credentials_text(told["credentials"]))]))
    blocks = {"EXIF": told["exif"], "IPTC": told["iptc"], "XMP": told["xmp"]}
    for title, entries in blocks.items():
        if entries is not None:
            sections.append(Section(title, [(key, _plain(value)) for key, value in entries.items()]))
    absent = ", ".join(title for title, entries in blocks.items() if entries is None)
    if absent:
        sections.append(Section(tr("Metadata"), [("", tr("Not in the file: {absent}.", absent=absent))]))
    if told["notes"]:
        sections.append(Section(tr("To know"), [("", note) for note in told["notes"]]))
    return sections


def _file(told: dict[str, Any]) -> list[tuple[str, str]]:
    size = told["bytes"]
    rows = [
        (tr("Place"), told["file"]),
        (tr("Size"), tr("{size} ({count} bytes)", size=size_text(size), count=size)),
        (tr("Format"), told["format"]),
    ]
    rows += [(title, str(told[key])) for key, title in _details().items() if key in told]
    if told["pages"] > 1:
        rows.append((tr("Page"), tr("{page} of {pages}", page=told["page"], pages=told["pages"])))
    return rows


def _details() -> dict[str, str]:
    return {
        "compression": tr("Compression"),
        "layout": tr("Layout"),
        "coding": tr("Coding"),
        "sensor": tr("Sensor"),
    }


def _picture(told: dict[str, Any]) -> list[tuple[str, str]]:
    ppi, paper, profile = told["pixels_per_inch"], told["print_cm"], told["profile"]
    depth = tr("{bits} bits, floating point") if told["float"] else tr("{bits} bits")
    alphas = {"straight": tr("straight"), "associated": tr("associated"), None: tr("None")}
    colours = {"gray": tr("gray"), "palette": tr("palette"), "rgb": "RGB", "cmyk": "CMYK", "raw": "RAW"}
    rows = [
        (
            tr("Pixels"),
            tr(
                "{width} × {height}, {megapixels} megapixels",
                width=told["width"],
                height=told["height"],
                megapixels=number_text(told["megapixels"]),
            ),
        ),
        (tr("Colours"), colours.get(told["colours"], told["colours"])),
        (tr("Depth"), depth.format(bits=told["bits"])),
        (tr("Transparency"), alphas.get(told["alpha"], str(told["alpha"]))),
        (tr("Colour profile"), tr("None") if profile is None else profile["name"]),
    ]
    if ppi is None:
        rows.append((tr("Resolution"), tr("not told")))
    else:
        across, down = number_text(ppi["horizontal"]), number_text(ppi["vertical"])
        rows.append((tr("Resolution"), f"{across} ppi" if across == down else f"{across} × {down} ppi"))
    if paper is not None:
        rows.append((tr("On paper"), f"{number_text(paper['width'], 1)} × {number_text(paper['height'], 1)} cm"))
    if told["orientation"] != 1:
        rows.append((tr("Orientation"), str(told["orientation"])))
    return rows


def _made(made: MadeWith) -> list[tuple[str, str]]:
    rows = [(tr("How"), made.line), (tr("From"), made.source), (tr("When"), made.when)]
    if made.settings is None:
        rows.append(("", tr("The file tells its settings in words only; they cannot be set from it.")))
    return [(title, text) for title, text in rows if text]


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
