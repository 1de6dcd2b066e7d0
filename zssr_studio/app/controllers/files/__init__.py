"""Pictures, projects and results in files; nothing is lost."""
