"""Pictures of the real window in every state."""
