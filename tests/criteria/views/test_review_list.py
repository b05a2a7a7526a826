"""The list of what awaits a verifier, and what she sees of one commune."""

import pytest

from criteria.models import Assessment, Measure
from criteria.services import save_value, verify
from ntm_portal.accounts.models import User
from tests.criteria.services.test_bulk_review import send
from tests.criteria.views.conftest import Browser
from tests.factories import MeasureFactory, UnitFactory, UserFactory, ValueFactory

pytestmark = pytest.mark.django_db
LIST = "/criteria/rounds/2020-Q4/review/"


@pytest.fixture
def sent(measure: Measure, officer: User) -> Assessment:
    return send(measure, officer, number=91)


def test_unchanged_communes_are_verified_in_one_act(
    browser: Browser, sent: Assessment, measure: Measure, officer: User, verifier: User
) -> None:
    same = send(measure, officer, code="20002")
    client = browser(verifier)
    page = client.get(LIST).content.decode()
    tick = f'value="{same.pk}:{same.version}"'
    assert tick in page
    assert f'value="{sent.pk}:' not in page
    answer = client.post(f"{LIST}verify/", {"seen": f"{same.pk}:{same.version}"}, follow=True)
    assert "1 commune is verified." in answer.content.decode()
    same.refresh_from_db()
    sent.refresh_from_db()
    assert (same.status, sent.status) == ("verified", "submitted")


def test_another_provinces_communes_are_neither_listed_nor_verified(
    browser: Browser, measure: Measure, officer: User
) -> None:
    same = send(measure, officer)
    far = UnitFactory(code="99", level="province", path="/VN/99/")
    client = browser(UserFactory(roles={"verifier": far}))
    assert same.unit.name not in client.get(LIST).content.decode()
    client.post(f"{LIST}verify/", {"seen": f"{same.pk}:{same.version}"})
    same.refresh_from_db()
    assert same.status == "submitted"


def test_the_reviewer_sees_only_what_changed_old_beside_new_and_may_ask_for_all(
    browser: Browser, sent: Assessment, verifier: User
) -> None:
    same = ValueFactory(assessment=sent, measure=MeasureFactory(), number=None).measure
    client, address = browser(verifier), f"/criteria/assessments/{sent.pk}/"
    page = client.get(address).content.decode()
    assert 'id="row-5"' in page
    assert '<s>90</s><span class="visually-hidden"> → 91</span>' in page
    assert f'id="row-{same.code}"' not in page
    assert f'id="row-{same.code}"' in client.get(f"{address}?show=all").content.decode()


def test_a_verified_value_that_changes_says_that_it_is_to_be_verified_anew(
    browser: Browser, sent: Assessment, verifier: User, officer: User
) -> None:
    verify(sent.pk, by=verifier)
    save_value(sent.pk, "5", None, seen_version=1, by=officer)
    page = browser(officer).get(f"/criteria/assessments/{sent.pk}/").content.decode()
    assert "is to be verified anew" in page
    assert ": 5.</p>" in page, "which values"
