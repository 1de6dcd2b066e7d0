"""What was done to the picture, found from the picture alone. No torch."""
