"""A studio, and a person at it: what tests, screenshots and benchmarks of the window share."""
