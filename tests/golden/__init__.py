"""What the engine gave for fixed seeds, kept to compare with."""
