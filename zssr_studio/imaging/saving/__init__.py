"""Where files are written: what is checked before, the parts they grow in, other places for what finds none."""
