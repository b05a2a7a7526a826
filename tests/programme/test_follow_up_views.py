"""What followed to successors is one list, narrowed by who administers where, ticked off once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import FollowUp, Resolution
from tests.factories import NationFactory, RoundFactory, UserFactory
from tests.programme.resolutions.ground import load_map, with_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
LIST = "/units/resolutions/followed/"
DAY = date(2025, 7, 1)


def followed(path: str = "", kind: str = "area", subject: str = "Chị Hà, officer") -> FollowUp:
    """Make a row, brought by a resolution in the area of `path`, or by an official list."""
    by = Resolution.objects.filter(path=path).first() if path else None
    if path and by is None:
        by = Resolution.objects.create(
            kind="merge", status="applied", effective_date=DAY, legal_ref=f"NQ {path}", path=path
        )
    return FollowUp.objects.create(
        resolution=by,
        listed_for=None if by else DAY,
        kind=kind,
        subject=subject,
        former="Tỉnh Kon Tum",
    )


@pytest.fixture
def national(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(roles={"administrator": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def test_it_is_narrowed_by_kind_state_and_what_brought_it(national: Client) -> None:
    first = followed("/VN/62/", "target", "Target A")
    followed("", "token", "Token B")
    page = national.get(LIST).content.decode()
    assert "Target A" in page
    assert "Token B" in page
    assert "official list, change of" in page
    for asked, shown, hidden in [
        ("kind=target", "Target A", "Token B"),
        (f"origin=r{first.resolution_id}", "Target A", "Token B"),
        ("origin=2025-07-01", "Token B", "Target A"),
    ]:
        page = national.get(f"{LIST}?{asked}").content.decode()
        assert shown in page
        assert hidden not in page


def test_what_was_looked_at_bears_name_and_time_and_is_not_taken_over(
    national: Client, client_of: Callable[[User], Client]
) -> None:
    row = followed("/VN/62/")
    answer = national.post(f"{LIST}check/?kind=area", {"checked": [row.pk]})
    assert answer["Location"] == f"{LIST}?kind=area"
    row.refresh_from_db()
    seen = (row.checked_by, row.checked_at)
    assert seen[0]
    other = client_of(UserFactory(roles={"administrator": NationFactory()}))
    other.post(f"{LIST}check/", {"checked": [row.pk, "x"]})
    row.refresh_from_db()
    assert (row.checked_by, row.checked_at) == seen
    assert row.subject not in national.get(f"{LIST}?state=open").content.decode()
    page = national.get(f"{LIST}?state=checked").content.decode()
    assert seen[0].display_name in page


def test_who_administers_a_province_sees_and_ticks_what_followed_there(
    client_of: Callable[[User], Client],
) -> None:
    load_map()
    hers, elsewhere, listed = followed("/VN/62/"), followed("/VN/51/"), followed()
    client = client_of(with_role("administrator", "62"))
    page = client.get(LIST).content.decode()
    assert f'value="{hers.pk}"' in page
    assert f'value="{elsewhere.pk}"' not in page
    client.post(f"{LIST}check/", {"checked": [hers.pk, elsewhere.pk, listed.pk]})
    assert list(FollowUp.objects.exclude(checked_at=None)) == [hers]
    assert client_of(with_role("officer", "62")).get(LIST).status_code == 404


def test_the_worklist_of_an_administrator_leads_there(
    national: Client, client_of: Callable[[User], Client]
) -> None:
    round_ = RoundFactory()
    address = f"{LIST}?state=open"
    assert address not in national.get(f"/criteria/rounds/{round_.code}/").content.decode()
    followed()
    assert address in national.get(f"/criteria/rounds/{round_.code}/").content.decode()
    officer = client_of(UserFactory(roles={"officer": NationFactory()}))
    assert address not in officer.get(f"/criteria/rounds/{round_.code}/").content.decode()


def test_more_rows_need_no_more_queries(national: Client) -> None:
    counts = []
    for number in (1, 20):
        for _ in range(number):
            followed("/VN/62/")
        with CaptureQueriesContext(
            connection,
        ) as made:
            national.get(LIST)
        counts.append(len(made))
    assert counts[0] == counts[1]
