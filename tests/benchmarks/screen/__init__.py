"""The window, as a person feels it."""
