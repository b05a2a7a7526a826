"""The page on which a bulletin is begun and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from programme.models import Subscription
from tests.factories import ProvinceFactory, RoundFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/places/62/bulletin/"


@pytest.fixture
def reader() -> User:
    RoundFactory()
    return UserFactory(roles={"committee": ProvinceFactory()}, email="her@example.vn")


def test_a_press_begins_it_and_another_ends_it(
    client_of: Callable[[User], Client], reader: User
) -> None:
    client = client_of(reader)
    assert "her@example.vn" not in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"begin": "1"}).status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "her@example.vn" in page
    assert 'name="end"' in page
    client.post(ADDRESS, {"end": "1"})
    assert not Subscription.objects.filter(ended_at=None).exists()


def test_a_place_out_of_reach_cannot_be_subscribed_to(
    client_of: Callable[[User], Client], reader: User
) -> None:
    stranger = UserFactory(roles={"committee": ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")})
    client = client_of(stranger)
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"begin": "1"}).status_code == 404
    assert not Subscription.objects.exists()


def test_without_an_address_the_page_says_what_to_do(
    client_of: Callable[[User], Client], reader: User
) -> None:
    reader.email = ""
    reader.save()
    assert "quản trị viên" in client_of(reader).get(ADDRESS).content.decode()
