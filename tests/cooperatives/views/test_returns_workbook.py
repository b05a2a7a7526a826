"""The returns of a year go out by Excel and come back as drafts: all or nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from cooperatives import services
from cooperatives.models import YearlyReturn
from cooperatives.services import ReturnEntry
from tests.cooperatives.rows import a_cooperative
from tests.ocop.rows import officer
from tests.workbooks import rows_of, send_filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
PAGES = "/cooperatives/returns.xlsx?year=2020", "/cooperatives/returns/upload/?year=2020"
# Number, last step, cooperative, commune, members, women, revenue, capital, profit, months, score
MEMBERS, WOMEN, REVENUE, SCORE = 5, 6, 7, 11


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def hers(client_of: Callable[[User], Client], by: User) -> Client:
    client = client_of(by)
    client.cookies["language"] = "en"
    return client


def test_a_filled_row_is_a_draft_that_is_rated_and_an_empty_one_nothing(
    hers: Client, by: User
) -> None:
    row, _other = a_cooperative(by, name="HTX A"), a_cooperative(by, name="HTX B")
    cells = {(2, MEMBERS): 25, (2, REVENUE): 1234.5, (2, SCORE): 85}
    assert send_filled(hers, *PAGES, cells).status_code == 302
    found = YearlyReturn.objects.get()
    assert (found.cooperative, found.year, found.members) == (row, 2020, 25)
    assert (found.revenue_million_vnd, found.status) == (Decimal("1234.50"), "draft")
    assert found.rating == "good"


def test_what_is_typed_goes_out_and_what_is_sent_does_not(hers: Client, by: User) -> None:
    typed, sent = a_cooperative(by, name="HTX A"), a_cooperative(by, name="HTX B")
    said = ReturnEntry(members=30, score=Decimal(70))
    services.save_return(typed.pk, 2020, said, by=by)
    row = services.save_return(sent.pk, 2020, said, by=by)
    services.submit_return(row.pk, by=by)
    (line,) = rows_of(hers, PAGES[0])[1:]
    assert (line[0], line[2], line[MEMBERS - 1], line[SCORE - 1]) == (typed.pk, "HTX A", 30, 70)
    assert send_filled(hers, *PAGES, {(2, MEMBERS): 31}).status_code == 302
    assert YearlyReturn.objects.get(cooperative=typed).members == 31


def test_one_fault_keeps_all_out_and_each_stands_at_its_cell(hers: Client, by: User) -> None:
    for name in "ABCD":
        a_cooperative(by, name=f"HTX {name}")
    cells = {(2, MEMBERS): 10, (3, SCORE): 101, (4, REVENUE): "nhiều", (5, MEMBERS): 5}
    answer = send_filled(hers, *PAGES, {**cells, (5, WOMEN): 6, (6, MEMBERS): 1, (6, 1): 12345})
    said = answer.content.decode()
    for place in ("row 3, column K", "row 4, column G", "row 5, column F", "row 6, column A"):
        assert place in said
    assert not YearlyReturn.objects.exists()


def test_the_workbook_of_another_year_is_refused(hers: Client, by: User) -> None:
    a_cooperative(by)
    other = "/cooperatives/returns.xlsx?year=2019"
    answer = send_filled(hers, other, PAGES[1], {(2, MEMBERS): 10})
    assert answer.status_code == 422
    assert not YearlyReturn.objects.exists()
