"""Resolutions by hand: what each says of the map, what it would change, and how it is entered."""
