"""Inside a place communes are drawn as outlines or points, and all works where neither is known."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communes.boundary_models import Boundary
from communes.models import AdministrativeUnit
from ntm_portal.accounts.models import User
from programme.rollup import rebuild
from tests.factories import NationFactory, RoundFactory, UnitFactory, UserFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes() -> list[AdministrativeUnit]:
    set_of(2)
    round_ = RoundFactory()
    made: list[AdministrativeUnit] = [UnitFactory() for _ in range(3)]
    for commune in made:
        assess(commune, round_, MET, NOT_MET)
    rebuild(round_)
    return made


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    return client_of(UserFactory(roles={"committee": NationFactory()}))


def page(client: Client) -> str:
    return client.get("/places/608/").content.decode()


def test_without_outlines_or_points_there_is_no_map(
    committee: Client, communes: list[AdministrativeUnit]
) -> None:
    assert 'id="map"' not in page(committee)


def test_an_outline_is_drawn_where_there_is_one_else_a_point(
    committee: Client,
    communes: list[AdministrativeUnit],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    square = [[[108, 14], [108.1, 14], [108.1, 14.1], [108, 14.1], [108, 14]]]
    Boundary.objects.create(unit=communes[0], lines=square, attribution="Ai đó, CC BY")
    communes[1].longitude, communes[1].latitude = Decimal("108.2"), Decimal(14)
    communes[1].save()
    shown = page(committee)
    assert shown.count('<path class="map-unit"') == 1
    assert shown.count("<circle class=") >= 1
    assert "Ai đó, CC BY" in shown
    drawn = shown[shown.index('id="map"') :]
    assert f'href="/places/{communes[0].code}/' in drawn
    assert f"{communes[2].code}/" not in drawn[: drawn.index("</figure>")]
    with django_assert_max_num_queries(10):
        page(committee)
