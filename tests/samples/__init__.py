"""Files, networks and certificates that the tests make, or find beside the project, and kinds of runs."""
