"""Decisions of recognition, each number of which says that it is invented."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from criteria.models import CriteriaSet, Recognition
from criteria.recognition.rules import titles
from criteria.scoring.titles import titles_on
from programme.demonstration.latent import ALL_CERTIFIED, Commune, gaps, stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from communes.models import AdministrativeUnit

Span = tuple[date, date]
Standard = CriteriaSet.Standard
NUMBER = "MINH HỌA-{}/QĐ-{}"
CHAIRMAN, PRIME_MINISTER = "Chủ tịch UBND {}", "Thủ tướng Chính phủ"
# Decisions of each round are dated between these days.
SPANS: tuple[Span, ...] = (
    (date(2014, 6, 1), date(2019, 12, 20)),
    (date(2020, 1, 10), date(2020, 6, 25)),
    (date(2020, 7, 5), date(2020, 12, 25)),
)
# So far ahead that a commune is also advanced or a model, from 2019 on.
HIGHER = {Standard.ADVANCED: -2.25, Standard.MODEL: -3.1}
HIGHER_SPAN = (date(2019, 3, 1), date(2020, 12, 20))
# How far ahead its last commune must be before a district is recognised, by round.
DISTRICT_LAGS = (0.3, 0.25, 0.16)
RECOGNISED_PROVINCES = {"36": date(2020, 7, 20), "75": date(2020, 8, 17)}


@dataclass(frozen=True, slots=True)
class Decided:
    """A unit, the standard, and the day."""

    unit_id: int
    standard: str
    day: date


def recognitions(
    seed: int,
    province: AdministrativeUnit,
    communes: Sequence[Commune],
    districts: Mapping[str, AdministrativeUnit],
    maker_id: int,
) -> list[Recognition]:
    """Return the decisions on a province, its districts and communes, in order of their days."""
    authority = CHAIRMAN.format(province.name)
    rows = [
        _row(decided, NUMBER.format(number, "UBND"), authority, maker_id)
        for number, decided in enumerate(
            sorted(_communes(seed, communes), key=lambda decided: (decided.day, decided.unit_id)), 1
        )
    ]
    above = [*_districts(seed, communes, districts), *_province(seed, province, communes)]
    rows += [
        _row(decided, NUMBER.format(f"{province.code}.{number}", "TTg"), PRIME_MINISTER, maker_id)
        for number, decided in enumerate(above, 1)
    ]
    return rows


def _communes(seed: int, communes: Sequence[Commune]) -> Iterator[Decided]:
    for commune in communes:
        lacking = gaps(seed, commune)
        chance = stream(seed, "recognition", commune.code)
        if (span := _span(lacking)) is None:
            continue
        ahead = lacking[0] + ALL_CERTIFIED if lacking[0] <= -ALL_CERTIFIED else lacking[0]
        early = min(1.0, max(0.05, 1 + ahead / 3)) if span is SPANS[0] else 1.0
        yield Decided(commune.pk, Standard.NTM, _day(chance.random() * early, span))
        for standard, least in HIGHER.items():
            if ahead <= least:
                yield Decided(commune.pk, standard, _day(chance.random(), HIGHER_SPAN))


def _districts(
    seed: int, communes: Sequence[Commune], districts: Mapping[str, AdministrativeUnit]
) -> Iterator[Decided]:
    """Yield the districts all of whose communes have been certified for a while."""
    by_district: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
    for commune in communes:
        by_district[commune.district_code].append(gaps(seed, commune))
    for code, lacking in by_district.items():
        last = tuple(
            max(of_round) + lag
            for of_round, lag in zip(zip(*lacking, strict=True), DISTRICT_LAGS, strict=True)
        )
        if code in districts and (span := _span(last)) is not None:
            chance = stream(seed, "recognition of district", code)
            yield _of_above(districts[code], _day(chance.random(), span))


def _province(
    seed: int, province: AdministrativeUnit, communes: Sequence[Commune]
) -> Iterator[Decided]:
    day = RECOGNISED_PROVINCES.get(province.code)
    if day and all(gaps(seed, commune)[0] <= 0 for commune in communes):
        yield _of_above(province, day)


def _of_above(unit: AdministrativeUnit, day: date) -> Decided:
    """Return the decision by the first title of the day: a town completes, a district meets."""
    found = titles_on(titles(), unit.level, unit.kind, day)
    return Decided(unit.pk, found[0].standard if found else Standard.NTM, day)


def _span(lacking: Sequence[float]) -> Span | None:
    """Return the span of the first round in which nothing is lacking any more."""
    return next((span for gap, span in zip(lacking, SPANS, strict=True) if gap <= 0), None)


def _day(fraction: float, span: Span) -> date:
    return span[0] + timedelta(days=int((span[1] - span[0]).days * fraction))


def _row(decided: Decided, number: str, authority: str, maker_id: int) -> Recognition:
    return Recognition(
        unit_id=decided.unit_id,
        standard=decided.standard,
        standard_year=decided.day.year,
        decision_number=number,
        decision_date=decided.day,
        authority=authority,
        is_demonstration=True,
        recorded_by_id=maker_id,
    )
