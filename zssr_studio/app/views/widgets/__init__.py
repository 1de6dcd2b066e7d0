"""Small widgets that all parts of the window are made of."""
