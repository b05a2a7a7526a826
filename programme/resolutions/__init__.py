"""Resolutions on the map with all that follows from them in the rooms below."""
