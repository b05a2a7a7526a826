"""Who meets a ground of revocation, on which values, and on which day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit
from criteria.models import Recognition
from criteria.recognition.warnings import Warnings, warnings_of
from tests.criteria.recognitions.rows import outcome
from tests.factories import DistrictFactory, RecognitionFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 30)
NATION = ["/VN/"]
OTHERS = ["Giao thông", "Thủy lợi", "Điện", "Trường học"]


def warned(
    day: date = DAY, paths: list[str] = NATION
) -> list[tuple[AdministrativeUnit, list[str]]]:
    return [
        (item.recognition.unit, [reason.ground.code for reason in item.reasons])
        for item in warnings_of(paths, day).warned
    ]


@pytest.mark.parametrize(
    ("failed", "grounds"),
    [
        (["Thu nhập", *OTHERS[:1]], []),
        (["Thu nhập", *OTHERS[:2]], ["third-with-named"]),
        (OTHERS[:3], []),
        (["Thu nhập", *OTHERS[:3]], ["third-with-named"]),
        (OTHERS[:4], []),
        (["Thu nhập", *OTHERS], ["half"]),
    ],
)
def test_a_recognised_commune_is_listed_by_what_it_fails(
    commune: AdministrativeUnit, failed: list[str], grounds: list[str]
) -> None:
    RecognitionFactory(unit=commune)
    outcome(commune, failed=failed)
    assert warned() == ([(commune, grounds)] if grounds else [])


def test_the_reasons_name_figures_criteria_round_and_basis(commune: AdministrativeUnit) -> None:
    RecognitionFactory(unit=commune)
    outcome(commune, failed=["Thu nhập", *OTHERS[:2]])
    ((reason,),) = [item.reasons for item in warnings_of(NATION, DAY).warned]
    assert (reason.part, reason.total, reason.basis) == (3, 10, "verified")
    assert reason.round_code == "2020-06-30"
    assert [item.name for item in reason.criteria] == ["Thu nhập", *OTHERS[:2]]


def test_one_who_is_not_recognised_is_not_listed(commune: AdministrativeUnit) -> None:
    outcome(commune, failed=["Thu nhập", *OTHERS])
    assert warned() == []
    RecognitionFactory(unit=commune, revoked_on=DAY)
    RecognitionFactory(unit=commune, standard="advanced")  # its grounds could not be read
    assert warned() == []


def test_only_the_latest_figures_count_on_each_basis(commune: AdministrativeUnit) -> None:
    RecognitionFactory(unit=commune)
    outcome(commune, failed=["Thu nhập", *OTHERS], day=date(2021, 6, 30))
    outcome(commune, day=date(2022, 6, 30))
    assert warned() == []
    outcome(commune, failed=["Thu nhập", *OTHERS], basis="reported", day=date(2022, 6, 30))
    assert warned() == [(commune, ["half"])]
    assert warned(date(2021, 12, 31)) == [(commune, ["half"])]


def test_figures_of_after_the_day_are_not_known_yet(commune: AdministrativeUnit) -> None:
    RecognitionFactory(unit=commune)
    outcome(commune, failed=["Thu nhập", *OTHERS], day=date(2023, 12, 31))
    assert warned() == []
    assert warned(date(2023, 12, 31)) == [(commune, ["half"])]


def test_verified_and_reported_figures_are_two_reasons(commune: AdministrativeUnit) -> None:
    RecognitionFactory(unit=commune)
    for basis in ("reported", "verified"):
        outcome(commune, failed=["Thu nhập", *OTHERS], basis=basis)
    assert warned() == [(commune, ["half", "half"])]


@pytest.mark.parametrize(("lost", "is_listed"), [(2, False), (3, True)])
def test_a_district_is_listed_when_a_third_of_its_communes_lost_theirs(
    district: AdministrativeUnit, lost: int, *, is_listed: bool
) -> None:
    RecognitionFactory(unit=district)
    for place, unit in enumerate(UnitFactory.create_batch(10, parent=district)):
        RecognitionFactory(unit=unit, revoked_on=DAY if place < lost else None)
    assert warned() == ([(district, ["communes"])] if is_listed else [])


def test_a_commune_recognised_again_is_not_lost(district: AdministrativeUnit) -> None:
    RecognitionFactory(unit=district)
    unit = UnitFactory(parent=district)
    RecognitionFactory(unit=unit, revoked_on=date(2022, 1, 1))
    assert warned() == [(district, ["communes"])]
    RecognitionFactory(unit=unit, decision_date=DAY)
    assert warned() == []


def test_a_title_replaced_or_lost_by_a_merger_is_not_revoked(district: AdministrativeUnit) -> None:
    RecognitionFactory(unit=district)
    first, second = UnitFactory.create_batch(2, parent=district)
    new = RecognitionFactory(unit=first, decision_date=date(2024, 1, 1))
    RecognitionFactory(unit=first, revoked_on=DAY, superseded_by=new)
    RecognitionFactory(unit=second, decision_date=DAY, revoked_on=DAY, merger_status="lost")
    assert warned() == []


def test_a_district_fails_by_its_own_criteria(district: AdministrativeUnit) -> None:
    RecognitionFactory(unit=district)
    outcome(district, failed=["Kinh tế", "Giao thông", "Điện"])
    assert warned() == [(district, ["third-with-named"])]


def test_a_unit_that_is_not_on_the_map_of_the_day_is_not_listed(
    district: AdministrativeUnit,
) -> None:
    unit = UnitFactory(parent=district, valid_to=date(2023, 6, 29))
    RecognitionFactory(unit=unit)
    outcome(unit, failed=["Thu nhập", *OTHERS])
    assert warned() == []
    assert warned(date(2023, 6, 29)) == [(unit, ["half"])]


def test_the_list_ends_at_the_area_asked_about(commune: AdministrativeUnit) -> None:
    RecognitionFactory(unit=commune)
    outcome(commune, failed=["Thu nhập", *OTHERS])
    assert len(warned(paths=["/VN/62/"])) == 1
    assert warned(paths=["/VN/42/"]) == []
    assert warned(paths=[]) == []


@pytest.mark.parametrize(
    ("day", "in_force", "unread"),
    [(DAY, True, 6), (date(2020, 12, 31), False, 6), (date(2026, 6, 30), False, 4)],
)
def test_the_list_says_on_which_law_it_rests_and_what_is_not_known(
    commune: AdministrativeUnit, day: date, unread: int, *, in_force: bool
) -> None:
    found: Warnings = warnings_of(NATION, day)
    assert found.is_law_in_force is in_force
    assert {title.legal_ref for title in found.law} == {"QĐ 18/2022/QĐ-TTg 02/8/2022"}
    assert len(found.unread) == unread


def test_many_cost_as_many_queries_as_one(province: AdministrativeUnit) -> None:
    counts = []
    for number in range(1, 4):
        district = DistrictFactory(code=f"70{number}", parent=province)
        RecognitionFactory(unit=district)
        for place, unit in enumerate(UnitFactory.create_batch(number * 5, parent=district)):
            RecognitionFactory(unit=unit, revoked_on=DAY if place % 2 else None)
            outcome(unit, failed=["Thu nhập", *OTHERS])
        with CaptureQueriesContext(connection) as queries:
            assert len(warnings_of(NATION, DAY).warned) > number
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 7
    assert Recognition.objects.count() == 3 + 5 + 10 + 15
