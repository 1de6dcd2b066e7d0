"""Convolutions that are faster than the library's on some processors."""
