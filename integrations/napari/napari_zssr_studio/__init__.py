"""A plugin of napari that enlarges an image layer by what can be learned from that layer alone."""
