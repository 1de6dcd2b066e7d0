"""A step of training: computed operation by operation, or on a graphics card as one graph."""
