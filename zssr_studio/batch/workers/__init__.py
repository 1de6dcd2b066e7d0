"""Who does the pictures of a batch: processes of this machine, or workers of a cluster."""
