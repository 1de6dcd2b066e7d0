"""Many pictures in the terminal."""
