"""Where a save leads: to the next field without a value, or to the next commune."""

import pytest

from criteria.models import Assessment
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import AssessmentFactory, MeasureFactory, RoundFactory, ValueFactory

pytestmark = pytest.mark.django_db


def test_saving_leads_to_the_next_field_without_a_value_after_the_one_typed(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    first, second, third = (MeasureFactory() for _ in range(3))
    client, address = browser(officer), f"/criteria/assessments/{assessment.pk}/"
    answer = client.post(address, {f"value-{second.code}": "50", "missing": "1"})
    assert answer.headers["Location"] == f"{address}#row-{third.code}"
    answer = client.post(address, {f"value-{third.code}": "50", "missing": "1"})
    assert answer.headers["Location"] == f"{address}#row-{first.code}"


def test_from_a_complete_commune_it_leads_to_the_next_that_is_not(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    measure = MeasureFactory()
    whole, lacking = AssessmentFactory(), AssessmentFactory()
    client = browser(officer)
    client.post(f"/criteria/assessments/{whole.pk}/", {f"value-{measure.code}": "50"})
    typed = {f"value-{measure.code}": "50", "missing": "1"}
    answer = client.post(f"/criteria/assessments/{assessment.pk}/", typed)
    assert answer.headers["Location"] == f"/criteria/assessments/{lacking.pk}/?show=missing"
    answer = client.post(f"/criteria/assessments/{lacking.pk}/", typed)
    assert answer.headers["Location"] == "/criteria/rounds/2020-Q4/"


def test_last_rounds_value_stands_beside_the_field_with_its_verdict(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    measure = MeasureFactory()
    before = AssessmentFactory(
        unit=assessment.unit, round=RoundFactory(code="2020-Q2", reference_date="2020-06-30")
    )
    ValueFactory(assessment=before, measure=measure, number=42, verdict="not_met")
    page = browser(officer).get(f"/criteria/assessments/{assessment.pk}/").content.decode()
    last = page.partition('<div class="value-last">')[2].partition("</div>")[0]
    assert "42" in last
    assert "not met" in last
    assert "2020-Q2" in last
