"""The door of the house: files become pictures and pictures become files. No torch, no Qt."""
