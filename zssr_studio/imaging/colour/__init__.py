"""Colour profiles, and what of a picture's colours is trained on."""
