"""The front door for scripts and notebooks: arrays, PIL images and paths in, and the same out. No Qt."""
