"""What the window knows. QtCore only; no widget, no thread."""
