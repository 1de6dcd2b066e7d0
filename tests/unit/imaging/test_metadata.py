"""What of a source's metadata stays, what goes, and what is corrected."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import ExifTags, Image

from tests.samples.round_trip import copied, exiftool, needs
from tests.unit.imaging.other_programs.test_from_other_programs import ramp, run
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.export import ExportOptions
from zssr_studio.imaging.metadata import exif, xmp
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.write import write_picture

NOTE = bytes(range(200))


def jpeg(path, packet: bytes = b"", **tags) -> None:
    held = Image.Exif()
    held[ExifTags.Base.Make] = "Maker"
    held.get_ifd(exif.EXIF_IFD)[exif.MAKER_NOTE] = NOTE
    for name, value in tags.items():
        held.get_ifd(exif.EXIF_IFD)[ExifTags.Base[name]] = value
    Image.fromarray(ramp(8)).save(path, exif=held, xmp=packet)


def test_one_damaged_value_costs_no_other(tmp_path):
    jpeg(tmp_path / "a.jpg")
    content = (tmp_path / "a.jpg").read_bytes()
    # The place of the maker note is moved behind the end of the block.
    at = content.index(struct.pack(">H", exif.MAKER_NOTE))
    (tmp_path / "b.jpg").write_bytes(content[: at + 8] + b"\x7f\xff\xff\xff" + content[at + 12 :])
    assert [note for note in read_picture(tmp_path / "b.jpg").notes if str(exif.MAKER_NOTE) in note]
    copied(tmp_path / "b.jpg", tmp_path / "c.jpg")
    assert b"Maker" in read_picture(tmp_path / "c.jpg").metadata.exif


def test_a_maker_note_at_the_end_of_a_large_tiff_fits_into_a_jpeg(tmp_path):
    jpeg(tmp_path / "a.jpg")
    small = read_picture(tmp_path / "a.jpg")
    noise = np.random.default_rng(0).random((600, 600, 3)).astype(np.float32)
    write_picture(Picture(noise, metadata=small.metadata), tmp_path / "b.tif", overwrite=False)
    block = read_picture(tmp_path / "b.tif").metadata.exif
    assert len(block) < 2000
    assert copied(tmp_path / "b.tif", tmp_path / "c.jpg") == ()
    root = exif.read_block(read_picture(tmp_path / "c.jpg").metadata.exif)
    assert root.children[exif.EXIF_IFD].entries[exif.MAKER_NOTE].content == NOTE


PLACES = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:drone="http://www.dji.com/drone-dji/1.0/" drone:GpsLatitude="secret"
 drone:AbsoluteAltitude="secret" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" geo:lat="secret"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLongitude="secret" xmlns:dc="http://purl.org/dc/elements/1.1/"
 dc:coverage="secret" xmlns:dm="http://ns.adobe.com/xmp/1.0/DynamicMedia/" dm:shotLocation="secret"
 dc:format="kept" xmlns:mm="http://ns.adobe.com/xap/1.0/mm/">
 <mm:Pantry><rdf:Bag><rdf:li><rdf:Description exif:GPSLatitude="secret"/></rdf:li></rdf:Bag></mm:Pantry>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_the_place_goes_wherever_a_maker_wrote_it():
    left = xmp.without_place(PLACES.encode())
    assert b"secret" not in left
    assert b"kept" in left


COLOURS = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:ColorSpace="65535"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:ICCProfile="Other"/></rdf:RDF></x:xmpmeta>"""


@needs("exiftool")
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png"])
def test_the_colour_space_that_metadata_tell_is_that_of_the_file(tmp_path, suffix):
    jpeg(tmp_path / "a.jpg", COLOURS.encode(), ColorSpace=65535)
    words = [
        "-InteropIndex=R03",
        "-XMP-exif:ColorSpace=65535",
        "-XMP-photoshop:ICCProfileName=Other",
        tmp_path / "a.jpg",
    ]
    run("exiftool", "-q", "-overwrite_original", *words, tmp_path / "a.jpg")
    for target, number in (("prophoto", 65535), ("srgb", 1), ("keep", 65535)):
        copied(tmp_path / "a.jpg", tmp_path / f"b.{suffix}", ExportOptions(colour=target))
        told = exiftool(tmp_path / f"b.{suffix}")
        assert told["ExifIFD:ColorSpace"] == told["XMP-exif:ColorSpace"] == number
        assert ("InteropIFD:InteropIndex" in told) == (target == "keep")
        assert (told["XMP-photoshop:ICCProfileName"] == "Other") == (target == "keep")


@needs("exiftool")
def test_of_two_resolutions_of_a_jpeg_exif_counts(tmp_path):
    Image.fromarray(ramp(8)).save(tmp_path / "a.jpg", dpi=(72, 72))
    run(
        "exiftool",
        "-q",
        "-EXIF:XResolution=300",
        "-EXIF:YResolution=300",
        "-EXIF:ResolutionUnit=inches",
        tmp_path / "a.jpg",
    )
    assert read_picture(tmp_path / "a.jpg").pixels_per_inch == (300, 300)


def test_a_comment_is_told_of(tmp_path):
    Image.fromarray(ramp(8)).save(tmp_path / "a.jpg", comment="Hello")
    assert any("comment" in note for note in read_picture(tmp_path / "a.jpg").notes)


def test_a_source_type_that_is_none_is_refused():
    with pytest.raises(BadInputError, match="algorithmicallyEnhanced"):
        ExportOptions(digital_source_type="enhanced")


@needs("exiftool")
def test_an_enlargement_without_a_place_holds_none_in_its_maker_note(tmp_path):
    jpeg(tmp_path / "a.jpg")
    copied(tmp_path / "a.jpg", tmp_path / "b.jpg", ExportOptions(metadata=MetadataPolicy.NO_PLACE))
    assert NOTE not in (tmp_path / "b.jpg").read_bytes()
    assert NOTE in (tmp_path / "a.jpg").read_bytes()


@needs("exiftool")
def test_a_long_xmp_packet_goes_into_a_jpeg_in_parts_and_comes_back(tmp_path):
    text = " ".join(f"word{number}" for number in range(20_000))
    (tmp_path / "text.txt").write_text(text)
    Image.fromarray(ramp(8)).save(tmp_path / "a.png")
    words = [f"-XMP-dc:Description<={tmp_path / 'text.txt'}", "-XMP-dc:Title=Short"]
    run("exiftool", "-q", "-overwrite_original", *words, tmp_path / "a.png")
    assert copied(tmp_path / "a.png", tmp_path / "b.jpg", scale="2", steps=2) == ()
    told = exiftool(tmp_path / "b.jpg")
    assert told["XMP-dc:Description"] == text
    assert told["XMP-dc:Title"] == "Short"
    assert told["XMP-iptcExt:DigitalSourceType"].endswith("algorithmicallyEnhanced")
    assert copied(tmp_path / "b.jpg", tmp_path / "c.tif") == ()
    assert exiftool(tmp_path / "c.tif")["XMP-dc:Description"] == text


@needs("exiftool")
def test_a_camera_that_says_adobe_rgb_without_a_profile_is_believed(tmp_path):
    jpeg(tmp_path / "a.jpg", ColorSpace=65535)
    assert read_picture(tmp_path / "a.jpg").icc_profile is None
    run("exiftool", "-q", "-overwrite_original", "-InteropIndex#=R03", tmp_path / "a.jpg")
    picture = read_picture(tmp_path / "a.jpg")
    assert picture.icc_profile == profiles.named_profile("adobe-rgb")
    assert any("Adobe RGB" in note for note in picture.notes)
