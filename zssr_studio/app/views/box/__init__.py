"""The pictures that were opened together, as a strip and as a table."""
