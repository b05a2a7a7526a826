"""Goes through rounds, one part of the country after the other, so that memory stays flat."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from criteria.models import Assessment
from programme.models import CriterionTally, Summary
from programme.verification.day import branch_of, facts_of, units_of
from programme.verification.findings import Findings
from programme.verification.judging import Judging
from programme.verification.summing import Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from criteria.models import ReportingRound
    from programme.verification.day import Unit


def verify(rounds: Iterable[ReportingRound], *, done: Callable[[int], object]) -> Findings:
    """Work the rounds out again and compare; `done` hears of each lot of assessments."""
    findings = Findings()
    for round_ in rounds:
        _verify(round_, findings, done)
        _find_strangers(round_, findings)
    return findings


def _verify(round_: ReportingRound, findings: Findings, done: Callable[[int], object]) -> None:
    units = units_of(round_.reference_date)
    facts = facts_of(units, round_.reference_date)
    on_map = {unit.pk: unit for unit in units if unit.is_commune}
    judging, sums = Judging(round_, findings), Sums(round_)
    for members, assessment_ids in _parts(round_, units):
        for unit in members:
            sums.add_facts(unit, facts[unit.pk])
        assessments = Assessment.objects.select_related("unit", "criteria_set")
        for item, judged in judging.judge(list(assessments.filter(pk__in=assessment_ids))):
            counts = item.unit_id in on_map and item.criteria_set.standard == "ntm"
            if counts:
                sums.add_assessment(on_map[item.unit_id], item, judged)
        sums.compare(members, findings)
        done(len(assessment_ids))


def _parts(round_: ReportingRound, units: list[Unit]) -> list[tuple[list[Unit], list[int]]]:
    """Return units and assessments by part of the country, the nation itself after its parts."""
    parts: defaultdict[str, tuple[list[Unit], list[int]]] = defaultdict(lambda: ([], []))
    for unit in units:
        parts[branch_of(unit.path)][0].append(unit)
    for pk, path in round_.assessments.order_by().values_list("pk", "unit__path"):
        parts[branch_of(path)][1].append(pk)
    return [parts[path] for path in sorted(parts, key=len, reverse=True)]


def _find_strangers(round_: ReportingRound, findings: Findings) -> None:
    """Look for figures of units that are not on the map of the round's day."""
    on_map = AdministrativeUnit.objects.on(round_.reference_date).order_by()
    for kind, model in (("summary", Summary), ("tally", CriterionTally)):
        rows = model.objects.filter(round=round_).exclude(unit__in=on_map).order_by()
        for name, code in rows.values_list("unit__name", "unit__code"):
            findings.compare(kind, (round_.code, f"{name} ({code})"), {"row": code}, None)
