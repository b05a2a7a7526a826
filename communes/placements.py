"""The placements of all units on the present map: made anew when the map or the day changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Min, Q, Subquery

from communes.carrying import Placed, Version, addends, place_all
from communes.models import Addend, AdministrativeUnit, PlacedMap, Placement, Succession

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import Model

# What a query says of the map: that of the round's own day, or the present one.
OWN, TODAY = "round", "today"
STATE = ("is_current", "from_day", "until_day")
BATCH = 1_000
FEW = 500  # keys in one condition
ONE_DAY = timedelta(days=1)


def ensure(today: date) -> PlacedMap:
    """Return the present map, its placements made anew if they are not those of `today`."""
    return known(today) or _renew(today)


def known(today: date) -> PlacedMap | None:
    """Return the present map if its placements are those of `today`."""
    state = PlacedMap.objects.filter(pk=1).first()
    return state if state and _holds(state, today) else None


def beside() -> dict[str, Subquery]:
    """Return what tells, beside the rows of any query, which the present map is."""
    state = PlacedMap.objects.filter(pk=1)
    return {f"placed_{name}": Subquery(state.values(name)[:1]) for name in STATE}


def of(rows: Sequence[Model], today: date) -> PlacedMap:
    """Return the present map as told beside these rows, made anew where that does not hold."""
    told = vars(rows[0]) if rows else {}
    state = PlacedMap(pk=1, **{name: told[f"placed_{name}"] for name in STATE}) if told else None
    return state if state and _holds(state, today) else ensure(today)


def map_changed() -> None:
    """Say, in the transaction that changes the map, that the placements no longer hold."""
    PlacedMap.objects.update(is_current=False)


def alone_on_the_map() -> PlacedMap:
    """Wait, in a transaction, for whoever changes the map or places it, and hold the others."""
    return PlacedMap.objects.select_for_update().get_or_create(pk=1)[0]


@transaction.atomic
def _renew(today: date) -> PlacedMap:
    state = alone_on_the_map()
    if not _holds(state, today):  # nobody else did it while this one waited
        versions = list(map(Version._make, _versions()))
        placed = place_all(versions, _successions(), today)
        _write(versions, placed)
        state.from_day, state.until_day = _lasts(today)
        state.is_current = True
        state.save()
    return state


def _holds(state: PlacedMap, today: date) -> bool:
    begun = state.from_day is None or state.from_day <= today
    return state.is_current and begun and (state.until_day is None or today <= state.until_day)


def _versions() -> Iterable[tuple[int, int | None, str, date | None, date | None]]:
    units = AdministrativeUnit.objects.order_by()
    return units.values_list("pk", "parent_id", "path", "valid_from", "valid_to")


def _successions() -> Iterable[tuple[int, int]]:
    rows = Succession.objects.order_by("effective_date", "pk")
    return rows.values_list("predecessor_id", "successor_id")


def _write(versions: list[Version], placed: dict[int, Placed]) -> None:
    """Write what is otherwise than it was: most of a map stays when it changes."""
    wanted = {pk: (item.place.pk, item.how) for pk, item in placed.items()}
    rows = Placement.objects.values_list("unit_id", "place_id", "how")
    held = {unit: (place, how) for unit, place, how in rows.order_by()}
    other = {pk: row for pk, row in wanted.items() if held.get(pk) != row}
    _delete(Placement, "unit_id", {pk for pk, row in held.items() if wanted.get(pk) != row})
    Placement.objects.bulk_create(
        (
            Placement(unit_id=pk, place_id=place, how=str(how))
            for pk, (place, how) in sorted(other.items())
        ),
        batch_size=BATCH,
    )
    by_path = {item.place.path: item.place.pk for item in placed.values()}
    found = {
        (pk, by_path[path], sign) for pk, path, sign in addends(versions, placed) if path in by_path
    }
    known = Addend.objects.order_by().values_list("unit_id", "into_id", "sign", "pk")
    kept = {row[:-1]: row[-1] for row in known}
    _delete(Addend, "pk", {kept[row] for row in kept.keys() - found})
    Addend.objects.bulk_create(
        (
            Addend(unit_id=pk, into_id=into, sign=sign)
            for pk, into, sign in sorted(found - kept.keys())
        ),
        batch_size=BATCH,
    )


def _delete(model: type[Model], name: str, keys: set[int]) -> None:
    ordered = sorted(keys)
    for start in range(0, len(ordered), FEW):
        rows = model._default_manager.filter(**{f"{name}__in": ordered[start : start + FEW]})
        rows.delete()


def _lasts(today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day of the map that holds on `today`."""
    units = AdministrativeUnit.objects.order_by()
    days = units.aggregate(
        begun=Max("valid_from", filter=Q(valid_from__lte=today)),
        ended=Max("valid_to", filter=Q(valid_to__lt=today)),
        next_begun=Min("valid_from", filter=Q(valid_from__gt=today)),
        next_ended=Min("valid_to", filter=Q(valid_to__gte=today)),
    )
    starts = [days["begun"]] if days["begun"] else []
    starts += [days["ended"] + ONE_DAY] if days["ended"] else []
    ends = [days["next_begun"] - ONE_DAY] if days["next_begun"] else []
    ends += [days["next_ended"]] if days["next_ended"] else []
    return max(starts, default=None), min(ends, default=None)
