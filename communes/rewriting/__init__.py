"""Brings the rows of the map in line with what was worked out from lists and successions."""

from communes.rewriting.rewrite import Rewritten, rewrite_map

__all__ = ["Rewritten", "rewrite_map"]
