"""The list of results, and looking at them side by side."""
