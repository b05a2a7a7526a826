import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from ntm_portal.accounts.models import User
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.mark.parametrize("role", ["officer", "verifier"])
def test_who_enters_or_verifies_begins_with_the_work_of_the_current_round(
    client_of: ClientOf, role: str
) -> None:
    RoundFactory()
    person = UserFactory(roles={role: ProvinceFactory()})
    assert client_of(person).get("/")["Location"] == "/criteria/rounds/2020-Q4/"


def test_work_comes_before_reading(client_of: ClientOf) -> None:
    RoundFactory()
    person = UserFactory(roles={"committee": NationFactory(), "officer": ProvinceFactory()})
    assert client_of(person).get("/")["Location"] == "/criteria/rounds/2020-Q4/"


def test_an_officer_before_the_first_round_is_told_so(client_of: ClientOf) -> None:
    response = client_of(UserFactory(roles={"officer": ProvinceFactory()})).get("/")
    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize("role", ["committee", "administrator"])
def test_the_committee_begins_with_its_widest_place(client_of: ClientOf, role: str) -> None:
    nation = UserFactory(roles={role: NationFactory()})
    assert client_of(nation).get("/")["Location"] == "/places/VN/"
    province = UserFactory(roles={role: ProvinceFactory(), "officer": DistrictFactory()})
    province.assignments.filter(role="officer").update(role="committee")
    assert client_of(province).get("/")["Location"] == "/places/62/"


def test_a_superuser_without_a_role_reads_the_nation(client_of: ClientOf) -> None:
    assert client_of(UserFactory(is_superuser=True)).get("/")["Location"] == "/places/VN/"


def test_someone_without_a_role_is_told_why_nothing_is_here(client_of: ClientOf) -> None:
    response = client_of(UserFactory(first_name="Hà", last_name="Trần")).get("/")
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="empty"' in page
    assert page.count("<h1") == 1


def test_the_frame_names_the_reader_her_role_and_her_area(client_of: ClientOf) -> None:
    person = UserFactory(username="ha", roles={"officer": ProvinceFactory()})
    page = client_of(person).get("/").content.decode()
    assert '<span class="user-name">ha</span>' in page
    assert re.search(r'href="/places/62/">[^<]+ · ' + ProvinceFactory().name, page)


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_the_strip_is_there_only_over_demonstration_data(
    client_of: ClientOf, is_demonstration: bool
) -> None:
    RoundFactory(is_demonstration=is_demonstration)
    page = Client().get("/accounts/login/").content.decode()
    assert ('class="demonstration"' in page) is is_demonstration


def test_the_sign_of_life_is_public_and_touches_the_database() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_an_unknown_address_is_a_page_in_the_frame(client_of: ClientOf) -> None:
    response = client_of(UserFactory()).get("/nowhere/")
    assert response.status_code == 404
    assert '<main class="page"' in response.content.decode()


def test_a_fault_is_told_in_the_frame_without_the_database() -> None:
    page = server_error(RequestFactory().get("/")).content.decode()
    assert page.count("<h1") == 1
    assert '<main class="page"' in page


def test_the_frame_leaves_room_within_the_100_kilobytes_of_a_page() -> None:
    page = Client().get("/accounts/login/").content
    links = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    assert len(links) == 7
    files = [Path(str(finders.find(link))).read_bytes() for link in links]
    assert sum(len(gzip.compress(sent)) for sent in [page, *files]) < 40_000
