"""How right it is what was found of a picture: its blur, noise and sharpening."""
