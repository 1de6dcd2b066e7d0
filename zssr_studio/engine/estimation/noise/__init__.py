"""The noise of a picture, white and coloured."""
