"""A page that a reader has already is not sent twice, and never to another reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import Client, RequestFactory

from communes.changes import Changed, Kind, record_changes
from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from ntm_portal.accounts.models import User
from programme.rollup import rebuild
from tests.factories import NationFactory, ProvinceFactory, RoundFactory, UnitFactory, UserFactory
from tests.ledger import numbered
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
PAGES = [
    "/places/VN/",
    "/places/62/",
    "/places/VN/communes/",
    "/places/VN/criteria/",
    "/places/VN/act/?group=poor",
    "/places/VN/what-if/",
    "/places/VN/?map=today",
]


@pytest.fixture
def round_() -> ReportingRound:
    return RoundFactory()


@pytest.fixture
def commune(round_: ReportingRound) -> AdministrativeUnit:
    set_of(2)
    commune = UnitFactory()
    assess(commune, round_, MET, NOT_MET)
    rebuild(round_)
    numbered()
    return commune


@pytest.fixture
def committee(client_of: ClientOf) -> Client:
    return client_of(UserFactory(roles={"committee": NationFactory()}))


def again(client: Client, address: str, tag: str) -> HttpResponse:
    return client.get(address, headers={"If-None-Match": tag})  # type: ignore[return-value]  # a response, in the stubs of another name


@pytest.mark.parametrize("address", PAGES)
def test_a_second_visit_with_nothing_changed_is_answered_304(
    committee: Client, commune: AdministrativeUnit, address: str
) -> None:
    first = committee.get(address)
    second = again(committee, address, f"W/{first['ETag']}")
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]
    for answer in (first, second):
        assert {"private", "no-cache"} == set(answer["Cache-Control"].split(", "))
        assert "Cookie" in answer["Vary"]


def test_whatever_is_recorded_shows_at_once(
    committee: Client, commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    tag = committee.get("/places/VN/")["ETag"]
    record_changes(Kind.ASSESSMENT, [Changed("1", commune.path)])
    numbered()
    assert again(committee, "/places/VN/", tag).status_code == 200


def test_a_change_in_another_province_leaves_hers_as_it_was(
    client_of: ClientOf, commune: AdministrativeUnit
) -> None:
    hers = ProvinceFactory(code="42")
    reader = client_of(UserFactory(roles={"committee": hers}))
    tag = reader.get("/places/42/")["ETag"]
    record_changes(Kind.ASSESSMENT, [Changed("1", commune.path)])
    numbered()
    assert again(reader, "/places/42/", tag).status_code == 304
    record_changes(Kind.ASSESSMENT, [Changed("1", hers.path)])
    numbered()
    assert again(reader, "/places/42/", tag).status_code == 200


def test_what_one_reader_keeps_opens_nothing_to_another(
    committee: Client, client_of: ClientOf, commune: AdministrativeUnit
) -> None:
    tag = committee.get("/places/VN/")["ETag"]
    colleague = client_of(UserFactory(roles={"committee": NationFactory()}))
    assert again(colleague, "/places/VN/", tag).status_code == 200
    stranger = client_of(UserFactory(roles={"officer": ProvinceFactory(code="42")}))
    assert again(stranger, "/places/VN/", tag).status_code == 404
    assert again(Client(), "/places/VN/", tag).status_code == 302


def test_the_other_language_is_another_page(committee: Client, commune: AdministrativeUnit) -> None:
    tag = committee.get("/places/VN/")["ETag"]
    committee.cookies["language"] = "en"
    assert again(committee, "/places/VN/", tag).status_code == 200


def test_a_page_whose_forms_no_longer_hold_is_sent_anew(
    committee: Client, commune: AdministrativeUnit
) -> None:
    tag = committee.get("/places/VN/")["ETag"]
    committee.cookies["csrftoken"] = "a" * 32
    assert again(committee, "/places/VN/", tag).status_code == 200


def test_a_message_is_shown_once_and_kept_by_nobody(
    committee: Client, commune: AdministrativeUnit
) -> None:
    tag = committee.get("/places/VN/")["ETag"]
    said, answer = CookieStorage(RequestFactory().get("/")), HttpResponse()
    said.add(constants.SUCCESS, "Đã lưu")
    said.update(answer)
    committee.cookies["messages"] = answer.cookies["messages"].value
    shown = again(committee, "/places/VN/", tag)
    assert "Đã lưu" in shown.content.decode()
    assert "ETag" not in shown


def test_what_says_what_to_do_is_not_kept(committee: Client, commune: AdministrativeUnit) -> None:
    assert "ETag" not in committee.get("/places/VN/?round=1999-Q9")
