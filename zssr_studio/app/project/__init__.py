"""The work as a whole, as it is kept: in a folder that saves itself, and in one file."""
