"""Shortcuts and finding commands."""
