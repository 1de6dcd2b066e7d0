"""The list of results, and how it is looked at."""
