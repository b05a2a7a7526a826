"""Which version of an indicator a case means, and the numbers typed for its measures.

A case says a year, not a day. In the year of an amendment both versions were the law: the newer
one is meant, unless what is typed fits the older one only.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from criteria.scoring.thresholds import prevailing
from criteria.scoring.verdicts import NOT_ASSESSED, NotAssessed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from criteria.scoring.cases.table import Line
    from criteria.scoring.specs import IndicatorSpec, MeasureSpec
    from criteria.scoring.thresholds import Place

NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
ANSWERS = {"yes": Decimal(1), "no": Decimal(0)}
LEFT_OUT = "na"


class Misfit(NamedTuple):
    """Why a line cannot be meant for a version: the line, the column, a sentence."""

    line: Line
    column: str
    sentence: str


class Fitted(NamedTuple):
    """An indicator in the version meant, and the numbers typed, by measure id."""

    indicator: IndicatorSpec
    numbers: dict[int, Decimal | NotAssessed | None]
    misfits: tuple[Misfit, ...] = ()


def last_day(year: int) -> date:
    """Return the day on which a case of that year is judged; without a year, the latest law."""
    return date(year, 12, 31) if year else date.max


def fit(indicator: IndicatorSpec, lines: Sequence[Line], place: Place) -> Fitted:
    """Return the newest version that all lines fit; the misfits are those of the newest of all."""
    tried = [_fit(indicator.on(day), lines, place) for day in _days(indicator, place.year)]
    return next((fitted for fitted in tried if not fitted.misfits), tried[0])


def _days(indicator: IndicatorSpec, year: int) -> list[date]:
    """Return one day of each version that was the law in the year, the latest first."""
    end = last_day(year)
    closed = {item.valid_to for item in indicator.measures if item.valid_to}
    return [end, *sorted((day for day in closed if not year or day.year == year), reverse=True)]


def _fit(indicator: IndicatorSpec, lines: Sequence[Line], place: Place) -> Fitted:
    numbers: dict[int, Decimal | NotAssessed | None] = {}
    misfits: list[Misfit] = []
    for line in lines:
        measures = _meant(indicator, line["part"])
        if not measures:
            misfits.append(Misfit(line, "part", _which_parts(indicator, line["part"])))
        for measure in measures:
            if measure.id in numbers:
                misfits.append(Misfit(line, "part", f"{measure.code} is stated twice"))
            try:
                numbers[measure.id] = _typed(line["value"], measure, place)
            except ValueError as error:
                misfits.append(Misfit(line, "value", str(error)))
    return Fitted(indicator, numbers, tuple(misfits))


def _meant(indicator: IndicatorSpec, part: str) -> list[MeasureSpec]:
    """Return the measure of a part; a value without part is that of all parts that ask alike."""
    named = [item for item in indicator.measures if item.code == indicator.code + part]
    if named or part:
        return named
    alike = {_asked(item) for item in indicator.measures}
    return list(indicator.measures) if len(alike) == 1 else []


def _asked(measure: MeasureSpec) -> tuple[object, ...]:
    rules = ((rule.axes, rule.value, rule.is_exempt) for rule in measure.rules)
    return (measure.kind, measure.comparator, measure.condition, frozenset(rules))


def _which_parts(indicator: IndicatorSpec, part: str) -> str:
    parts = [item.code.removeprefix(indicator.code) for item in indicator.measures]
    if not parts:
        return f"{indicator.code} was not asked in this year"
    if parts == [""]:
        return f"{indicator.code} has no parts"
    problem = f"has no part {part}" if part else "is typed in parts"
    return f"{indicator.code} {problem} (it has: {', '.join(parts)})"


def _typed(text: str, measure: MeasureSpec, place: Place) -> Decimal | NotAssessed | None:
    """Return what a cell says; raise ValueError with a sentence where it says nothing sound."""
    word = text.casefold()
    if not word:
        return None
    if word == LEFT_OUT:
        if _may_be_left_out(measure, place):
            return NOT_ASSESSED
        message = f"the set does not let {measure.code} be left out (na)"
        raise ValueError(message)
    if measure.kind == "yes_no":
        if word in ANSWERS:
            return ANSWERS[word]
        message = f'"{text}" is neither yes nor no'
        raise ValueError(message)
    if not NUMBER.fullmatch(text):
        hint = ": decimals stand after a dot, thousands together" if "," in text else ""
        message = f'"{text}" is not a number{hint}'
        raise ValueError(message)
    return Decimal(text)


def _may_be_left_out(measure: MeasureSpec, place: Place) -> bool:
    rule = prevailing(measure.rules, place)
    is_exempt = rule is not None and rule.is_exempt
    return measure.may_be_left_out or measure.condition is not None or is_exempt


def report(misfits: Iterable[Misfit]) -> None:
    """Note each misfit as a fault at its line and column."""
    for misfit in misfits:
        misfit.line.refuse(misfit.column, misfit.sentence)
