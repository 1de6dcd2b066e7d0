"""The list of results, and the strips around the picture."""
