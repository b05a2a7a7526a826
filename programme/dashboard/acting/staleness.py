"""Communes nothing was typed of in the round shown, nor in the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery

from criteria.models import IndicatorValue
from programme.dashboard import listing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from communes.models import AdministrativeUnit
    from programme.dashboard.rounds import Rounds

    Units = QuerySet[AdministrativeUnit, Any]  # annotated by `dated`


@dataclass(frozen=True, slots=True)
class Stale:
    """A commune, what it lies in, and when something was typed of it last, in which round."""

    unit: AdministrativeUnit
    lies_in: tuple[AdministrativeUnit, ...]
    typed_at: datetime | None
    round_code: str | None


def of(place: AdministrativeUnit, rounds: Rounds) -> QuerySet[AdministrativeUnit]:
    """Return the communes of a place not updated for two rounds, in the order of the map."""
    communes = rounds.asked_within(place).in_programme().order_by("path")
    if rounds.previous is None:
        return communes.none()
    typed = IndicatorValue.objects.filter(
        assessment__unit=OuterRef("pk"),  # by version, as `communes.outcomes` compares rounds
        assessment__round__in=[item.pk for item in rounds.compared],
        is_carried=False,
    )
    return communes.filter(~Exists(typed.order_by()))


def dated(communes: QuerySet[AdministrativeUnit], rounds: Rounds) -> Units:
    """Return the same with when something was typed of each last, up to the round shown."""
    typed = IndicatorValue.objects.filter(
        assessment__unit=OuterRef("pk"),
        assessment__round__reference_date__lte=rounds.day,
        is_carried=False,
    ).order_by("-assessment__round__reference_date", "-updated_at")
    told = communes.annotate(
        typed_at=Subquery(typed.values("updated_at")[:1]),
        round_code=Subquery(typed.values("assessment__round__code")[:1]),
    )
    return told.select_related("placement__place") if rounds.is_carried else told


def listed(communes: Iterable[Any], within: AdministrativeUnit, rounds: Rounds) -> list[Stale]:
    """Return the rows of one page of what `dated` annotated; one query."""
    found = list(communes)
    lies_in = listing.lying_in(found, within, rounds)
    return [
        Stale(unit, parents, unit.typed_at, unit.round_code)
        for unit, parents in zip(found, lies_in, strict=True)
    ]
