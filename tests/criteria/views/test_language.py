"""Switching the language in mid-typing: what was typed goes along, written as the reader does."""

import pytest

from criteria.models import Assessment, Measure
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser

pytestmark = pytest.mark.django_db


def test_the_form_shows_what_was_typed_as_the_other_language_writes_it(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    client, address = browser(officer, "vi"), f"/criteria/assessments/{assessment.pk}/"
    typed = {"value-5": "1.234,5", "was-5": "", "language": "en"}
    answer = client.post("/language/", typed, headers={"Referer": f"http://testserver{address}"})
    assert answer.headers["Location"] == f"{address}?restored=1"
    page = client.get(address).content.decode()
    assert 'lang="en"' in page
    assert 'name="value-5" value="1,234.5"' in page
    assert not assessment.values.exists()


def test_the_grid_shows_it_too_on_the_same_tab(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    client, address = browser(officer, "vi"), "/criteria/rounds/2020-Q4/grid/?criterion=5"
    typed = {f"v-{assessment.pk}-0": "61,5", f"s-{assessment.pk}": "0:", "criterion": "5"}
    headers = {"Referer": f"http://testserver{address}"}
    answer = client.post("/language/", typed | {"language": "en"}, headers=headers)
    assert answer.headers["Location"] == f"{address}&restored=1"
    page = client.get(address).content.decode()
    assert 'value="61.5"' in page
    assert "Not saved yet." in page


def test_with_nothing_typed_it_only_goes_back(browser: Browser, officer: User) -> None:
    answer = browser(officer).post("/language/", {"language": "vi", "next": "/criteria/sets/"})
    assert answer.headers["Location"] == "/criteria/sets/"


def test_a_round_leads_to_what_came_back_first(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    client = browser(officer)
    assert (
        client.get("/criteria/rounds/2020-Q4/next/")
        .headers["Location"]
        .endswith(f"/assessments/{assessment.pk}/")
    )
    Assessment.objects.update(status="verified")
    assert client.get("/criteria/rounds/2020-Q4/next/").headers["Location"].endswith("2020-Q4/")
