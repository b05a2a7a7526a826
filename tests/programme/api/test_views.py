from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import ReportingRound
from programme.models import Summary, Target
from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, ProvinceFactory, RoundFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 12, 20, 5, tzinfo=UTC)
DAY = date(2020, 12, 31)


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


def summary(
    unit: AdministrativeUnit,
    round_: ReportingRound | None = None,
    basis: str = "reported",
    **counters: int,
) -> Summary:
    return Summary.objects.create(
        unit=unit, round=round_ or RoundFactory(), basis=basis, computed_at=NOON, **counters
    )


def target(code: str, metric: str, value: int, **facts: Any) -> Target:
    facts = {"comparator": ">=", "due_on": DAY, "name": code, "legal_ref": "NQ 0/THỬ", **facts}
    return Target.objects.create(code=code, metric=metric, value=value, **facts)


def test_a_summary_in_full(reader: ApiReader) -> None:
    commune = UnitFactory(code="23329")
    summary(commune, RoundFactory(is_demonstration=True), communes=1, criteria_met=14)
    StaleUnit.objects.create(unit=commune, since=DAY)
    assert reader.rows("summaries/") == [
        {
            "unit": "23329",
            "unit_name": "Xã Thử 23329",
            "level": "commune",
            "round": "2020-Q4",
            "basis": "reported",
            "communes": 1,
            "assessed": 0,
            "submitted": 0,
            "verified": 0,
            "criteria_met": 14,
            "below_5": 0,
            "below_10": 0,
            "from_10_to_14": 0,
            "from_15_not_all": 0,
            "meets_all": 0,
            "certified": 0,
            "certified_advanced": 0,
            "certified_model": 0,
            "districts_recognised": 0,
            "provinces_recognised": 0,
            "ocop_3_stars": 0,
            "ocop_4_stars": 0,
            "ocop_5_stars": 0,
            "ocop_granted": 0,
            "ocop_potential_5_stars": 0,
            "ocop_new_products": 0,
            "ocop_expiring": 0,
            "ocop_producers": 0,
            "ocop_enterprises": 0,
            "ocop_cooperatives": 0,
            "ocop_cooperative_groups": 0,
            "ocop_households": 0,
            "ocop_farms": 0,
            "ocop_new_producers": 0,
            "cooperatives": 0,
            "cooperatives_new": 0,
            "cooperatives_effective": 0,
            "value_chains": 0,
            "as_of": "2020-12-31",
            "computed_at": "2020-12-20T12:00:00+07:00",
            "pending_units": 1,
            "is_demonstration": True,
        }
    ]


def test_every_counter_of_a_summary_is_pulled(reader: ApiReader) -> None:
    summary(NationFactory())
    (row,) = reader.rows("summaries/")
    stored = {field.name for field in Summary._meta.concrete_fields}
    assert stored - {"id"} <= row.keys()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"unit": "62"}, {"62 2020-Q4 reported", "62 2020-Q4 verified", "62 2020-Q2 reported"}),
        ({"unit": "62", "basis": "verified"}, {"62 2020-Q4 verified"}),
        ({"round": "2020-Q2"}, {"62 2020-Q2 reported"}),
        ({"level": "commune"}, {"23329 2020-Q4 reported"}),
        ({"within": "608"}, {"23329 2020-Q4 reported"}),
        ({"within": "608", "round": "2020-Q2"}, set()),
    ],
)
def test_summaries_are_narrowed(reader: ApiReader, query: dict[str, str], found: set[str]) -> None:
    summary(UnitFactory(code="23329"))
    summary(ProvinceFactory())
    summary(ProvinceFactory(), basis="verified")
    summary(ProvinceFactory(), RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30)))
    rows = reader.rows("summaries/", **query)
    assert {f"{row['unit']} {row['round']} {row['basis']}" for row in rows} == found


def test_a_target_in_full(reader: ApiReader) -> None:
    nation = NationFactory()
    round_ = RoundFactory(is_demonstration=True)
    summary(nation, round_, communes=7, assessed=7, below_10=2)
    summary(nation, round_, "verified", communes=7, assessed=5, below_10=1)
    target(
        "few-below-10",
        "communes_below_10",
        600,
        comparator="<",
        name="Số xã dưới 10 tiêu chí",
        name_en="Communes below 10 criteria",
    )
    expected = {
        "code": "few-below-10",
        "name": "Số xã dưới 10 tiêu chí",
        "name_en": "Communes below 10 criteria",
        "unit": "VN",
        "metric": "communes_below_10",
        "kind": "count",
        "value": "2",
        "value_verified": "1",
        "comparator": "<",
        "target_value": "600",
        "is_approximate": False,
        "distance": "598",
        "is_met": True,
        "pace": None,
        "pace_needed": None,
        "forecast": None,
        "outlook": None,
        "baseline_date": None,
        "baseline": None,
        "due_on": "2020-12-31",
        "legal_ref": "NQ 0/THỬ",
        "confidence": "read",
        "round": "2020-Q4",
        "as_of": "2020-12-31",
        "computed_at": "2020-12-20T12:00:00+07:00",
        "pending_units": 0,
        "is_demonstration": True,
    }
    assert reader.rows("targets/") == [expected]
    assert reader.get("targets/few-below-10/").json() == expected


