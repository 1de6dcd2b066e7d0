"""What the steepest edges of a picture tell: how much it was sharpened, and how far it is blurred at most."""
