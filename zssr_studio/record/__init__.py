"""Settings as JSON, for projects and for the files of results. No Qt, no torch."""
