"""Recognised units so many of whose communes have lost their recognition that a ground is met."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from communes.models import AdministrativeUnit
from criteria.models import Recognition
from criteria.recognition.reasons import Reason
from criteria.scoring.shares import reaches
from criteria.scoring.titles import Asks, Provision, Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from communes.querysets import UnitQuerySet
    from criteria.querysets import RecognitionQuerySet


def lost_shares(held: RecognitionQuerySet, law: Iterable[Title], day: date) -> Iterator[Reason]:
    """Yield the grounds "so many units below were revoked"; three queries for each ground."""
    for title in law:  # the law has one such ground
        for ground in title.grounds:
            if ground.asks is Asks.REVOKED_SHARE:
                yield from _met(held, title, ground, day)


def _met(held: RecognitionQuerySet, title: Title, ground: Provision, day: date) -> Iterator[Reason]:
    units = AdministrativeUnit.objects.on(day).filter(kind__in=ground.of_kinds).order_by()
    lost = _counted_above(_lost(units, ground, day).values_list("path", flat=True))
    holders = held.filter(standard=title.standard, unit__level=title.level).order_by()
    bereft = [
        (pk, path)
        for pk, path in holders.values_list("unit_id", "unit__path").distinct()
        if lost[path]
    ]
    if not bereft:
        return
    total = _counted_above(units.values_list("path", flat=True))
    for pk, path in bereft:
        if reaches(lost[path], total[path], ground.at_least):
            yield Reason(pk, title.standard, ground, part=lost[path], total=total[path])


def _lost(units: UnitQuerySet, ground: Provision, day: date) -> UnitQuerySet:
    """Keep the units whose title was revoked and that hold it no more."""
    hers = Recognition.objects.filter(unit=OuterRef("pk"), standard=ground.standard).order_by()
    return units.filter(Exists(hers.revoked_by(day)), ~Exists(hers.in_force(day)))


def _counted_above(paths: Iterable[str]) -> Counter[str]:
    """Count the units by every path that they lie below."""
    counted: Counter[str] = Counter()
    for path in paths:
        codes = path.strip("/").split("/")
        counted.update(f"/{'/'.join(codes[:depth])}/" for depth in range(1, len(codes)))
    return counted
