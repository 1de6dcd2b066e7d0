"""Opening many pictures at once, looking at them, and enlarging them one after the other."""
