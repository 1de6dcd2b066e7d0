"""The architectures, each written from its paper, and how each is told by its tensors."""
