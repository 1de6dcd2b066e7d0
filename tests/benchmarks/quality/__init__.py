"""How good results are, and beside whom."""
