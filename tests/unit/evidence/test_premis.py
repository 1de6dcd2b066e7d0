"""PREMIS 3 of a run: the entities, their elements in the dictionary's order, and what they name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests import piece_of_sample
from tests.samples.certificates import identity
from tests.terminal import zssr
from zssr_studio import __version__

if TYPE_CHECKING:
    from pathlib import Path

P = "{http://www.loc.gov/premis/v3}"
# The order that the data dictionary gives to the elements that are used here.
ORDER = {
    "premis": ("object", "event", "agent"),
    "object": ("objectIdentifier", "objectCharacteristics", "originalName", "relationship", "linkingEventIdentifier"),
    "objectCharacteristics": ("fixity", "size", "format", "creatingApplication"),
    "fixity": ("messageDigestAlgorithm", "messageDigest", "messageDigestOriginator"),
    "creatingApplication": (
        *("creatingApplicationName", "creatingApplicationVersion", "dateCreatedByApplication"),
    ),
    "relationship": (
        *("relationshipType", "relationshipSubType", "relatedObjectIdentifier", "relatedEventIdentifier"),
    ),
    "event": (
        *("eventIdentifier", "eventType", "eventDateTime", "eventDetailInformation", "eventOutcomeInformation"),
        *("linkingAgentIdentifier", "linkingObjectIdentifier"),
    ),
    "agent": ("agentIdentifier", "agentName", "agentType", "agentVersion"),
}  # fmt: skip


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 168, 100))


def made(photo: Path, tmp_path: Path, *further: str) -> Any:
    place = tmp_path / "premis.xml"
    done = zssr("upscale", photo, "-o", tmp_path / "out.tif", "--steps", 3, "--premis", place, *further)
    assert done.returncode == 0, done.stderr
    return etree.parse(place).getroot()


def text(element: Any, *path: str) -> str:
    return element.findtext("/".join(P + name for name in path))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_files_event_and_agent_name_each_other(photo: Path, tmp_path: Path) -> None:
    root = made(photo, tmp_path)
    assert root.get("version") == "3.0"
    result, source = root.findall(P + "object")
    (event,), (agent,) = root.findall(P + "event"), root.findall(P + "agent")
    hashes = sha256(tmp_path / "out.tif"), sha256(photo)
    for held, digest, path in ((result, hashes[0], tmp_path / "out.tif"), (source, hashes[1], photo)):
        assert held.get("{http://www.w3.org/2001/XMLSchema-instance}type") == "premis:file"
        assert text(held, "objectIdentifier", "objectIdentifierValue") == digest
        assert text(held, "objectCharacteristics", "fixity", "messageDigest") == digest
        assert text(held, "objectCharacteristics", "size") == str(path.stat().st_size)
        assert text(held, "originalName") == path.name
    assert text(result, "objectCharacteristics", "creatingApplication", "creatingApplicationVersion") == __version__
    assert (text(result, "relationship", "relationshipType"), text(result, "relationship", "relationshipSubType")) == (
        "derivation",
        "has source",
    )
    assert text(result, "relationship", "relatedObjectIdentifier", "relatedObjectIdentifierValue") == hashes[1]
    assert text(event, "eventType") == "creation of a derivative"
    name = text(event, "eventIdentifier", "eventIdentifierValue")
    assert text(source, "linkingEventIdentifier", "linkingEventIdentifierValue") == name
    assert text(result, "relationship", "relatedEventIdentifier", "relatedEventIdentifierValue") == name
    roles = {
        text(one, "linkingObjectRole"): text(one, "linkingObjectIdentifierValue")
        for one in event.findall(P + "linkingObjectIdentifier")
    }
    assert roles == {"source": hashes[1], "outcome": hashes[0]}
    assert "scale 2; preset fast" in text(event, "eventDetailInformation", "eventDetail")
    note = text(event, "eventOutcomeInformation", "eventOutcomeDetail", "eventOutcomeDetailNote")
    assert "no outside pictures were used" in note
    assert text(agent, "agentIdentifier", "agentIdentifierValue") == f"ZSSR Studio {__version__}"
    assert text(event, "linkingAgentIdentifier", "linkingAgentIdentifierValue") == f"ZSSR Studio {__version__}"


def test_elements_stand_in_the_order_of_the_dictionary(photo: Path, tmp_path: Path) -> None:
    for element in made(photo, tmp_path).iter():
        order = ORDER.get(element.tag.removeprefix(P))
        names = [child.tag.removeprefix(P) for child in element]
        if order is not None:
            assert names == sorted(names, key=order.index)
        if element.tag.endswith("Identifier"):
            kind = element.tag.removeprefix(P)
            assert names[:2] == [f"{kind}Type", f"{kind}Value"]


def test_a_signature_is_an_event_of_its_own(photo: Path, tmp_path: Path) -> None:
    pytest.importorskip("c2pa", reason="the extra c2pa is not installed")
    root = made(photo, tmp_path, *identity(tmp_path).arguments)
    kinds = [text(event, "eventType") for event in root.findall(P + "event")]
    assert kinds == ["creation of a derivative", "digital signature generation"]


def test_another_suffix_is_refused(photo: Path, tmp_path: Path) -> None:
    done = zssr("upscale", photo, "-o", tmp_path / "out.tif", "--steps", 3, "--premis", tmp_path / "premis.txt")
    assert done.returncode == 2
    assert not (tmp_path / "out.tif").exists()
