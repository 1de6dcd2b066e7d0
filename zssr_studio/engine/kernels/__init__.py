"""Blur kernels: taps, named shapes, and how sure they are. No torch."""
