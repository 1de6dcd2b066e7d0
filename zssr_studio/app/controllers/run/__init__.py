"""Settings of a run, training, and what is shown of it."""
