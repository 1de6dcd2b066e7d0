"""What a result can show for itself: its maps, networks of other seeds, a kernel that is a little off, a report."""
