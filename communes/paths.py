"""What a path tells of a unit without asking the map: the line of codes that leads to it.

Below the nation lie provinces; how many levels lie below these, nobody has to know.
"""

from __future__ import annotations


def codes_of(path: str) -> list[str]:
    """Return the codes on the way, from the nation down to the unit itself."""
    return path.strip("/").split("/")


def is_nation(path: str) -> bool:
    """Tell whether it is the path of that in which everything lies."""
    return path != "" and len(codes_of(path)) == 1


def province_code_of(path: str) -> str:
    """Return the code of the province it leads through or to; empty for the nation and nothing."""
    return next(iter(codes_of(path)[1:]), "")


def province_path_of(path: str) -> str:
    """Return the path of the province it leads through or to; the nation's own for the nation."""
    return f"/{'/'.join(codes_of(path)[:2])}/"


def path_above(path: str) -> str:
    """Return the path of the unit right above; nothing lies above the nation."""
    above = codes_of(path)[:-1]
    return f"/{'/'.join(above)}/" if above else path
