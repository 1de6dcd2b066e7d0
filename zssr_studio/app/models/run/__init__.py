"""Settings, the run that goes on, its curves, and the queue."""
