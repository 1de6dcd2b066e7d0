"""The picture in the middle: zoom, pan, crop and all ways of comparing."""
