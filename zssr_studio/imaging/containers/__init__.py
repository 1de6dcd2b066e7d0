"""How the files of a format are built: their pieces, without decoding a pixel."""
