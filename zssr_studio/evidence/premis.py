"""PREMIS 3 for archives: the result and its source as objects, the enlargement as an event, this program as its agent.

Elements and their order are those of the data dictionary, version 3.0 (Library of Congress, 2015), for METS to take in.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from lxml import etree

from zssr_studio import __version__
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.metadata.derivation import file_sha256
from zssr_studio.imaging.metadata.rdf import xml_text
from zssr_studio.imaging.saving.kept import write_kept
from zssr_studio.imaging.saving.places import check_place

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.record.plain import Plain

NAMESPACE, XSI = "http://www.loc.gov/premis/v3", "http://www.w3.org/2001/XMLSchema-instance"
SUFFIX, VERSION, HASH = ".xml", "3.0", "SHA-256"
DERIVATIVE, SIGNATURE = "creation of a derivative", "digital signature generation"
PROGRAM = "ZSSR Studio"
# What PREMIS calls the kinds of identifiers; ours are not registered anywhere.
LOCAL = "local"


def check_premis_file(path: Path, *, overwrite: bool) -> None:
    """Refuse before a run what PREMIS cannot be written to.

    Raises
    ------
    BadInputError
    """
    if path.suffix.lower() != SUFFIX:
        raise BadInputError(f"{path.name} is no name for PREMIS. End it in {SUFFIX}.")
    check_place(path, overwrite=overwrite)


def write_premis(record: Plain, detail: str, result: Path, path: Path, *, is_signed: bool, overwrite: bool) -> None:
    """Write PREMIS of a run beside its result; whole or not at all.

    Parameters
    ----------
    record : dict
        Of the run.
    detail : str
        What was done, in a line.
    result : Path
        The file, as it is now.
    path : Path
    is_signed : bool
        Whether the result was signed, which is an event of its own.
    overwrite : bool

    Raises
    ------
    KeptElsewhereError
        If it was written elsewhere.
    """
    content = premis(record, detail, result, is_signed=is_signed)
    write_kept(path, lambda file: file.write(content), overwrite=overwrite)


def premis(record: Plain, detail: str, result: Path, *, is_signed: bool) -> bytes:
    """Make the document."""
    digest, source = file_sha256(result), record["source"]
    made = _event_id(digest, DERIVATIVE)
    events = [made, _event_id(digest, SIGNATURE)] if is_signed else [made]
    root: Any = etree.Element(_name("premis"), nsmap={"premis": NAMESPACE, "xsi": XSI})
    root.set("version", VERSION)
    ended = record["times"]["ended"]
    written = {
        "name": result.name, "sha256": digest, "bytes": result.stat().st_size,
        "format": record["result"]["export"]["format"].upper(),
    }  # fmt: skip
    _object(root, written, events, derived_from=(source["sha256"], made), created=ended)
    _object(root, source, [made])
    outcome = f"pixels {HASH} {record['result']['pixels_sha256']}; {_consistency(record)}"
    ends = ((source["sha256"], "source"), (digest, "outcome"))
    _event(root, made, DERIVATIVE, ended, detail, outcome, ends)
    if is_signed:
        _event(root, events[1], SIGNATURE, ended, "Content credentials (C2PA)", "", ends[1:])
    agent = _add(root, "agent")
    _identifier(agent, "agent", LOCAL, _agent())
    for name, text in (("agentName", PROGRAM), ("agentType", "software"), ("agentVersion", __version__)):
        _add(agent, name, text)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _object(
    root: Any, facts: Plain, events: list[str], derived_from: tuple[str, str] | None = None, created: str | None = None
) -> None:
    """Add a file; `created` where this program made it, `derived_from` with the source's hash and the event."""
    made = _add(root, "object")
    made.set(f"{{{XSI}}}type", "premis:file")
    _identifier(made, "object", HASH, facts["sha256"])
    about = _add(made, "objectCharacteristics")
    fixity = _add(about, "fixity")
    _add(fixity, "messageDigestAlgorithm", HASH)
    _add(fixity, "messageDigest", facts["sha256"])
    _add(fixity, "messageDigestOriginator", f"{PROGRAM} {__version__}")
    _add(about, "size", str(facts["bytes"]))
    _add(_add(_add(about, "format"), "formatDesignation"), "formatName", facts["format"])
    if created is not None:
        program = _add(about, "creatingApplication")
        _add(program, "creatingApplicationName", PROGRAM)
        _add(program, "creatingApplicationVersion", __version__)
        _add(program, "dateCreatedByApplication", created)
    _add(made, "originalName", facts["name"])
    if derived_from is not None:
        source, event = derived_from
        relation = _add(made, "relationship")
        _add(relation, "relationshipType", "derivation")
        _add(relation, "relationshipSubType", "has source")
        _identifier(relation, "relatedObject", HASH, source)
        _identifier(relation, "relatedEvent", "UUID", event)
    for event in events:
        _identifier(made, "linkingEvent", "UUID", event)


def _event(
    root: Any, event_id: str, kind: str, when: str, detail: str, outcome: str, objects: tuple[tuple[str, str], ...]
) -> None:
    event = _add(root, "event")
    _identifier(event, "event", "UUID", event_id)
    _add(event, "eventType", kind)
    _add(event, "eventDateTime", when)
    _add(_add(event, "eventDetailInformation"), "eventDetail", detail)
    told = _add(event, "eventOutcomeInformation")
    _add(told, "eventOutcome", "success")
    if outcome:
        _add(_add(told, "eventOutcomeDetail"), "eventOutcomeDetailNote", outcome)
    agent = _identifier(event, "linkingAgent", LOCAL, _agent())
    _add(agent, "linkingAgentRole", "executing program")
    for value, role in objects:
        linked = _identifier(event, "linkingObject", HASH, value)
        _add(linked, "linkingObjectRole", role)


def _consistency(record: Plain) -> str:
    consistency = record["measures"]["psnr_consistency_db"]
    told = "equal to the source" if consistency is None else f"consistent with the source at {consistency:.1f} dB"
    others = [picture["name"] or picture["sha256"] for picture in record["other_pictures"]]
    used = f"it also learned from {', '.join(others)}" if others else "no outside pictures were used"
    return f"downscaled again it is {told} under the assumed kernel; {used}"


def _identifier(parent: Any, kind: str, of_type: str, value: str) -> Any:
    """Add an identifier, in PREMIS's three elements."""
    held = _add(parent, f"{kind}Identifier")
    _add(held, f"{kind}IdentifierType", of_type)
    _add(held, f"{kind}IdentifierValue", value)
    return held


def _event_id(digest: str, kind: str) -> str:
    """Name an event by the result that it gave, so that the same document comes again."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{digest} {kind}"))


def _agent() -> str:
    return f"{PROGRAM} {__version__}"


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    element = etree.SubElement(parent, _name(name))
    if text is not None:
        element.text = xml_text(text)
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
