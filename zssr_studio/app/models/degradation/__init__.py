"""Kernels to choose from, trials, the region's shape."""
