"""What every page about a place hands to its template: where it is, when, and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from programme.dashboard import groups, places

if TYPE_CHECKING:
    from ntm_portal.accounts.scope import Scope
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds


# Templates read values of every kind, hence Any.
def frame(found: Ground, rounds: Rounds, scope: Scope) -> dict[str, Any]:
    """Return the place, the round and map, the path of units, and the group that is chosen."""
    return {
        "unit": found.unit,
        "rounds": rounds,
        "maps": found.maps,
        "origin": found.origin,
        "crumbs": places.crumbs(found, scope),
        "is_demonstration": rounds.is_demonstration,
        "groups": groups.GROUPS.items(),
        "members": found.members,
    }
