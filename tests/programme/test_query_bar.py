"""No page of the committee asks the database more than ten times, however much lies in a place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.boundary_models import Boundary
from communes.models import AdministrativeUnit, Succession
from criteria.models import Criterion, Measure, ReportingRound
from ntm_portal.accounts.models import User
from programme.models import PublishedFigure, Target
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.conftest import joined
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
MOST = 10  # who she is and her session included
DAY = date(2020, 12, 31)
NEXT = DAY + timedelta(days=1)
OUTLINE = [[[108, 14], [108.1, 14], [108.1, 14.1], [108, 14]]]
PLACES = {"nation": "VN", "province": "62", "district": "620", "commune": "62001"}
PAGES = {
    "itself": "",
    "drawn otherwise": "?draw=tiles&metric=communes_below_10&basis=verified",
    "communes": "communes/",
    "widest gaps": "communes/?standing=gap",
    "not updated": "stale/",
    "criteria": "criteria/",
    "criterion": "criteria/{criterion}/",
    "values": "criteria/{criterion}/{measure}/",
    "where to act": "act/",
    "what if": "what-if/?met={criterion}&who=all&best_third=on",
    "target": "targets/share/",
    "reports": "reports/",
    "bulletin": "bulletin/",
    "freshness": "freshness/",
}
ONLY_NATION = {"target"}
NOT_OF_COMMUNES = {"criterion", "reports", "widest gaps", "not updated"}


@pytest.fixture
def rounds() -> list[ReportingRound]:
    """Two rounds; a province of which a district with one commune became, today, one commune."""
    set_of(2)
    Target.objects.create(
        code="share",
        unit_code="VN",
        metric="communes_certified_share",
        comparator=">=",
        value=60,
        due_on=DAY,
        legal_ref="QĐ 1",
    )
    before = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30), status="published")
    now = RoundFactory(code="2020-Q4", reference_date=DAY)
    province = ProvinceFactory(code="62", parent=NationFactory())
    ProvinceFactory(code="66")
    district = DistrictFactory(code="620", parent=province, valid_to=DAY)
    add(province, district, [before, now], "62001")
    return [before, now]


def add(
    province: AdministrativeUnit,
    district: AdministrativeUnit,
    rounds: list[ReportingRound],
    code: str,
) -> None:
    """Add a commune that went whole into one of today, and one that was divided."""
    whole = UnitFactory(code=code, parent=district, valid_to=DAY)
    torn = UnitFactory(parent=district, valid_to=DAY)
    for unit in (whole, torn):
        for round_, numbers in zip(rounds, ((MET, MET), (NOT_MET, MET)), strict=True):
            assess(unit, round_, *numbers, verified=(NOT_MET, NOT_MET))
    RecognitionFactory(unit=whole, decision_date=date(2020, 7, 1))
    after = UnitFactory(code=f"8{code}", parent=province, valid_from=NEXT)
    other = UnitFactory(parent=province, valid_from=NEXT)
    Boundary.objects.create(unit=after, lines=OUTLINE, attribution="ai đó")
    Boundary.objects.create(unit=whole, lines=OUTLINE, attribution="ai đó")
    joined(whole, after)
    for unit in (after, other):
        Succession.objects.create(
            predecessor=torn, successor=unit, kind="split", effective_date=NEXT
        )


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    return client_of(UserFactory(roles={"committee": NationFactory()}))


def asked(client: Client, address: str) -> int:
    """Return how many queries a page takes the second time, when all is placed."""
    client.get(address, follow=True)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code == 302:  # the place is another on that map
        return asked(client, response.headers["Location"])
    assert response.status_code == 200, (address, response.status_code)
    return len(queries)


def address_of(place: str, page: str, map_: str) -> str:
    measure = Measure.objects.order_by("pk").select_related("indicator__criterion")[0]
    path = PAGES[page].format(criterion=measure.indicator.criterion.code, measure=measure.code)
    sign = "&" if "?" in path else "?"
    return f"/places/{PLACES[place]}/{path}{sign}round=2020-Q4&map={map_}"


def cases(place: str) -> list[tuple[str, str]]:
    """Return the pages that there are of a place, on both maps."""
    return [
        (page, map_)
        for page in PAGES
        for map_ in ("round", "today")
        if not (page in ONLY_NATION and place != "nation")
        and not (page in NOT_OF_COMMUNES and place == "commune")
    ]


def test_the_sweep_is_wide() -> None:
    assert sum(len(cases(place)) for place in PLACES) >= 80


@pytest.mark.parametrize("place", PLACES)
def test_a_page_asks_at_most_ten_times(
    committee: Client, rounds: list[ReportingRound], place: str
) -> None:
    def count() -> dict[tuple[str, str], int]:
        for round_ in rounds:
            rebuild(round_)
        return {case: asked(committee, address_of(place, *case)) for case in cases(place)}

    few = count()
    province = AdministrativeUnit.objects.get(code="62")
    district = AdministrativeUnit.objects.get(code="620")
    for at in range(2, 9):
        add(province, district, rounds, f"620{at:02}")
        beside = ProvinceFactory(code=f"7{at}")
        part = DistrictFactory(code=f"7{at}0", parent=beside, valid_to=DAY)
        add(beside, part, rounds, f"7{at}001")
    many = count()
    assert {case: number for case, number in many.items() if number > MOST} == {}
    assert {case: (few[case], number) for case, number in many.items() if number > few[case]} == {}


@pytest.mark.parametrize("code", [*PLACES.values(), "862001"])
def test_the_page_of_a_unit_asks_at_most_ten_times(
    committee: Client, rounds: list[ReportingRound], code: str
) -> None:
    for round_ in rounds:
        rebuild(round_)
    assert asked(committee, f"/units/{code}/") <= MOST


def test_a_province_of_communes_with_targets_and_published_figures_asks_no_more(
    committee: Client, rounds: list[ReportingRound]
) -> None:
    """Since 2025 communes lie right below the province: their map and verdicts come in addition."""
    PublishedFigure.objects.create(
        figure="x", unit_code="62", day=DAY, value=1, source="ai đó", certainty="read"
    )
    Target.objects.create(
        code="own",
        unit_code="62",
        metric="communes_certified_share",
        comparator=">=",
        value=60,
        due_on=DAY,
        legal_ref="NQ 1",
    )
    later = RoundFactory(code="2025-Q4", reference_date=date(2025, 12, 31))
    for unit in AdministrativeUnit.objects.filter(valid_from=NEXT):
        assess(unit, later, MET, NOT_MET)
    rebuild(later)
    assert Criterion.objects.exists()
    assert asked(committee, "/places/62/?round=2025-Q4") <= MOST


def test_the_page_of_a_unit_asks_as_often_however_long_its_line_is(
    committee: Client, rounds: list[ReportingRound]
) -> None:
    units = [AdministrativeUnit.objects.get(code="862001")]
    for year in range(2022, 2030):
        formed = UnitFactory(parent=units[0].parent, valid_from=date(year, 1, 1))
        Succession.objects.create(
            predecessor=units[-1], successor=formed, kind="merge", effective_date=date(year, 1, 1)
        )
        units.append(formed)
    short, long = (asked(committee, f"/units/{unit.code}/") for unit in (units[1], units[-1]))
    assert long == short <= MOST
