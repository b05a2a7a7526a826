"""The pages of the register of cooperatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperatives.models import Cooperative, YearlyReturn
from tests.cooperatives.rows import a_cooperative
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory, UserFactory
from tests.ocop.rows import officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

    ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def hers(client_of: ClientOf, by: User) -> Client:
    client = client_of(by)
    client.cookies["language"] = "en"
    return client


def test_a_cooperative_is_entered_reports_and_is_verified(
    hers: Client, client_of: ClientOf
) -> None:
    commune = UnitFactory()
    typed = {"name": "HTX Đăk Hà", "kind": "cooperative", "commune": commune.code}
    typed |= {"registered_under": "Luật Hợp tác xã 2012", "registered_on": "1/4/2015"}
    hers.post("/cooperatives/new/", typed)
    row = Cooperative.objects.get()
    base = f"/cooperatives/{row.pk}/"
    assert hers.get(f"{base}returns/?year=2020")["Location"] == f"{base}returns/2020/"
    answer = hers.post(f"{base}returns/2020/", {"score": "80", "points-1": "7.5"})
    assert "0 to 7" in " ".join(answer.context["form"].errors["points-1"])
    hers.post(f"{base}returns/2020/", {"score": "80", "points-1": "7"})
    item = YearlyReturn.objects.get()
    hers.post(f"/cooperatives/returns/{item.pk}/submit/")
    judge = client_of(UserFactory(roles={"verifier": ProvinceFactory()}))
    judge.post(f"/cooperatives/returns/{item.pk}/return/", {"reason": "thiếu chữ ký"})
    assert "thiếu chữ ký" in hers.get(base).content.decode()
    hers.post(f"/cooperatives/returns/{item.pk}/submit/")
    judge.post(f"/cooperatives/returns/{item.pk}/verify/")
    item.refresh_from_db()
    assert (item.status, item.rating, item.is_effective) == ("verified", "good", True)
    hers.post(f"{base}dissolve/", {"on": "1/6/2021", "document": "3/QĐ"})
    row.refresh_from_db()
    assert str(row.dissolved_on) == "2021-06-01"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"capital_million_vnd": "-5"}, "capital_million_vnd", "below 0"),
        ({"members": "ten"}, "members", "not a number"),
        ({"members": "5", "women_members": "6"}, "women_members", "more women"),
        ({"registered_on": "1/1/2099"}, "registered_on", "future"),
        ({"name": "htx nong nghiep dak ha"}, "is_new", "registered already"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_what_cannot_be_comes_back_with_its_sentence(
    hers: Client, by: User, typed: dict[str, str], field: str, said: str
) -> None:
    row = a_cooperative(by)
    whole = {"name": "Khác", "kind": "cooperative", "commune": row.commune.code}
    whole |= {"registered_under": "Luật Hợp tác xã 2012", "registered_on": "1/4/2015"}
    answer = hers.post("/cooperatives/new/", whole | typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?q=dak+ha", 1),
        ("?state=active&on=2020-12-31", 2),
        ("?state=no-return&on=2020-12-31", 1),
        ("?state=effective&on=2020-12-31", 1),
        ("?state=not-effective&on=2020-12-31", 1),
        ("?state=to-verify", 1),
        ("?rating=good&on=2020-12-31", 1),
        ("?state=ended", 0),
        ("?within=62", 2),
    ],
)
def test_the_list_is_narrowed(hers: Client, by: User, query: str, found: int) -> None:
    row = a_cooperative(by)
    a_cooperative(by, name="HTX Khác")
    hers.post(f"/cooperatives/{row.pk}/returns/2020/", {"score": "85"})
    hers.post(f"/cooperatives/returns/{row.returns.get().pk}/submit/")
    page = hers.get(f"/cooperatives/{query}")
    assert page.context["page"].paginator.count == found
    assert hers.get(f"/cooperatives/export.xlsx{query}").content.startswith(b"PK")


def test_the_list_takes_as_many_queries_for_30_rows_as_for_1(hers: Client, by: User) -> None:
    commune = UnitFactory()
    counts = []
    for more in (1, 29):
        for number in range(more):
            a_cooperative(by, name=f"HTX {more} {number}", commune=commune)
        with CaptureQueriesContext(connection) as queries:
            hers.get("/cooperatives/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_another_province_is_as_if_it_were_not_there(client_of: ClientOf, by: User) -> None:
    row = a_cooperative(by)
    other = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    UnitFactory(parent=DistrictFactory(code="436", parent=other))
    stranger = client_of(UserFactory(roles={"officer": other, "verifier": other}))
    for address in ("", "edit/", "suspend/", "returns/2020/", "join/1/"):
        answer = stranger.post(f"/cooperatives/{row.pk}/{address}", {"name": "x"})
        assert answer.status_code in {404, 405}, address
    assert stranger.get(f"/cooperatives/{row.pk}/").status_code == 404
    assert row.name not in stranger.get("/cooperatives/").content.decode()


def test_who_only_reads_changes_nothing(client_of: ClientOf, by: User) -> None:
    row = a_cooperative(by)
    reader = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    assert reader.get(f"/cooperatives/{row.pk}/").status_code == 200
    for address in ("new/", f"{row.pk}/edit/", f"{row.pk}/dissolve/", f"{row.pk}/returns/2020/"):
        assert reader.get(f"/cooperatives/{address}").status_code == 403, address
