"""Three maps with a round on each, for what is carried from one to the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from communes.models import AdministrativeUnit, Succession
from programme.rollup import rebuild
from tests.factories import NationFactory, ProvinceFactory, RoundFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, cooperative, product, set_of


def joined(before: AdministrativeUnit, *after: AdministrativeUnit) -> None:
    for unit in after:
        assert unit.valid_from
        Succession.objects.create(
            predecessor=before, successor=unit, kind="merge", effective_date=unit.valid_from
        )


@pytest.fixture
def rounds(db: None) -> list[str]:
    """Three maps, a round on each: a merger, then one commune divided between two provinces."""
    set_of(2)
    first, second, third = date(2020, 12, 31), date(2022, 12, 31), date(2024, 12, 31)
    one = timedelta(days=1)
    nation = NationFactory()
    kept = ProvinceFactory(code="51", parent=nation)
    gone = ProvinceFactory(code="62", parent=nation, valid_to=second)
    apart = ProvinceFactory(code="66", parent=nation)
    old = [UnitFactory(parent=gone, valid_to=first) for _ in range(2)]
    torn = UnitFactory(parent=gone, valid_to=second)
    between = UnitFactory(parent=gone, valid_from=first + one, valid_to=second)
    whole, part = (UnitFactory(parent=kept, valid_from=second + one) for _ in range(2))
    other = UnitFactory(parent=apart, valid_from=second + one)
    for unit in old:
        joined(unit, between)
    joined(between, whole)
    joined(torn, part, other)
    for day, units in ((first, [*old, torn]), (second, [between, torn]), (third, [whole, other])):
        code = f"{day.year}-Q4"
        round_ = RoundFactory(code=code, reference_date=day, opens_on=day, due_on=day)
        for at, unit in enumerate(units):
            assess(unit, round_, MET, NOT_MET if at else MET)
            product(unit, 3, valid_to=date(2030, 1, 1))
            cooperative(unit, {day.year: True})
    for code in ("2020-Q4", "2022-Q4", "2024-Q4"):
        rebuild(RoundFactory(code=code))
    return ["2020-Q4", "2022-Q4", "2024-Q4"]
