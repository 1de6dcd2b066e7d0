"""What the XMP of a file of this program says of how it was made."""

from __future__ import annotations

from typing import Any

from zssr_studio.imaging.metadata.rdf import parse, tag

AGENT = "ZSSR Studio"


def made_with(packet: bytes) -> dict[str, str]:
    """Return what a file of this program says of how it was made.

    These are `record`, `run_record`, `line`, `source`, `source_sha256` and `when`.
    What is not said is left out; of a file that was made in several steps the last one is told.

    Raises
    ------
    XmpError
    """
    rdf = parse(packet)
    found = {
        "record": _field(rdf, "zssr", "Settings"),
        "run_record": _field(rdf, "zssr", "Record"),
        "source_sha256": _field(rdf, "zssr", "SourceSHA256"),
        "source": None,
    }
    for origin in rdf.iter(tag("xmpMM", "DerivedFrom")):
        found["source"] = _field(origin, "stRef", "filePath")
    for event in rdf.iter(tag("rdf", "li")):
        if _field(event, "stEvt", "softwareAgent") == AGENT:
            found |= {"line": _field(event, "stEvt", "parameters"), "when": _field(event, "stEvt", "when")}
    return {name: value for name, value in found.items() if value}


def _field(parent: Any, prefix: str, name: str) -> str | None:
    """Text of a field of a structure, however the program that wrote it last put it."""
    for holder in (parent, *parent.findall(tag("rdf", "Description"))):
        text = holder.get(tag(prefix, name)) or holder.findtext(tag(prefix, name))
        if text:
            return str(text)
    return None
