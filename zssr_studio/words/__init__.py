"""The words for what the engine tells in enums and values, for terminal, window and front door. No Qt, no torch."""
