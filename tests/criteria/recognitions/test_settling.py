"""Titles across changes of the map: what is inherited, what is lost, what stays open."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, StaleUnit, Succession
from criteria.models import Recognition
from criteria.recognition.mergers import open_titles, passed_titles
from criteria.services.settling import settle_titles
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.factories import RecognitionFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


def merged(
    district: AdministrativeUnit, *held: str, day: date = DAY, kind: str = "merge"
) -> AdministrativeUnit:
    """Form a unit from one former unit for each standard, or none, that it held."""
    unit = UnitFactory(parent=district, valid_from=day)
    for standard in held:
        former = UnitFactory(parent=district)
        for each in standard.split():
            RecognitionFactory(unit=former, standard=each, standard_year=2019 + len(each))
        Succession.objects.create(
            predecessor=former, successor=unit, kind=kind, effective_date=day, legal_ref="NQ 1"
        )
    return unit


def test_what_all_held_is_inherited_from_the_day_of_the_merger(
    district: AdministrativeUnit, officer: User
) -> None:
    unit = merged(district, "ntm", "ntm")
    (row,) = settle_titles([unit.pk], by=officer)
    assert (row.standard, row.merger_status, row.merger_rule) == (
        "ntm",
        "inherited",
        "cv5424-same",
    )
    assert (row.decision_date, row.decision_number, row.revoked_on) == (DAY, "NQ 1", None)
    assert list(unit.recognitions.in_force(DAY)) == [row]
    assert (row.events.get().kind, row.events.get().by) == ("settled", officer)
    assert list(StaleUnit.objects.values_list("unit", "since")) == [(unit.pk, DAY)]


def test_what_some_held_is_lost_and_was_never_in_force(
    district: AdministrativeUnit, officer: User
) -> None:
    unit = merged(district, "ntm", "")
    (row,) = settle_titles([unit.pk], by=officer)
    assert (row.merger_status, row.revoked_on, row.is_revoked) == ("lost", DAY, False)
    assert not unit.recognitions.in_force(DAY).exists()
    assert not Recognition.objects.revoked_by(DAY).filter(unit=unit).exists()


def test_a_higher_grade_that_some_held_stays_open(
    district: AdministrativeUnit, officer: User
) -> None:
    unit = merged(district, "ntm advanced", "ntm")
    passed = {item.standard: item for item in passed_titles([unit.pk])}
    assert passed["advanced"].status is None
    assert passed["advanced"].rule
    assert passed["advanced"].rule.confidence == "unknown"
    assert [row.standard for row in settle_titles([unit.pk], by=officer)] == ["ntm"]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2025, 7, 1)])
def test_where_no_rule_is_known_nothing_is_settled(
    district: AdministrativeUnit, officer: User, day: date
) -> None:
    unit = merged(district, "ntm", "ntm", day=day)
    Recognition.objects.update(decision_date=date(2019, 1, 1))
    assert [item.status for item in passed_titles([unit.pk])] == [None]
    assert settle_titles([unit.pk], by=officer) == []


def test_a_renamed_unit_keeps_its_title_of_any_time(
    district: AdministrativeUnit, officer: User
) -> None:
    unit = merged(district, "ntm advanced", kind="rename")
    rows = settle_titles([unit.pk], by=officer)
    assert {(row.standard, row.merger_status) for row in rows} == {
        ("ntm", "inherited"),
        ("advanced", "inherited"),
    }


def test_settling_twice_gives_what_once_gives(district: AdministrativeUnit, officer: User) -> None:
    unit = merged(district, "ntm", "ntm")
    settle_titles([unit.pk], by=officer)
    assert open_titles([unit.pk]) == []
    assert settle_titles([unit.pk], by=officer) == []
    assert unit.recognitions.count() == 1


def test_a_title_revoked_before_the_merger_does_not_pass(district: AdministrativeUnit) -> None:
    unit = merged(district, "ntm")
    Recognition.objects.update(revoked_on=DAY)  # the first day it is gone
    assert [item.status for item in passed_titles([unit.pk])] == ["inherited"]
    Recognition.objects.update(revoked_on=date(2023, 12, 31))
    assert passed_titles([unit.pk]) == ()


def test_only_who_records_settles(district: AdministrativeUnit) -> None:
    unit = merged(district, "ntm", "ntm")
    with pytest.raises(DomainError) as refused:
        settle_titles([unit.pk], by=UserFactory(roles={"officer": district}))
    assert str(refused.value) == "You may not record decisions for these units."
    assert not unit.recognitions.exists()


def test_many_units_cost_as_many_queries_as_one(
    district: AdministrativeUnit, officer: User
) -> None:
    counts = []
    officer.scope  # noqa: B018  (read once for each request, not for each unit)
    for number in (1, 20):
        units = [merged(district, "ntm", "ntm").pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert len(settle_titles(units, by=officer)) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
