"""What all fields of the window share: how numbers are read, and manners."""
