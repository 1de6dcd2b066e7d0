"""Formats of picture files."""
