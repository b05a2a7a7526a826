"""Recognised units whose latest outcome fails so many criteria that a ground is met."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef

from criteria.models import CriterionVerdict, Outcome
from criteria.recognition.reasons import Reason
from criteria.scoring.shares import HUNDRED, is_ground
from criteria.scoring.titles import Asks, Provision, Title
from criteria.scoring.verdicts import Verdict
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from criteria.models import Criterion
    from criteria.querysets import RecognitionQuerySet

    Grounds = dict[tuple[str, str], list[Provision]]  # by level and standard


def failing_criteria(
    held: RecognitionQuerySet, law: Iterable[Title], day: date
) -> Iterator[Reason]:
    """Yield the grounds "so many criteria are not met", on each basis; two queries."""
    grounds: Grounds = {
        (title.level, title.standard): [item for item in title.grounds if item.asks is Asks.FAILING]
        for title in law
    }
    if (least := _least(grounds)) is None:
        return
    rows = list(_latest_failing(held, day, least))
    failed = _failed_criteria(rows)
    for row in rows:
        yield from _reasons(row, failed[row.pk], grounds)


def _reasons(row: Outcome, criteria: list[Criterion], grounds: Grounds) -> Iterator[Reason]:
    unit, standard = row.assessment.unit, row.assessment.criteria_set.standard
    names = {fold(criterion.name) for criterion in criteria}
    for ground in grounds.get((unit.level, standard), ()):
        if is_ground(ground, row.criteria_not_met, row.criteria_total, names):
            yield Reason(
                unit.pk,
                standard,
                ground,
                part=row.criteria_not_met,
                total=row.criteria_total,
                basis=row.basis,
                round_code=row.assessment.round.code,
                criteria=tuple(criteria),
            )


def _least(grounds: Grounds) -> int | None:
    return min((item.at_least for items in grounds.values() for item in items), default=None)


def _latest_failing(held: RecognitionQuerySet, day: date, least: int) -> QuerySet[Outcome]:
    """Return the latest outcome of each basis where at least so many percent fail."""
    counted = Outcome.objects.filter(
        measures_typed__gt=0,
        assessment__round__reference_date__lte=day,
        assessment__criteria_set__level=F("assessment__unit__level"),
    ).order_by()
    newer = counted.filter(
        basis=OuterRef("basis"),
        assessment__unit=OuterRef("assessment__unit"),
        assessment__criteria_set__standard=OuterRef("assessment__criteria_set__standard"),
        assessment__round__reference_date__gt=OuterRef("assessment__round__reference_date"),
    )
    recognised = held.order_by().filter(
        unit=OuterRef("assessment__unit"),
        standard=OuterRef("assessment__criteria_set__standard"),
    )
    failing = counted.annotate(hundredfold=F("criteria_not_met") * HUNDRED).filter(
        hundredfold__gte=F("criteria_total") * least, criteria_total__gt=0
    )
    return (
        failing.filter(Exists(recognised), ~Exists(newer))
        .select_related("assessment__unit", "assessment__round", "assessment__criteria_set")
        .order_by("-basis", "pk")
    )


def _failed_criteria(rows: list[Outcome]) -> defaultdict[int, list[Criterion]]:
    failed: defaultdict[int, list[Criterion]] = defaultdict(list)
    verdicts = CriterionVerdict.objects.filter(
        outcome__in=[row.pk for row in rows], verdict=Verdict.NOT_MET
    )
    for verdict in verdicts.select_related("criterion").order_by("criterion__position"):
        failed[verdict.outcome_id].append(verdict.criterion)
    return failed
