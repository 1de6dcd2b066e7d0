"""ZSSR Studio enlarges one picture by training a small network on that picture alone."""

__version__ = "0.1.0"
