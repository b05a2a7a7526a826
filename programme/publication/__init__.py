"""What a publication freezes: the figures of a round under a hash, and how that is proved."""
