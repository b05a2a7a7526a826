"""Rounds and the law are only read in the administration."""

from collections.abc import Callable

import pytest
from django.test import Client

from criteria.models import Threshold
from ntm_portal.accounts.models import User
from tests.factories import MeasureFactory, RoundFactory, ThresholdFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/criteria/reportinground/add/"


@pytest.fixture
def admin_client(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(is_superuser=True, is_staff=True))
    client.cookies["language"] = "en"
    return client


def test_a_round_is_read_but_not_opened_there(admin_client: Client) -> None:
    round_ = RoundFactory()
    page = f"/admin/criteria/reportinground/{round_.pk}/change/"
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, {"code": "X"}).status_code == 403
    assert admin_client.post(ADD, {"code": "X"}).status_code == 403


def test_the_law_is_listed_but_neither_added_nor_changed(admin_client: Client) -> None:
    threshold = ThresholdFactory(measure=MeasureFactory())
    for model in ("criteriaset", "threshold"):
        assert admin_client.get(f"/admin/criteria/{model}/").status_code == 200
        assert admin_client.get(f"/admin/criteria/{model}/add/").status_code == 403
    page = f"/admin/criteria/threshold/{threshold.pk}/change/"
    assert admin_client.post(page, {"value": "1"}).status_code == 403
    assert Threshold.objects.get().value == threshold.value
