"""An administrator enters a resolution on pages; nobody else finds them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.loading import load_lists
from communes.models import AdministrativeUnit, Resolution
from tests.factories import RoundFactory
from tests.programme.resolutions.ground import UNITS, applied, load_map, the_list, unit, with_role
from tests.programme.rows import MET, assess, set_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
HOME = "/units/resolutions/"
TYPED = {
    "effective_date": "01/01/2021",
    "legal_ref": "Nghị quyết 7",
    "units": "23326\n23329",
    "became": "23326; Xã Ia Kết",
    "parent": "",
}


@pytest.fixture
def admin() -> User:
    load_map()
    return with_role("administrator", "62")


@pytest.fixture
def client(admin: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(admin)


def typed(client: Client, kind: str = "merge", **fields: str) -> Any:  # Django's test response
    return client.post(f"{HOME}new/{kind}/", {**TYPED, **fields})


def test_she_types_sees_what_it_changes_applies_it_and_takes_it_back(
    client: Client, admin: User
) -> None:
    assert "nhập các đơn vị" in client.get(HOME).content.decode()
    with_role("officer", "23329", "Chị Hà")
    round_ = RoundFactory(code="2021-Q2", reference_date=date(2021, 6, 30))
    assess(unit("23329"), round_, MET, criteria_set=set_of(1))
    assert client.get(f"{HOME}new/merge/").status_code == 200
    response = typed(client)
    resolution = Resolution.objects.get()
    page = f"{HOME}{resolution.pk}/"
    assert response["Location"] == page
    preview = client.get(page).content.decode()
    assert "Xã Ia Kết" in preview
    assert "Chị Hà" in preview
    assert "Xã Đoàn Kết, 2021-Q2" in preview
    assert not AdministrativeUnit.objects.filter(name="Xã Ia Kết").exists()
    assert client.get(f"{page}edit/").status_code == 200
    client.post(f"{page}apply/")
    assert AdministrativeUnit.objects.filter(name="Xã Ia Kết").exists()
    shown = client.get(page).content.decode()
    assert "Chị Hà" in shown
    follow_up = resolution.follow_ups.get()
    client.post(f"{page}check/", {"checked": [follow_up.pk]})
    follow_up.refresh_from_db()
    assert follow_up.checked_by == admin
    client.post(f"{page}withdraw/")
    assert not AdministrativeUnit.objects.filter(name="Xã Ia Kết").exists()
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("kind", "fields", "field", "sentence"),
    [
        ("merge", {"units": "99999"}, "units", "99999"),
        ("merge", {"units": "23326"}, "units", "hai"),
        ("merge", {"units": "23326\n23326"}, "units", "hai lần"),
        ("merge", {"units": "23326\n608"}, "units", "cùng cấp"),
        ("merge", {"units": "23326\n23356"}, "parent", "khác nhau"),
        ("merge", {"became": "23356; Xã Ia Kết"}, "became", "Xã Đắk Choong"),
        ("merge", {"became": "23326; Ia Kết"}, "became", "đặc khu"),
        ("merge", {"became": "Xã Ia Kết"}, "became", "mã"),
        ("merge", {"units": "21034\n23326", "parent": "608"}, "units", "quản trị"),
        ("merge", {"effective_date": "31/02/2021"}, "effective_date", ""),
        ("split", {"units": "608", "became": "609; Huyện A\n611; Huyện B"}, "became", "23326"),
        ("rename", {"units": "23326", "became": "Phường Ia Chim"}, "became", "loại"),
        ("kind", {"units": "23326", "became": "Xã Ia Chim"}, "became", "loại"),
        ("transfer", {"units": "608", "parent": "23326"}, "parent", "chính nó"),
        ("dissolve", {"units": "608", "became": "610\n522"}, "units", "trước"),
        ("explain", {"units": "23326", "became": "23329"}, "units", "kế thừa"),
    ],
)
def test_what_the_map_denies_stands_at_its_field_and_what_was_typed_stays(
    client: Client, kind: str, fields: dict[str, str], field: str, sentence: str
) -> None:
    response = typed(client, kind, **fields)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence in str(errors[field])
    assert "Nghị quyết 7" in response.content.decode()
    assert not Resolution.objects.exists()


def test_a_draft_can_be_thrown_away(client: Client) -> None:
    typed(client)
    draft = Resolution.objects.get()
    assert client.post(f"{HOME}{draft.pk}/discard/")["Location"] == HOME
    assert not Resolution.objects.exists()


def test_an_unresolved_unit_is_shown_with_a_way_to_resolve_it(client: Client) -> None:
    load_lists([the_list(date(2021, 6, 1), [row for row in UNITS if row[0] != "23329"])])
    page = client.get(HOME).content.decode()
    assert "Xã Đoàn Kết" in page
    form = f"{HOME}new/explain/?unit=23329"
    assert form in page
    assert "23329" in client.get(form).content.decode()


def test_nobody_else_finds_them(client: Client, client_of: Callable[[User], Client]) -> None:
    typed(client)
    page = f"{HOME}{Resolution.objects.get().pk}/"
    for person in (with_role("officer", "62"), with_role("administrator", "51")):
        other = client_of(person)
        assert other.get(page).status_code == 404
        assert other.post(f"{page}apply/").status_code == 404
    assert client_of(with_role("officer", "62")).get(HOME).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(client: Client, admin: User) -> None:
    counts = []
    for day in range(1, 6):
        applied("rename", admin, f"0{day}/02/2021", units="23326", became=f"Xã Số {day}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(HOME)
        counts.append(len(queries))
    assert counts[1] == counts[-1]
