"""Where things that metadata tell of lie in the picture, and how it is turned."""
