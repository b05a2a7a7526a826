"""A round judged by the next set of criteria, in one province of each region; invented as well.

Most levels of that set could not be read, and none is invented in their place: what rests on
them stays undetermined, and says why. Only what the law leaves to provinces is set in some.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.assessment import Judge
from criteria.models import CriteriaSet, Recognition, ReportingRound
from criteria.scoring.verdicts import NOT_ASSESSED, Verdict
from programme.demonstration.chapters import Chapter, Stage, asked_of, numbers_of
from programme.demonstration.courses import progress
from programme.demonstration.latent import gaps, stream
from programme.demonstration.orders import set_on
from programme.demonstration.recognitions import CHAIRMAN, NUMBER
from programme.demonstration.rounds import Planned
from programme.demonstration.thresholds import add_thresholds
from programme.demonstration.values import Figure, history

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from criteria.scoring.comparing import Step
    from criteria.scoring.thresholds import Place
    from programme.demonstration.figures import Asked
    from programme.demonstration.latent import Commune
    from programme.demonstration.provinces import Province
    from programme.demonstration.values import Figures

PLAN = Planned("2023-Q4", date(2023, 12, 31), date(2023, 12, 15), date(2024, 1, 20))
# Cao Bằng, Nam Định, Hà Tĩnh, Quảng Nam, Kon Tum, Đồng Nai, Sóc Trăng: each region once.
PROVINCES = frozenset({"04", "36", "42", "49", "62", "75", "94"})
# These have not set what the law leaves to them: somebody must, and the pages say who.
HAVE_NOT_SET = frozenset({"04", "62"})
AHEAD = 0.35  # by how much every gap has shrunk since the end of 2020
LEFT_OUT = {"7": 0.2, "13.4": 0.6}  # no market is planned; no craft village
# What numbers lie around where nobody could read the level.
AROUND = {"10": "52", "11": "8", "12.1": "60", "12.2": "28", "15.4": "55", "17.1b": "40"}
DECIDED = (date(2021, 3, 1), date(2023, 12, 20))


def plans_for(provinces: Sequence[Province]) -> tuple[Planned, ...]:
    """Return the round if it was begun, or if its law is known and one of its provinces missing."""
    level = CriteriaSet.Level.COMMUNE
    is_known = CriteriaSet.objects.in_force(PLAN.reference_date, level=level).exists()
    is_due = is_known and any(item.code in PROVINCES for item in provinces)
    is_begun = ReportingRound.objects.filter(code=PLAN.code).exists()
    return (PLAN,) if is_due or is_begun else ()


def stage() -> Stage | None:
    """Return the round with the judge of its day, once it is begun."""
    round_ = ReportingRound.objects.filter(code=PLAN.code, is_demonstration=True).first()
    if round_ is None:
        return None
    return Stage(
        round_,
        Judge.of(set_on(PLAN.reference_date), PLAN.reference_date),
        is_over=True,
        carried_from="",
    )


def set_levels(judge: Judge, provinces: Sequence[Province]) -> None:
    """Set what the law leaves to provinces, in those that are said to have done so."""
    setting = [item.unit for item in provinces if item.code in PROVINCES - HAVE_NOT_SET]
    add_thresholds(judge.spec, setting, PLAN.reference_date.year, delegated_only=True)


def chapters(seed: int, province: Province, told: Stage) -> Iterator[Chapter]:
    """Yield what each commune of a province reports in the round."""
    places = province.places([PLAN.reference_date])
    for commune in province.known:
        chance = stream(seed, PLAN.code, commune.code)
        (place,) = places[commune.pk]
        way = progress(chance, commune, told.round, is_over=True)
        figures = _figures(chance, gaps(seed, commune)[-1] - AHEAD, commune, told.judge, place)
        typed_at = (way.typed_at,)
        yield Chapter(commune, told, place, way, figures, 0, typed_at, numbers_of(figures))


def recognitions(seed: int, province: Province, maker_id: int) -> Iterator[Recognition]:
    """Yield the decisions since 2020 on communes that have come so far by then."""
    begin, end = DECIDED
    for commune in province.known:
        if 0 < gaps(seed, commune)[-1] <= AHEAD:
            chance = stream(seed, "recognition until", PLAN.code, commune.code)
            day = begin + timedelta(days=chance.randint(0, (end - begin).days))
            yield Recognition(
                unit_id=commune.pk,
                standard=CriteriaSet.Standard.NTM,
                standard_year=day.year,
                decision_number=NUMBER.format(f"{commune.code}.{day.year}", "UBND"),
                decision_date=day,
                authority=CHAIRMAN.format(province.unit.name),
                is_demonstration=True,
                recorded_by_id=maker_id,
            )


def _figures(
    chance: random.Random, gap: float, commune: Commune, judge: Judge, place: Place
) -> Figures:
    plan = judge.plan_for(place)
    answered = {
        pk
        for criterion in plan.criteria
        for indicator in criterion.indicators
        for pk in _answered(chance, indicator.steps)
    }
    asked = [_around(item) for item in asked_of(judge.spec, plan.rules) if item.id in answered]
    (figures,) = history(chance, (gap,), commune.region_code, asked)
    for item in asked:
        if chance.random() < LEFT_OUT.get(item.code, 0):
            figures[item.id] = Figure(NOT_ASSESSED, None, 0, holds=True)
    return figures


def _answered(chance: random.Random, steps: Sequence[Step]) -> Iterator[int]:
    """Yield the measures for which something is owed; of parts that exclude each other, one."""
    owed = [step for step in steps if step.missing.verdict is Verdict.MISSING]
    alternatives = [step.measure_id for step in owed if step.open_condition]
    yield from (step.measure_id for step in owed if not step.open_condition)
    if alternatives:
        yield chance.choice(alternatives)


def _around(item: Asked) -> Asked:
    """Return it with a sound level to lie around, where nobody could read the one of the law."""
    code = next((code for code in (item.code, item.code.rstrip("mf")) if code in AROUND), None)
    return item if code is None else replace(item, level=Decimal(AROUND[code]))
