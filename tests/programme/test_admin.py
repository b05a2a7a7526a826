"""Targets are given in the administration."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ntm_portal.accounts.models import User
from programme.models import Target
from tests.factories import NationFactory, ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db
PROVINCIAL = {
    "code": "62-certified",
    "name": "Xã đạt chuẩn",
    "name_en": "",
    "unit_code": "62",
    "metric": "communes_certified_share",
    "comparator": ">=",
    "value": "40",
    "due_on": "2020-12-31",
    "legal_ref": "Kế hoạch của tỉnh",
    "confidence": "read",
    "position": "0",
}


@pytest.fixture
def admin(client_of: Callable[[User], Client]) -> Client:
    return client_of(
        UserFactory(is_staff=True, is_superuser=True, roles={"administrator": NationFactory()})
    )


def test_a_province_is_given_a_target(admin: Client) -> None:
    ProvinceFactory()
    answer = admin.post(reverse("admin:programme_target_add"), PROVINCIAL)
    assert answer.status_code == 302
    target = Target.objects.get()
    assert (target.unit_code, target.metric) == ("62", "communes_certified_share")


@pytest.mark.parametrize("wrong", [{"metric": "happiness"}, {"unit_code": "77"}, {"value": "-4"}])
def test_a_target_that_could_not_be_measured_is_refused_at_its_field(
    admin: Client, wrong: dict[str, str]
) -> None:
    ProvinceFactory()
    answer = admin.post(reverse("admin:programme_target_add"), PROVINCIAL | wrong)
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not Target.objects.exists()


def test_the_list_of_targets_is_shown(admin: Client) -> None:
    ProvinceFactory()
    admin.post(reverse("admin:programme_target_add"), PROVINCIAL)
    answer = admin.get(reverse("admin:programme_target_changelist"), {"q": "62"})
    assert "62-certified" in answer.content.decode()
