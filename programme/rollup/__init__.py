"""Adds up over the map: own counters of each unit, then every parent, in as many queries for one
commune as for all of them.
"""

from programme.rollup.refreshing import rebuild, refresh_stale

__all__ = ["rebuild", "refresh_stale"]
