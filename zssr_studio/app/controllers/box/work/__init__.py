"""A box as a batch: what is asked of it, its events, and its journal."""
