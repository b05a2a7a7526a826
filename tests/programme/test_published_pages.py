"""What anybody may read: published rounds, whole, with files and what their columns hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from ntm_portal.accounts.models import User
from programme.dashboard.dictionary import FILES, File
from programme.models import Publication, Summary
from programme.rollup import rebuild
from tests.factories import (
    NationFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.ledger import numbered
from tests.ntm_portal.test_every_page import ADDRESSES
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
DESCRIPTION = "/api/v1/schema/"
# One says which round is open, and none of its figures; the other has a code as an example.
NAME_A_ROUND = {"/api/v1/freshness/", DESCRIPTION}
REFUSED = {302, 401, 403, 404, 405}
PAGES = ["/published/", "/published/62/", "/published/608/", "/published/data/", "/api-explorer/"]


@pytest.fixture(autouse=True)
def _public_site() -> Iterator[None]:
    with override_settings(PUBLIC_SITE=True, PUBLIC_API_RATE=10_000):
        yield


@pytest.fixture
def commune() -> AdministrativeUnit:
    """A commune in a published round and in an open one, whose counters nothing else could show."""
    NationFactory()
    set_of(4)
    commune = UnitFactory(name="Xã Đoàn Kết", name_en="Doan Ket Commune")
    day = date(2020, 6, 30)
    published = RoundFactory(code="2020-Q2", reference_date=day, opens_on=day, status="published")
    is_open = RoundFactory(code="2020-Q4")
    RecognitionFactory(unit=commune, decision_date=date(2020, 1, 2))
    assess(commune, published, MET, MET, MET, NOT_MET)
    assess(commune, is_open, MET, NOT_MET, NOT_MET, NOT_MET)
    for round_, more in ((published, 0), (is_open, 1)):
        rebuild(round_)
        Summary.objects.filter(round=round_).update(
            communes=7001 + more, certified=5003 + more, meets_all=4001 + more
        )
    User.objects.update(first_name="Người", last_name="Không Được Nêu")
    numbered()
    return commune


def stranger() -> Client:
    """Somebody at an address of the internet that no other test asks from."""
    return Client(REMOTE_ADDR="203.0.113.7")


def read(address: str, status: int = 200) -> str:
    """What a stranger is answered, in English."""
    client = stranger()
    client.cookies["language"] = "en"
    response = client.get(address)
    assert response.status_code == status, address
    return whole(response)


def whole(response: Iterable[bytes]) -> str:
    """What an answer holds, streamed or not."""
    return b"".join(response).decode()


def test_anybody_reads_the_newest_published_round(commune: AdministrativeUnit) -> None:
    page = read("/published/")
    assert "Round 2020-Q2" in page
    assert "5,003 of 7,001" in page
    assert page.count("<h1") == 1
    assert "/places/" not in page


def test_a_district_lists_its_communes_without_leading_to_them(
    commune: AdministrativeUnit,
) -> None:
    page = read("/published/608/")
    assert "Doan Ket" in page
    assert f"/{commune.code}/" not in page


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/published/?round=2020-Q4", "There is no round 2020-Q4"),
        ("/published/99/", "No figures are published for 99"),
        ("/published/?metric=luck", "cannot be shown"),
    ],
)
def test_what_is_not_published_is_not_there(
    commune: AdministrativeUnit, address: str, said: str
) -> None:
    assert said in read(address, 404)


def test_nothing_unpublished_and_nobodys_name_is_on_any_public_address(
    commune: AdministrativeUnit,
) -> None:
    swept = 0
    for address in [*ADDRESSES, "/published/VN/", "/published/62/", "/published/608/"]:
        if stranger().get(address).status_code in REFUSED:
            continue
        for query in ("", "?round=2020-Q2", "?round=2020-Q4", "?round=2020-Q4&format=csv"):
            response = stranger().get(f"{address}{query}")
            if response.status_code == 200:
                swept += 1
                _shows_nothing_hidden(whole(response), f"{address}{query}")
    assert swept >= 50


def test_the_owner_turns_it_off(commune: AdministrativeUnit) -> None:
    with override_settings(PUBLIC_SITE=False):
        for address in PAGES:
            response = stranger().get(address)
            assert response.status_code == 302
            assert "/login/" in response["Location"]


def test_the_description_of_the_api_is_open_as_its_explorer_is() -> None:
    assert stranger().get(DESCRIPTION).status_code == 200
    with override_settings(PUBLIC_SITE=False):
        assert stranger().get(DESCRIPTION).status_code == 401


def test_an_empty_portal_says_that_nothing_is_published() -> None:
    NationFactory()
    assert "No round has been published yet" in read("/published/")


def _shows_nothing_hidden(said: str, address: str) -> None:
    assert not re.search(r"[457][.,]?00[24]\b", said), address
    assert "Không Được Nêu" not in said, address
    if "?" not in address and address not in NAME_A_ROUND:
        assert "2020-Q4" not in said, address


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.route)
def test_every_column_of_a_file_is_described(commune: AdministrativeUnit, file: File) -> None:
    written = read(f"{reverse(file.route)}?round=2020-Q2&format=csv&within=VN")
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert rows[0] == [name for name, _text in file.columns]
    assert len(rows) > 2
    assert f'href="{reverse(file.route)}?round=2020-Q2&amp;format=csv' in read("/published/")


def test_it_takes_at_most_ten_queries_and_a_second_visit_none_of_the_figures(
    commune: AdministrativeUnit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = stranger()
    for address in ("/published/", "/published/62/", "/published/608/"):
        with django_assert_max_num_queries(10):
            first = client.get(address)
        first = client.get(address)
        with django_assert_max_num_queries(1):
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304


def test_the_hash_stands_on_the_page_and_in_the_dictionary(commune: AdministrativeUnit) -> None:
    round_ = ReportingRound.objects.get(code="2020-Q2")
    for page in ("/published/", "/published/62/", "/published/data/"):
        assert "verify_publication" not in stranger().get(page).content.decode()
    for number, digest in ((1, "a" * 64), (2, "b" * 64)):
        Publication.objects.create(
            round=round_, number=number, digest=digest, parts={}, figures=4321, by=UserFactory()
        )
    for page in ("/published/", "/published/62/", "/published/data/"):
        said = stranger().get(page).content.decode()
        assert "b" * 64 in said
        assert "a" * 64 not in said
        assert "verify_publication" in said
        assert "4.321" in said
