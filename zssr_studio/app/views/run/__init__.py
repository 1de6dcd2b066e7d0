"""Settings of a run, its curves, its film and its table."""
