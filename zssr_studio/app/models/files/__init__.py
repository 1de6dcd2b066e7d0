"""The picture that is open, exports, recent files."""
