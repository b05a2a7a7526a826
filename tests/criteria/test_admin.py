"""Rounds are opened in the administration; the law is only read there."""

from collections.abc import Callable

import pytest
from django.test import Client

from criteria.models import Assessment, ReportingRound, Threshold
from ntm_portal.accounts.models import User
from tests.factories import (
    CriteriaSetFactory,
    MeasureFactory,
    ProvinceFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/criteria/reportinground/add/"
ROUND = {
    "code": "2020-Q4",
    "reference_date": "2020-12-31",
    "opens_on": "2020-12-01",
    "due_on": "2021-01-15",
}


@pytest.fixture
def admin_client(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(is_superuser=True, is_staff=True))
    client.cookies["language"] = "en"
    return client


def test_a_round_is_opened_with_its_assessments(admin_client: Client) -> None:
    CriteriaSetFactory()
    unit = UnitFactory()
    assert admin_client.post(ADD, ROUND).status_code == 302
    round_ = ReportingRound.objects.get()
    assert Assessment.objects.get().unit == unit
    assert round_.events.count() == 1
    page = f"/admin/criteria/reportinground/{round_.pk}/change/"
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, ROUND | {"code": "X"}).status_code == 403


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reference_date": "2015-12-31"}, "No criteria set is in force"),
        ({"due_on": "2020-11-30"}, "errornote"),
        ({"code": ""}, "errornote"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(
    admin_client: Client, given: dict[str, str], said: str
) -> None:
    CriteriaSetFactory()
    answer = admin_client.post(ADD, ROUND | given)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not ReportingRound.objects.exists()


def test_the_law_is_listed_but_neither_added_nor_changed(admin_client: Client) -> None:
    threshold = ThresholdFactory(measure=MeasureFactory())
    for model in ("criteriaset", "threshold"):
        assert admin_client.get(f"/admin/criteria/{model}/").status_code == 200
        assert admin_client.get(f"/admin/criteria/{model}/add/").status_code == 403
    page = f"/admin/criteria/threshold/{threshold.pk}/change/"
    assert admin_client.post(page, {"value": "1"}).status_code == 403
    assert Threshold.objects.get().value == threshold.value


def test_staff_without_the_role_open_no_round(client_of: Callable[[User], Client]) -> None:
    staff = UserFactory(is_staff=True, roles={"officer": ProvinceFactory()})
    assert client_of(staff).post(ADD, ROUND).status_code == 403
