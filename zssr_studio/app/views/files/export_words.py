"""What the choices of an export are called, and what each purpose and choice does."""

from __future__ import annotations

from zssr_studio.app.language import marked
from zssr_studio.app.models.files.export import ARCHIVE, AS_SOURCE, PRINT, WEB
from zssr_studio.imaging.export import Compression, Format, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

FORMATS = {
    Format.PNG: "PNG",
    Format.TIFF: "TIFF",
    Format.JPEG: "JPEG",
    Format.WEBP: "WebP",
    Format.AVIF: "AVIF",
    Format.JXL: "JPEG XL",
}
DEPTHS = {8: marked("8 bits"), 16: marked("16 bits"), 32: marked("32 bits, floating point")}
COMPRESSIONS = {Compression.DEFLATE: marked("Deflate, without loss"), Compression.NONE: marked("None")}
PROFILE_FILE = "file"
COLOURS = {
    "keep": marked("Keep the profile, byte for byte"),
    "srgb": marked("Convert to sRGB"),
    "display-p3": marked("Convert to Display P3"),
    "adobe-rgb": marked("Convert to Adobe RGB"),
    "prophoto": marked("Convert to ProPhoto RGB"),
    PROFILE_FILE: marked("Convert to a profile file…"),
}
METADATA = {
    MetadataPolicy.ALL: marked("All"),
    MetadataPolicy.NO_PLACE: marked("All but the place"),
    MetadataPolicy.NONE: marked("None"),
}
OWN_PPI = "own"
RESOLUTIONS = {
    ResolutionPolicy.SIZE: marked("Keep the size on paper"),
    ResolutionPolicy.PPI: marked("Keep the pixels per inch"),
    OWN_PPI: marked("Set pixels per inch"),
}
LEAST_PPI, MOST_PPI, USUAL_PPI = 1.0, 100_000.0, 300.0
MEANINGS = {
    AS_SOURCE: marked("In the source's format, depth and colour profile, with all of its metadata."),
    WEB: marked("For screens: in sRGB, without the place, as large as you say."),
    PRINT: marked("For paper: 16 bits in Adobe RGB at these pixels per inch; what is missing is resampled."),
    ARCHIVE: marked("All that there is: TIFF, 16 bits or more, packed without loss, with all metadata."),
}
TIPS = {
    "quality": marked("95 keeps all that the eye sees; 85 makes files for the web half as large."),
    "colour": marked(
        "Keeping is exact. Converting changes the numbers, so that programs without colour management show the picture "
        "right."
    ),
    "metadata": marked("EXIF, IPTC and XMP of the source, with size and orientation put right."),
    "resolution": marked("600 ppi enlarged twice are 1200 ppi on the same paper, or 600 ppi on a larger one."),
    "source_type": marked("What the XMP says of where the picture comes from, in IPTC's words."),
    "longest": marked("No side becomes longer than this; a smaller picture stays as it is."),
    "most_mb": marked("The quality becomes as high as this allows."),
    "print_width": marked("Width on paper; the height follows."),
    "print_height": marked("Height on paper; the width follows."),
}
