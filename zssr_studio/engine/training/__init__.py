"""A run: what is trained, on what, how fast, and whether it stays sound."""
