"""Export, recent files, recovery, the first screen."""
