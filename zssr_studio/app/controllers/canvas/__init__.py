"""Controllers of what the canvas shows, and how large."""
