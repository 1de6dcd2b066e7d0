"""What is kept of a batch from one time to the next, in the folder of its results."""
