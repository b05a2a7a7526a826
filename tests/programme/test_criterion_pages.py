"""The pages of criteria in a place, down to who typed a value; addresses that name nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from criteria.models import Assessment, IndicatorValue
from ntm_portal.accounts.models import User
from programme.rollup import rebuild
from tests.factories import NationFactory, RoundFactory, UnitFactory, UserFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed() -> list[Assessment]:
    """Three communes of one province: one does not meet the criterion, two do."""
    set_of(1)
    round_ = RoundFactory(code="2020-Q4")
    found = [assess(UnitFactory(), round_, number) for number in (NOT_MET, MET, MET)]
    IndicatorValue.objects.update(updated_by=UserFactory(first_name="Blang", last_name="Y"))
    rebuild(round_)
    return found


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    """A reader of the whole country, in English."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def path(typed: list[Assessment]) -> tuple[str, str]:
    """Return the addresses of the criterion and of its measure."""
    measure = typed[0].values.select_related("measure__indicator__criterion").get().measure
    criterion = f"/places/VN/criteria/{measure.indicator.criterion.code}/"
    return criterion, f"{criterion}{measure.code}/"


def test_one_criterion_says_how_many_meet_it(committee: Client, typed: list[Assessment]) -> None:
    page = read(committee, path(typed)[0])
    assert "66.7 %" in page
    assert "3 values typed" in page


def test_all_criteria_stand_beside_each_unit(committee: Client, typed: list[Assessment]) -> None:
    page = committee.get("/places/VN/criteria/").content.decode()
    assert re.search(r'<td class="num heat-3"[^>]*>67</td>', page)
    assert 'href="/places/62/criteria/?round=2020-Q4"' in page


def test_each_value_leads_to_who_typed_it(committee: Client, typed: list[Assessment]) -> None:
    criterion, address = path(typed)
    assert address in committee.get(criterion).content.decode()
    assert "Blang Y" in read(committee, address)
    link = f"/criteria/assessments/{typed[0].pk}/values/{address.split('/')[-2]}/why/"
    assert link in committee.get(address).content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "",
        "communes/",
        "criteria/",
        "criteria/1/",
        "targets/communes_certified_share/",
        "what-if/",
        "act/",
    ],
)
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/places/VN/{}?round=2099-Q4", "There is no round 2099-Q4"),
        ("/places/00000/{}", "This page does not exist, or lies outside your area"),
    ],
)
def test_an_address_that_names_nothing_says_what_to_do(
    committee: Client, typed: list[Assessment], page: str, address: str, said: str
) -> None:
    assert said in read(committee, address.format(page), 404)


@pytest.mark.parametrize("page", ["criteria/99/", "criteria/1/99.9/", "targets/nothing/"])
def test_what_the_law_does_not_know_is_not_found(
    committee: Client, typed: list[Assessment], page: str
) -> None:
    read(committee, f"/places/VN/{page}", 404)


def test_a_page_takes_at_most_ten_queries(
    committee: Client,
    typed: list[Assessment],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for address in ("/places/VN/criteria/", *path(typed)):
        assert committee.get(address).status_code == 200
        with django_assert_max_num_queries(10):
            committee.get(address)
