"""Judges the raw values of a round again, and compares with the verdicts that are stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from criteria.assessment import Judge, places_of
from criteria.scoring.verdicts import Verdict
from programme.verification.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from criteria.models import Assessment, ReportingRound
    from criteria.scoring.judging import SetJudgement, SetSpec
    from criteria.scoring.thresholds import Place
    from programme.verification.findings import Findings
    from programme.verification.stored import Value

    Judged = dict[str, SetJudgement]  # by basis


@dataclass(slots=True)
class Judging:
    """A round whose assessments are judged again, some at a time."""

    round: ReportingRound
    findings: Findings
    judges: dict[int, Judge] = field(default_factory=dict)

    def judge(self, assessments: Collection[Assessment]) -> Iterator[tuple[Assessment, Judged]]:
        """Judge each assessment on the bases that were ever used."""
        stored = Stored.of([item.pk for item in assessments])
        places = places_of([item.unit for item in assessments], self.round.reference_date)
        for item in assessments:
            judge = self._judge_of(item)
            judged = _judged(judge, item.pk, stored, places[item.unit_id])
            self._compare(judge.spec, item, stored, judged)
            yield item, judged

    def _judge_of(self, item: Assessment) -> Judge:
        if item.criteria_set_id not in self.judges:
            self.judges[item.criteria_set_id] = Judge.in_round(self.round, item.criteria_set)
        return self.judges[item.criteria_set_id]

    def _compare(self, spec: SetSpec, item: Assessment, stored: Stored, judged: Judged) -> None:
        where = f"{item.unit.name} ({item.unit.code})"
        for basis, found in judged.items():
            place, key = (self.round.code, f"{where}, {basis}"), (item.pk, basis)
            outcome = stored.outcomes.get(key)
            self.findings.compare("outcome", place, outcome, _outcome(spec, found))
            verdicts = {each.code: found.criteria[each.id] for each in spec.criteria}
            self.findings.compare(
                "criterion", place, stored.verdicts.get(key), verdicts, rows=len(verdicts)
            )
        if values := stored.values.get(item.pk):
            verdicts_stored, verdicts_found = _of_values(spec, values, judged["reported"])
            self.findings.compare(
                "value",
                (self.round.code, where),
                verdicts_stored,
                verdicts_found,
                rows=len(values),
            )


def _judged(judge: Judge, pk: int, stored: Stored, place: Place) -> Judged:
    values = stored.values.get(pk, [])
    typed = {measure: number for measure, number, *_ in values}
    verified = {measure: number for measure, _, number, *_ in values}
    judged = {}
    if values or (pk, "reported") in stored.outcomes:
        judged["reported"] = judge.judge(typed, place)
    was_verified = any(number is not None for number in verified.values())
    if was_verified or (pk, "verified") in stored.outcomes:
        same = verified == typed
        judged["verified"] = judged["reported"] if same else judge.judge(verified, place)
    return judged


def _outcome(spec: SetSpec, judged: SetJudgement) -> dict[str, object]:
    verdicts = list(judged.criteria.values())
    return {
        "criteria_total": len(spec.criteria),
        "criteria_met": verdicts.count(Verdict.MET),
        "criteria_not_met": verdicts.count(Verdict.NOT_MET),
        "criteria_missing": verdicts.count(Verdict.MISSING),
        "criteria_undetermined": verdicts.count(Verdict.UNDETERMINED),
        "measures_total": len(judged.measures),
        "measures_typed": judged.measures_typed,
        "meets_all": judged.meets_all,
        "rests_on_unconfirmed": judged.rests_on_unconfirmed,
    }


def _of_values(
    spec: SetSpec, values: list[Value], judged: SetJudgement
) -> tuple[dict[str, object], dict[str, object]]:
    """Return verdict, threshold and distance by measure code, as stored and as judged."""
    stored: dict[str, object] = {}
    found: dict[str, object] = {}
    codes = {measure.id: measure.code for measure in spec.measures}
    for measure, _number, _verified, *verdict in values:
        if measure in codes:  # an amendment may have closed it since
            now = judged.measures[measure]
            stored[codes[measure]] = tuple(verdict)
            found[codes[measure]] = (now.verdict, now.rule and now.rule.id, now.distance)
    return stored, found
