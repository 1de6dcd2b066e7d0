"""Methods in the terminal: what there are, and their results beside each other."""
