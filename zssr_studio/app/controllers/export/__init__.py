"""Results to files, one as a person says or all by their names."""
