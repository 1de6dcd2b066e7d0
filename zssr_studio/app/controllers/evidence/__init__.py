"""What a result can show for itself, asked for in the window."""
