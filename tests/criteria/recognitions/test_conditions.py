"""Whether conditions hold: what the portal does not know is unknown, never met."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit
from criteria.recognition.conditions import Entitlement, entitlement, entitlements
from criteria.scoring.verdicts import Verdict
from tests.criteria.recognitions.rows import DAY, outcome
from tests.factories import DistrictFactory, RecognitionFactory, UnitFactory

pytestmark = pytest.mark.django_db
IN_2023 = date(2023, 6, 1)


def found(unit: AdministrativeUnit, standard: str, day: date = DAY) -> Entitlement:
    entitled = entitlement(unit, standard, day)
    assert entitled is not None
    return entitled


def verdict(unit: AdministrativeUnit, standard: str, code: str, day: date = DAY) -> Verdict:
    return next(
        item.verdict for item in found(unit, standard, day).findings if item.provision.code == code
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Verdict.MET),
        ({"failed": ["Thu nhập"]}, Verdict.NOT_MET),
        ({"meets_all": False, "criteria_missing": 1}, Verdict.MISSING),
        ({"meets_all": False, "criteria_undetermined": 1}, Verdict.UNDETERMINED),
        ({"basis": "reported"}, Verdict.UNDETERMINED),
        ({"measures_typed": 0}, Verdict.UNDETERMINED),
        ({"day": date(2020, 12, 31)}, Verdict.UNDETERMINED),  # of after the day asked about
        ({"standard": "advanced"}, Verdict.UNDETERMINED),
    ],
)
def test_own_criteria_are_those_last_verified_by_the_day(
    commune: AdministrativeUnit, changed: dict[str, Any], expected: Verdict
) -> None:
    outcome(commune, **changed)
    assert verdict(commune, "ntm", "own-criteria") is expected


def test_without_an_assessment_own_criteria_are_unknown(district: AdministrativeUnit) -> None:
    assert verdict(district, "ntm", "own-criteria") is Verdict.UNDETERMINED


def test_the_latest_verified_outcome_counts(commune: AdministrativeUnit) -> None:
    outcome(commune, day=date(2020, 6, 30))
    outcome(commune, day=date(2019, 12, 31), failed=["Thu nhập"])
    assert verdict(commune, "ntm", "own-criteria") is Verdict.MET


def test_an_outcome_on_unconfirmed_law_shakes_the_condition(commune: AdministrativeUnit) -> None:
    outcome(commune, day=date(2023, 3, 31), rests_on_unconfirmed=True)
    own = next(
        item
        for item in found(commune, "ntm", IN_2023).findings
        if item.provision.code == "own-criteria"
    )
    assert (own.provision.confidence, own.confidence) == ("read", "unconfirmed")


def test_what_the_portal_holds_no_data_on_is_unknown_so_nothing_is_ever_wholly_met(
    commune: AdministrativeUnit,
) -> None:
    outcome(commune)
    assert verdict(commune, "ntm", "debt") is Verdict.UNDETERMINED
    assert found(commune, "ntm").verdict is Verdict.UNDETERMINED
    assert found(commune, "ntm").failing == ()


@pytest.mark.parametrize(("recognised", "expected"), [(2, Verdict.MET), (1, Verdict.NOT_MET)])
def test_a_district_needs_all_its_communes(
    district: AdministrativeUnit, recognised: int, expected: Verdict
) -> None:
    communes = UnitFactory.create_batch(2, parent=district)
    UnitFactory(parent=district, kind="township")  # outside the programme: not asked
    UnitFactory(parent=DistrictFactory(code="699"))  # another district's
    for unit in communes[:recognised]:
        RecognitionFactory(unit=unit)
    assert verdict(district, "ntm", "communes") is expected
    share = next(i for i in found(district, "ntm").findings if i.provision.code == "communes")
    assert (share.holding, share.total) == (recognised, 2)
    assert list(share.lacking) == communes[recognised:]


def test_a_revoked_commune_counts_no_more(district: AdministrativeUnit) -> None:
    RecognitionFactory(
        unit=UnitFactory(parent=district), decision_date=date(2018, 1, 1), revoked_on=DAY
    )
    assert verdict(district, "ntm", "communes", date(2020, 9, 30)) is Verdict.MET
    assert verdict(district, "ntm", "communes") is Verdict.NOT_MET


def test_the_communes_are_those_of_the_map_of_the_day(district: AdministrativeUnit) -> None:
    RecognitionFactory(unit=UnitFactory(parent=district))
    UnitFactory(parent=district, valid_to=date(2019, 12, 31))
    assert verdict(district, "ntm", "communes") is Verdict.MET
    assert verdict(district, "ntm", "communes", date(2019, 12, 31)) is Verdict.NOT_MET


def test_a_district_without_communes_is_unknown(district: AdministrativeUnit) -> None:
    assert verdict(district, "ntm", "communes") is Verdict.UNDETERMINED


@pytest.mark.parametrize(("day", "expected"), [(date(2016, 12, 29), "met"), (DAY, "not_met")])
def test_until_2016_three_communes_of_four_were_enough(
    district: AdministrativeUnit, day: date, expected: str
) -> None:
    for unit in UnitFactory.create_batch(4, parent=district)[:3]:
        RecognitionFactory(unit=unit, decision_date=date(2015, 1, 1))
    assert verdict(district, "ntm", "communes", day) == expected


def test_since_2022_a_tenth_of_the_communes_must_be_advanced(district: AdministrativeUnit) -> None:
    communes = UnitFactory.create_batch(10, parent=district)
    assert verdict(district, "ntm", "advanced-communes", IN_2023) is Verdict.NOT_MET
    RecognitionFactory(unit=communes[0], standard="advanced")
    assert verdict(district, "ntm", "advanced-communes", IN_2023) is Verdict.MET


@pytest.mark.parametrize("standard", ["ntm", "completed"])
def test_a_province_needs_its_districts_recognised_or_done(
    province: AdministrativeUnit, district: AdministrativeUnit, standard: str
) -> None:
    assert verdict(province, "completed", "districts") is Verdict.NOT_MET
    RecognitionFactory(unit=district, standard=standard)
    assert verdict(province, "completed", "districts") is Verdict.MET


def test_a_higher_grade_needs_the_lower(commune: AdministrativeUnit) -> None:
    assert verdict(commune, "advanced", "holds-ntm") is Verdict.NOT_MET
    RecognitionFactory(unit=commune)
    assert verdict(commune, "advanced", "holds-ntm") is Verdict.MET


def test_before_the_law_that_is_known_there_is_nothing_to_say(commune: AdministrativeUnit) -> None:
    assert entitlement(commune, "ntm", date(2014, 3, 13)) is None


def test_a_province_costs_as_many_queries_as_a_commune(
    province: AdministrativeUnit, commune: AdministrativeUnit
) -> None:
    counts = []
    for unit in (commune, province):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            entitlements(unit, IN_2023)
        counts.append(len(queries))
    UnitFactory.create_batch(30, parent=commune.parent)
    with CaptureQueriesContext(connection) as queries:
        entitlements(province, IN_2023)
    assert [*counts, len(queries)] == [4, 4, 4]
