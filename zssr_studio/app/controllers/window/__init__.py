"""The window as a whole: commands, preferences, undo, background tasks."""
