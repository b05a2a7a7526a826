"""Schemes and score sheets out of a file: read, checked, and written if they are new."""

from ocop.loading.reading import Faulty, FoundScheme, FoundSheet, read
from ocop.loading.writing import Outcome, store

__all__ = ["Faulty", "FoundScheme", "FoundSheet", "Outcome", "read", "store"]
