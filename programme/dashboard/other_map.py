"""The way from a place on one map to the same place on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes import placements
from communes.carrying import line
from communes.models import AdministrativeUnit, Placement

if TYPE_CHECKING:
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
    place_code: str | None,
) -> MapMenu | None:
    """Return where both maps show the place; nothing while they are one and the same."""
    if origin is not None:
        return MapMenu(_holding(origin), unit.code)
    is_past = placed_since is not None and rounds.day < placed_since
    return MapMenu(unit.code, place_code) if is_past and place_code else None


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
    """Return the code of the source that is called the same, or of what held all of them."""
    paths = {former.unit.code: former.unit.path for former in origin.sources}
    if origin.unit.code in paths or not paths:
        return origin.unit.code
    shared = set.intersection(*(set(line(path)) for path in paths.values()))
    return max(shared, key=len).strip("/").split("/")[-1]
