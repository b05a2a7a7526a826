"""Cases judged: a row for each case and indicator, and if asked for, for criteria and set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from criteria.scoring.cases.faults import CaseFaults
from criteria.scoring.cases.fitting import Fitted, fit, last_day, report
from criteria.scoring.cases.reading import Law, read_cases
from criteria.scoring.cases.table import read_lines
from criteria.scoring.cases.wording import criterion_words, indicator_words, set_words
from criteria.scoring.plans import Plan, plan_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from criteria.scoring.cases.reading import Case
    from criteria.scoring.judgements import SetJudgement
    from criteria.scoring.specs import IndicatorSpec, SetSpec

__all__ = ["ANSWER_COLUMNS", "Law", "judge_cases"]

ANSWER_COLUMNS = ("case", "indicator", "verdict", "threshold", "rule")
Row = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the set in the versions it means, and the verdicts on it."""

    case: Case
    spec: SetSpec
    judgement: SetJudgement


def judge_cases(text: str, law: Law, *, with_criteria: bool = False) -> list[Row]:
    """Return the answers to a table of cases; raise CaseFileError with all its faults.

    The rows of indicators come in input order. Those of criteria follow after all of them, case
    by case: the answers without them are the beginning of the answers with them.
    """
    faults = CaseFaults()
    lines = read_lines(text, faults)
    room = _Room()
    judged = {
        case.name: room.judge(case, case.spec) for case in read_cases(lines, law) if case.spec
    }
    faults.refuse_if_any()
    pairs = dict.fromkeys((line["case"], line["indicator"]) for line in lines)
    rows = [_of_indicator(judged[case], indicator) for case, indicator in pairs]
    if with_criteria:
        rows += [row for item in judged.values() for row in _of_criteria(item)]
    return rows


@dataclass(slots=True)
class _Room:
    """Sets in their versions and plans for a place, made once for all cases that share them."""

    specs: dict[Hashable, SetSpec] = field(default_factory=dict)
    plans: dict[Hashable, Plan] = field(default_factory=dict)

    def judge(self, case: Case, law: SetSpec) -> Judged:
        """Judge a case; where its lines do not fit the law, the faults say so."""
        seen = law.seen_from(case.place)
        by_code = {item.code: item for item in law.indicators}
        fitted = [fit(by_code[code], lines, seen) for code, lines in case.typed.items()]
        for item in fitted:
            report(item.misfits)
        key, spec = self._spec(law, case.place.year, fitted)
        if (key, case.place) not in self.plans:
            self.plans[key, case.place] = plan_of(spec, case.place)
        numbers = {pk: number for item in fitted for pk, number in item.numbers.items()}
        return Judged(case, spec, self.plans[key, case.place].judge(numbers))

    def _spec(self, law: SetSpec, year: int, fitted: list[Fitted]) -> tuple[Hashable, SetSpec]:
        """Return the set of the year, with those indicators that a case means as they were."""
        meant = {item.indicator.id: item.indicator for item in fitted}
        if (law.code, year) not in self.specs:
            self.specs[law.code, year] = law.on(last_day(year))
        latest = self.specs[law.code, year]
        older = tuple(
            (item.id, tuple(measure.id for measure in meant[item.id].measures))
            for item in latest.indicators
            if meant.get(item.id, item) != item
        )
        key = (law.code, year, older)
        if key not in self.specs:
            self.specs[key] = _with_indicators(latest, meant)
        return key, self.specs[key]


def _with_indicators(spec: SetSpec, meant: Mapping[int, IndicatorSpec]) -> SetSpec:
    criteria = tuple(
        replace(item, indicators=tuple(meant.get(found.id, found) for found in item.indicators))
        for item in spec.criteria
    )
    return replace(spec, criteria=criteria)


def _of_indicator(judged: Judged, code: str) -> Row:
    indicator = next(item for item in judged.spec.indicators if item.code == code)
    verdict = judged.judgement.indicators[indicator.id]
    threshold, rule = indicator_words(indicator, judged.judgement, judged.spec, judged.case.place)
    return judged.case.name, code, verdict.value, threshold, rule


def _of_criteria(judged: Judged) -> Iterator[Row]:
    spec, judgement = judged.spec, judged.judgement
    for criterion in spec.criteria:
        verdict = judgement.criteria[criterion.id].value
        words = criterion_words(criterion, judgement)
        yield judged.case.name, f"criterion:{criterion.code}", verdict, "", words
    yield judged.case.name, "set", judgement.verdict.value, "", set_words(spec, judgement)
