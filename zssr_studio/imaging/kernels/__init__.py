"""Files of blur kernels."""