def test_a_target_tells_its_pace_and_where_it_leads(reader: ApiReader) -> None:
    nation = NationFactory()
    for month, day, certified in ((6, 30, 40), (12, 31, 50)):
        code = f"2020-Q{month // 3}"
        round_ = RoundFactory(code=code, reference_date=date(2020, month, day))
        summary(nation, round_, communes=100, certified=certified)
    target("certified", "communes_certified_share", 60, due_on=date(2021, 7, 3))
    (row,) = reader.rows("targets/", round="2020-Q4")
    assert (row["pace"], row["pace_needed"]) == ("1.6542", "1.6542")
    assert (row["forecast"], row["outlook"]) == ("60", "on_track")
    (before,) = reader.rows("targets/", round="2020-Q2")
    assert (before["pace"], before["outlook"]) == (None, None)


def test_a_share_is_told_to_four_places_and_both_bases_agree_on_decisions(
    reader: ApiReader,
) -> None:
    summary(NationFactory(), communes=3, certified=2)
    target("certified", "communes_certified_share", 60)
    (row,) = reader.rows("targets/")
    assert row["kind"] == "percent"
    assert (row["value"], row["value_verified"]) == ("66.6667", "66.6667")
    assert (row["distance"], row["is_met"]) == ("6.6667", True)


def test_an_increase_is_counted_from_its_baseline(reader: ApiReader) -> None:
    nation = NationFactory()
    before = RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31), status="published")
    summary(nation, before, districts_recognised=100)
    summary(nation, districts_recognised=109)
    target("districts", "district_units_recognised", 15, baseline_date=date(2019, 12, 31))
    (row,) = reader.rows("targets/")
    assert (row["value"], row["baseline"], row["distance"]) == ("9", "100", "-6")
    assert (row["baseline_date"], row["is_met"]) == ("2019-12-31", False)


def test_a_target_without_figures_says_that_nothing_is_known(reader: ApiReader) -> None:
    RoundFactory()
    target("certified", "communes_certified_share", 60)
    (row,) = reader.rows("targets/")
    unknown = {name for name, content in row.items() if content is None}
    assert unknown >= {"value", "value_verified", "distance", "is_met", "computed_at"}


def test_targets_are_looked_at_in_the_current_round_unless_another_is_asked_for(
    reader: ApiReader,
) -> None:
    nation = NationFactory()
    summary(nation, RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30)), below_10=5)
    summary(nation, below_10=4)
    target("few-below-10", "communes_below_10", 600, comparator="<")
    values = [
        (row["round"], row["value"])
        for row in (
            *reader.rows("targets/"),
            *reader.rows("targets/", round="2020-Q2"),
            reader.get("targets/few-below-10/", round="2020-Q2").json(),
        )
    ]
    assert values == [("2020-Q4", "4"), ("2020-Q2", "5"), ("2020-Q2", "5")]


def test_a_target_of_a_round_that_never_was_is_refused(reader: ApiReader) -> None:
    target("few-below-10", "communes_below_10", 600)
    for address in ("targets/", "targets/few-below-10/"):
        response = reader.get(address, round="2020-Q9")
        assert response.status_code == 400
        assert response.json()["errors"][0]["pointer"] == "#/query/round"


def test_before_the_first_round_no_target_stands_anywhere(reader: ApiReader) -> None:
    target("few-below-10", "communes_below_10", 600)
    response = reader.get("targets/")
    assert response.status_code == 409
    assert response.json()["code"] == "no-round"


def test_targets_are_narrowed(reader: ApiReader) -> None:
    summary(ProvinceFactory())
    target("national", "communes_below_10", 600)
    target("provincial", "communes_certified_share", 60, unit_code="62")
    assert [row["code"] for row in reader.rows("targets/", unit="62")] == ["provincial"]
    metric = {"metric": "communes_below_10"}
    assert [row["code"] for row in reader.rows("targets/", **metric)] == ["national"]


def test_a_province_reads_its_own_targets_only(reader: ApiReader) -> None:
    summary(ProvinceFactory())
    target("national", "communes_below_10", 600)
    target("provincial", "communes_certified_share", 60, unit_code="62")
    assert [row["code"] for row in reader_of(ProvinceFactory()).rows("targets/")] == ["provincial"]


def test_thirty_summaries_take_as_many_queries_as_one(reader: ApiReader) -> None:
    summary(UnitFactory())
    reader.rows("summaries/")
    with CaptureQueriesContext(connection) as one:
        reader.rows("summaries/", within="VN")
    for _number in range(29):
        commune = UnitFactory()
        summary(commune)
        StaleUnit.objects.create(unit=commune, since=DAY)
    with CaptureQueriesContext(connection) as thirty:
        assert len(reader.rows("summaries/", within="VN")) == 30
    assert len(thirty) == len(one)


def test_thirty_targets_take_as_many_queries_as_one(reader: ApiReader) -> None:
    summary(NationFactory(), communes=3, certified=2)
    target("0", "communes_certified_share", 60)
    reader.rows("targets/")
    with CaptureQueriesContext(connection) as one:
        reader.rows("targets/")
    for number in range(1, 30):
        province = ProvinceFactory(code=f"{number:02d}")
        target(str(number), "communes_below_10", 600, unit_code=province.code)
    with CaptureQueriesContext(connection) as thirty:
        assert len(reader.rows("targets/")) == 30
    assert len(thirty) == len(one)


def test_values_are_exact_decimals_and_not_floats(reader: ApiReader) -> None:
    summary(NationFactory(), ocop_3_stars=2_400_000)
    target("ocop", "ocop_products_standardised", 2_400)
    (row,) = reader.rows("targets/")
    assert Decimal(row["value"]) == 2_400_000
    assert row["value"] == "2400000"
