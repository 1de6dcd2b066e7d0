"""XMP as other programs write it and as nobody should: what is missing or makes no sense never ends an export."""

from __future__ import annotations

import itertools

import pytest
from lxml import etree

from tests.samples import odd_files as odd
from zssr_studio.imaging.metadata import rdf, xmp
from zssr_studio.imaging.metadata.blocks import Change, Derivation, Origin
from zssr_studio.imaging.metadata.rdf import NAMESPACES as NS

MWG = "http://www.metadataworkinggroup.com/schemas/regions/"
AREA = "http://ns.adobe.com/xmp/sType/Area#"
DERIVED = Derivation("a.jpg", "0" * 64, "x2", "2026-11-01T00:00:00+00:00")
CHANGES = (
    Change((96, 128), factors=(2.0, 2.0)),
    Change((48, 64), factors=(2.0, 2.0), origin=Origin(48, 64, 8, 8, is_part=True, orientation=6)),
)


def area(**fields: str) -> bytes:
    told = " ".join(f'stArea:{name}="{value}"' for name, value in fields.items())
    return odd.packet(
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description '
        f'mwg-rs:Name="One"><mwg-rs:Area {told}/></rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList>'
        "</mwg-rs:Regions>",
        **{"mwg-rs": MWG},
        stArea=AREA,
    )


def updated(packet: bytes, change: Change = CHANGES[0]) -> str:
    made, _ = xmp.updated(packet, change, DERIVED)
    rdf.parse(made)
    return made.decode()


def test_a_region_without_a_unit_is_told_in_shares():
    """The unit is optional in practice: an export ended with a fault in the program."""
    assert 'stArea:x="0.25"' in updated(area(x="0.25", y="0.5", w="0.1", h="0.1"))
    moved = updated(area(x="0.25", y="0.5", w="0.1", h="0.1"), CHANGES[1])
    assert 'stArea:x="0.25"' not in moved


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("number", ["1e308", "-1e308", "nan", "inf", "", "much", "0"])
def test_numbers_that_make_no_sense_are_nothing_to_end_at(change, number):
    panorama = "".join(
        f"<GPano:{name}Pixels>{number}</GPano:{name}Pixels>"
        for name in ("FullPanoWidth", "FullPanoHeight", "CroppedAreaImageWidth", "CroppedAreaLeft")
    )
    subject = f"<exif:SubjectArea><rdf:Seq><rdf:li>{number}</rdf:li><rdf:li>5</rdf:li></rdf:Seq></exif:SubjectArea>"
    updated(odd.packet(panorama + subject, GPano=NS["GPano"], exif=NS["exif"]), change)
    for fields, unit in itertools.product(("xy", "xyw", "xywhd"), (None, "pixel", "normalized", "")):
        held = dict.fromkeys(fields, "0.5") | {"x": number}
        updated(area(**held, **({} if unit is None else {"unit": unit})), change)


@pytest.mark.parametrize(
    "history",
    [
        "<xmpMM:History/>",
        "<xmpMM:History>text</xmpMM:History>",
        "<xmpMM:History><rdf:Bag><rdf:li>before</rdf:li></rdf:Bag></xmpMM:History>",
        "<xmpMM:History><rdf:Seq><rdf:li>before</rdf:li></rdf:Seq></xmpMM:History>",
    ],
)
def test_there_is_one_history(history):
    """Two properties of one name are damage to Adobe's programs, which then read nothing of the packet."""
    made = etree.fromstring(updated(odd.packet(history, xmpMM=NS["xmpMM"])).encode())
    found = list(made.iter(rdf.tag("xmpMM", "History")))
    assert len(found) == 1
    assert "derived" in "".join(found[0].itertext())
    assert ("before" in history) == ("before" in "".join(found[0].itertext()))
