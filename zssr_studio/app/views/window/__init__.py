"""The main window, its messages, commands and dialogs."""
