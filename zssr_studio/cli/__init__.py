"""The terminal: commands, what they are told, and what they tell."""
