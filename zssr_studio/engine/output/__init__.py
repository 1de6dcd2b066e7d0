"""How the result is made and judged."""
