"""Decisions follow the gaps: nobody is recognised who lacks something; each is marked."""

from datetime import date

from communes.models import AdministrativeUnit
from programme.demonstration.latent import Commune, gaps
from programme.demonstration.recognitions import recognitions

SEED = 1980
ENDS = (date(2019, 12, 31), date(2020, 6, 30), date(2020, 12, 31))
COMMUNES = [
    Commune(number, f"{number:05}", f"Thử {number}", f"{number // 4}", "33", "DBSH")
    for number in range(400)
]
# Each fifth is a town.
DISTRICTS = {
    str(number): AdministrativeUnit(
        pk=1000 + number, level="district", kind="district" if number % 5 else "town"
    )
    for number in range(100)
}
PROVINCE = AdministrativeUnit(
    pk=5000, code="33", name="Tỉnh Thử", level="province", kind="province"
)
ROWS = recognitions(SEED, PROVINCE, COMMUNES, DISTRICTS, maker_id=1)
STANDARD = [row for row in ROWS if row.standard in {"ntm", "completed"}]
TOWNS = {unit.pk for unit in DISTRICTS.values() if unit.kind == "town"}


def test_a_commune_is_certified_by_the_round_in_which_its_gap_is_closed() -> None:
    days = {row.unit_id: row.decision_date for row in STANDARD if row.unit_id < 1000}
    for commune in COMMUNES:
        for gap, end in zip(gaps(SEED, commune), ENDS, strict=True):
            assert (commune.pk in days and days[commune.pk] <= end) == (gap <= 0)


def test_a_district_is_recognised_only_with_all_its_communes() -> None:
    last = {row.unit_id: row.decision_date for row in STANDARD if row.unit_id < 1000}
    districts = [row for row in STANDARD if 1000 <= row.unit_id < 5000]
    assert 10 < len(districts) < 100
    for row in districts:
        within = [item for item in COMMUNES if DISTRICTS[item.district_code].pk == row.unit_id]
        assert all(item.pk in last for item in within)


def test_more_districts_are_recognised_at_the_end_of_2020_than_of_2019() -> None:
    days = [row.decision_date for row in STANDARD if 1000 <= row.unit_id < 5000]
    assert sum(day <= ENDS[0] for day in days) < sum(day <= ENDS[2] for day in days)


def test_a_town_completes_its_task_where_a_district_meets_a_standard() -> None:
    above = [row for row in STANDARD if 1000 <= row.unit_id < 5000]
    since_2016 = [row for row in above if row.decision_date >= date(2016, 12, 30)]
    assert {row.unit_id in TOWNS: row.standard for row in since_2016} == {
        True: "completed",
        False: "ntm",
    }
    assert all((row.unit_id in TOWNS) == (row.standard == "completed") for row in since_2016)


def test_a_higher_standard_comes_after_the_first() -> None:
    first = {row.unit_id: row.decision_date for row in STANDARD}
    higher = [row for row in ROWS if row not in STANDARD]
    assert higher
    assert all(first[row.unit_id] < row.decision_date for row in higher)


def test_every_number_is_marked_and_belongs_to_one_decision() -> None:
    numbers = [row.decision_number for row in ROWS]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("MINH HỌA-") for number in numbers)
    assert all(row.is_demonstration for row in ROWS)
    assert all(row.standard_year == row.decision_date.year for row in ROWS)


def test_communes_are_decided_by_the_province_and_districts_by_the_prime_minister() -> None:
    authorities = {row.unit_id < 1000: row.authority for row in ROWS}
    assert authorities == {True: "Chủ tịch UBND Tỉnh Thử", False: "Thủ tướng Chính phủ"}
