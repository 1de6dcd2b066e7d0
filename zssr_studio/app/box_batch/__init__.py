"""What the window asks of the room of batches; handed to the studio by `main`, so that chains of imports stay short."""
