"""The kernel, the damage and the region."""
