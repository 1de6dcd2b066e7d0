"""The pictures that were opened together, and what becomes of each."""
