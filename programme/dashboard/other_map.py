"""The way from a place on one map to the same place on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes import placements
from communes.carrying import line
from communes.models import AdministrativeUnit, Placement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from programme.dashboard.origins import Origin
    from programme.dashboard.rounds import Rounds


@dataclass(frozen=True, slots=True)
class MapMenu:
    """The codes under which a place is found on the map of the round and on the present one."""

    code_of_round: str
    code_of_today: str


def menu(
    unit: AdministrativeUnit,
    rounds: Rounds,
    origin: Origin | None,
    placed_since: date | None,
    place_path: str | None,
    reach: Iterable[str],
) -> MapMenu | None:
    """Return where both maps show the place.

    Nothing while they are one and the same, or where the other shows it in a unit beyond `reach`.
    """
    if origin is not None:
        path, codes = _holding(origin), (_code(_holding(origin)), unit.code)
    elif place_path and placed_since is not None and rounds.day < placed_since:
        path, codes = place_path, (unit.code, _code(place_path))
    else:
        return None
    return MapMenu(*codes) if path.startswith(tuple(reach)) else None


def elsewhere(code: str, rounds: Rounds) -> AdministrativeUnit | None:
    """Return where the present map shows a place that the map shown does not have."""
    present = placements.ensure(rounds.today)
    if present.from_day is None or rounds.day >= present.from_day:
        return None
    if not rounds.is_carried:
        return AdministrativeUnit.objects.on(rounds.today).filter(code=code).first()
    former = AdministrativeUnit.objects.on(rounds.day).filter(code=code)
    placement = Placement.objects.filter(unit__in=former).select_related("place").first()
    return placement.place if placement else None


def _holding(origin: Origin) -> str:
    """Return the path of the source that is called the same, or of what held all of them."""
    paths = {former.unit.code: former.unit.path for former in origin.sources}
    if origin.unit.code in paths:
        return paths[origin.unit.code]
    if not paths:
        return origin.unit.path
    shared = set.intersection(*(set(line(path)) for path in paths.values()))
    return max(shared, key=len)


def _code(path: str) -> str:
    return path.strip("/").split("/")[-1]
