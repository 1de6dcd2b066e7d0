"""What a JPEG left of itself in a picture: its tables, found by coefficients and by the borders of blocks."""
