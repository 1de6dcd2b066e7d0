"""A report of one page on a result."""
