"""Networks that others trained: told by the names and shapes of their tensors, and run as their authors meant them."""
