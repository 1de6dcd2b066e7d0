"""Files that are not read, told by their first bytes, so that none of them is called damaged."""

from __future__ import annotations

_KINDS = (
    (b"GIF8", "a GIF picture"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 codestream"),
    (b"II\xbc", "a JPEG XR picture"),
    (b"\0\0\0\x0cJXS ", "a JPEG XS picture"),
    (b"8BPS", "a Photoshop document"),
    (b"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (b"#?RADIANCE", "a Radiance HDR picture"),
    (b"#?RGBE", "a Radiance HDR picture"),
    (b"DDS ", "a DirectDraw texture"),
    (b"\0\0\x01\0", "an icon"),
    (b"\0\0\x02\0", "a cursor"),
    (b"qoif", "a QOI picture"),
    (b"farbfeld", "a farbfeld picture"),
    (b"gimp xcf", "a GIMP document"),
    (b"SIMPLE  =", "a FITS picture"),
    (b"BPG\xfb", "a BPG picture"),
    (b"FLIF", "a FLIF picture"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\x8aMNG", "an MNG animation"),
    (b"\x8bJNG", "a JNG picture"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "an EPS picture"),
    (b"<svg", "an SVG drawing"),
    (b"P7\n", "a PAM picture"),
    (b"PK\x03\x04", "an archive"),
)
_ANYMAPS = {b"P1", b"P2", b"P3", b"P4", b"P5", b"P6", b"PF", b"Pf"}
_VIDEO_BRANDS = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V ", b"3gp4", b"3gp5")


def other_kind(head: bytes) -> str | None:
    """Name a kind of file that is not read by its first bytes; None if they are not known."""
    if head[:2] in _ANYMAPS and head[2:3] in b" \t\r\n#":
        return "a PNM picture"
    if head[4:8] == b"ftyp" and head[8:12] in _VIDEO_BRANDS:
        return "a video"
    if head[4:8] == b"ftyp" and head[8:12] in (b"j2ki", b"jpeg", b"evbi", b"vvic"):
        return "a HEIF picture of another coding than HEVC or AV1"
    return next((said for mark, said in _KINDS if head.startswith(mark)), None)
