"""What a file says beside its pixels: EXIF, IPTC, XMP, orientation."""
