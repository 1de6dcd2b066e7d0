"""What the window shows: signals out, setters in."""
