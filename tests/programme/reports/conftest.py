"""A province in two rounds: one commune is near, one slips, one rises, of one nothing is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from criteria.models import ReportingRound
from ntm_portal.accounts.scope import Scope
from programme.models import Target
from programme.reports import facts
from programme.reports.composing.whole import compose
from programme.reports.office import proposed
from programme.rollup import rebuild
from tests.factories import NationFactory, RoundFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from programme.reports.document import Document
    from programme.reports.facts import Facts

EVERYWHERE = Scope(read=frozenset({"/VN/"}))
NAMES = ("Xã Đắk Ngọk", "Xã Mường Hoong", "Xã Ngọc Tụ", "Xã Ia Dơm")
BEFORE = ((MET, MET, NOT_MET), (MET, MET, NOT_MET), (MET, None, None))
NOW = ((MET, MET, NOT_MET), (NOT_MET, MET, NOT_MET), (MET, MET, MET))


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def round_() -> ReportingRound:
    """The newest round, published."""
    set_of(3)
    day = date(2020, 6, 30)
    before = RoundFactory(code="2020-Q2", reference_date=day, opens_on=day, status="published")
    now = RoundFactory(code="2020-Q4", status="published")
    communes = [UnitFactory(name=name, short_name=name[3:]) for name in NAMES]
    for commune, then, since in zip(communes, BEFORE, NOW, strict=False):
        assess(commune, before, *then)
        assess(commune, now, *since, verified=(MET, NOT_MET, NOT_MET))
    for item in (before, now):
        rebuild(item)
    Target.objects.create(
        code="share",
        name="Xã đạt đủ tiêu chí",
        name_en="Communes that meet all",
        unit_code=NationFactory().code,
        metric="communes_meeting_all_share",
        comparator=">=",
        value=60,
        due_on=date(2021, 12, 31),
        legal_ref="QĐ thử",
    )
    return now


@pytest.fixture
def read(round_: ReportingRound) -> Callable[[str], Facts]:
    """Give a function that reads the facts of a unit."""
    return lambda code: facts.read(code, round_.code, EVERYWHERE)


@pytest.fixture
def composed(read: Callable[[str], Facts]) -> Callable[[str], Document]:
    """Give a function that composes the report of a unit."""

    def of(code: str) -> Document:
        found = read(code)
        return compose(found, proposed(found.unit))

    return of
