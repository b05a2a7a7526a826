"""Why this verdict: the thresholds, the person, the former values, the neighbours."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from criteria.models import Assessment, Indicator, Measure
from criteria.services import save_value
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import (
    AssessmentFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def why(assessment: Assessment, code: str = "5") -> str:
    return f"/criteria/assessments/{assessment.pk}/values/{code}/why/"


def test_the_page_says_who_typed_what_when_and_by_which_rule(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ThresholdFactory(
        measure=measure, value=70, region_code="TN", legal_ref="QĐ 1980, 5", confidence="read"
    )
    save_value(assessment.pk, "5", Decimal(60), seen_version=None, by=officer)
    save_value(assessment.pk, "5", Decimal(65), seen_version=1, by=officer)
    page = browser(officer).get(why(assessment)).content.decode()
    for said in ("65", "at least 70", "Central Highlands", "5 short", "QĐ 1980, 5", "officer"):
        assert said in page
    assert "not used: the one above is more specific" in page
    assert page.index("60 → <strong>65</strong>") < page.index("– → <strong>60</strong>")


def test_the_neighbours_are_those_of_the_same_parent(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    beside = AssessmentFactory(unit=UnitFactory(name="Xã Bên Cạnh", name_en=""))
    ValueFactory(assessment=assessment, measure=measure, number=81)
    ValueFactory(assessment=beside, measure=measure, number=77)
    page = browser(officer).get(why(assessment)).content.decode()
    assert "Bên Cạnh" in page
    assert why(beside) in page


def test_a_commune_officer_does_not_see_her_neighbours_values(
    browser: Browser, assessment: Assessment, measure: Measure
) -> None:
    beside = AssessmentFactory(unit=UnitFactory(name="Xã Bên Cạnh", name_en=""))
    ValueFactory(assessment=assessment, measure=measure, number=81)
    ValueFactory(assessment=beside, measure=measure, number=77)
    local = UserFactory(roles={"officer": assessment.unit})
    page = browser(local).get(why(assessment)).content.decode()
    assert "Bên Cạnh" not in page


def test_nothing_typed_is_explained_too(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    answer = browser(officer).get(why(assessment))
    assert answer.status_code == 200
    assert "at least 80" in answer.content.decode()


def test_a_level_that_the_province_owes_is_entered_from_here(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    measure.thresholds.all().delete()
    Indicator.objects.update(delegated_to="province")
    address = f"/criteria/sets/{assessment.criteria_set.code}/provinces/62/new/"
    page = browser(officer).get(why(assessment)).content.decode()
    assert "the province sets the level, and has not" in page
    assert address in page
    local = UserFactory(roles={"officer": assessment.unit})
    assert address not in browser(local).get(why(assessment)).content.decode()


def test_a_sheet_of_paper_holds_the_latest_and_says_how_many_more_there_are(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    for version in range(9):
        seen = version or None
        save_value(assessment.pk, "5", Decimal(50 + version), seen_version=seen, by=officer)
    page = browser(officer).get(why(assessment)).content.decode()
    assert page.count('<li class="off-paper">') == 3
    assert "3 earlier changes are on the page." in page


def test_an_indicator_that_is_not_in_the_set_is_not_found(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    assert browser(officer).get(why(assessment, "99.9")).status_code == 404


def test_thirty_changes_and_neighbours_take_as_many_queries_as_one(
    browser: Browser,
    assessment: Assessment,
    measure: Measure,
    officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    save_value(assessment.pk, "5", Decimal(50), seen_version=None, by=officer)
    client = browser(officer)
    with django_assert_num_queries(18):
        client.get(why(assessment))
    for version in range(1, 30):
        save_value(assessment.pk, "5", Decimal(50 + version), seen_version=version, by=officer)
        ValueFactory(assessment=AssessmentFactory(), measure=measure)
    with django_assert_num_queries(18):
        client.get(why(assessment))


def test_a_carried_value_says_that_it_came_so(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, is_carried=True)
    address = f"/criteria/assessments/{assessment.pk}/values/5/why/"
    page = browser(officer).get(address).content.decode()
    assert "<dd>carried from the round before</dd>" in page
