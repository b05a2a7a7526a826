"""Adds up in plain Python along the path of each unit, and compares with what is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from criteria.models.assessments import VerdictChoice
from criteria.scoring.verdicts import Verdict
from programme.models import CriterionTally, Summary
from programme.rollup.bands import BANDS
from programme.verification.day import parents_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from criteria.models import Assessment, ReportingRound
    from criteria.scoring.judging import SetJudgement
    from programme.verification.day import Unit
    from programme.verification.findings import Findings
    from programme.verification.judging import Judged

BASES = ("reported", "verified")
COUNTERS = tuple(
    each.name
    for each in Summary._meta.concrete_fields
    if each.get_internal_type() == "PositiveIntegerField"
)
VERDICTS = tuple(VerdictChoice.values)


@dataclass(slots=True)
class Sums:
    """Counters and tallies of a round, by path and basis; a tally also by criterion id."""

    round: ReportingRound
    counters: defaultdict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    tallies: defaultdict[tuple[str, str, int], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def add_facts(self, unit: Unit, facts: Counter[str]) -> None:
        """Add what counts whatever was typed, on both bases."""
        for basis in BASES:
            self._add(unit, basis, facts)

    def add_assessment(self, unit: Unit, assessment: Assessment, judged: Judged) -> None:
        """Add how far an assessment has come, and what it comes to on each basis."""
        steps = Counter(
            submitted=assessment.status in {"submitted", "verified"},
            verified=assessment.verified_at is not None,
        )
        self.add_facts(unit, steps)
        for basis, found in judged.items():
            if found.measures_typed:
                self._add(unit, basis, _counted(found))
            for parent in parents_of(unit.path):
                for criterion_id, verdict in found.criteria.items():
                    self.tallies[parent, basis, criterion_id][verdict] += 1

    def compare(self, units: Sequence[Unit], findings: Findings) -> None:
        """Compare the units' stored figures with these, and let go of these."""
        by_id = {unit.pk: unit for unit in units}
        stored = {
            (by_id[pk].path, basis): dict(zip(COUNTERS, row, strict=True))
            for pk, basis, *row in Summary.objects.filter(round=self.round, unit__in=by_id)
            .order_by()
            .values_list("unit_id", "basis", *COUNTERS)
        }
        for unit in units:
            for basis in BASES:
                found = self.counters.pop((unit.path, basis), Counter())
                findings.compare(
                    "summary",
                    (self.round.code, f"{unit.label}, {basis}"),
                    stored.get((unit.path, basis)),
                    {counter: found[counter] for counter in COUNTERS},
                )
        self._compare_tallies(by_id, findings)

    def _compare_tallies(self, by_id: dict[int, Unit], findings: Findings) -> None:
        labels = {unit.path: unit.label for unit in by_id.values()}
        found = {key: self.tallies.pop(key) for key in list(self.tallies) if key[0] in labels}
        for pk, basis, criterion_id, *row in (
            CriterionTally.objects.filter(round=self.round, unit__in=by_id)
            .order_by()
            .values_list("unit_id", "basis", "criterion_id", *VERDICTS)
        ):
            key = (by_id[pk].path, basis, criterion_id)
            self._compare_tally(findings, labels, key, row, found.pop(key, Counter()))
        for key, counted in found.items():
            self._compare_tally(findings, labels, key, None, counted)

    def _compare_tally(
        self,
        findings: Findings,
        labels: dict[str, str],
        key: tuple[str, str, int],
        row: list[int] | None,
        found: Counter[str],
    ) -> None:
        path, basis, criterion_id = key
        findings.compare(
            "tally",
            (self.round.code, f"{labels[path]}, {basis}, criterion {criterion_id}"),
            dict(zip(VERDICTS, row, strict=True)) if row else None,
            {verdict: found[verdict] for verdict in VERDICTS},
        )

    def _add(self, unit: Unit, basis: str, counted: Counter[str]) -> None:
        for path in (*parents_of(unit.path), unit.path):
            self.counters[path, basis].update(counted)


def _counted(judged: SetJudgement) -> Counter[str]:
    met = judged.count(Verdict.MET)
    counted = Counter(assessed=1, criteria_met=met)
    if judged.meets_all:
        counted["meets_all"] = 1
    else:
        counted.update({band: int(met in numbers) for band, numbers in BANDS.items()})
    return counted
