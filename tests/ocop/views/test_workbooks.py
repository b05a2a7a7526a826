"""Producers and products go out by Excel and come back: all or nothing, every fault named."""

from __future__ import annotations

from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from ocop import services
from ocop.models import Producer, Product
from ocop.register_tables import producer_table
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory
from tests.ocop.rows import a_producer, a_product, officer
from tests.workbooks import rows_of, send_filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
PRODUCERS = "/ocop/producers/to-fill.xlsx", "/ocop/producers/upload/"
PRODUCTS = "/ocop/products/to-fill.xlsx", "/ocop/products/upload/"
# Columns of producers: number, last step, name, English, kind, commune, joined, tax code …
NAME, KIND, COMMUNE, JOINED, TAX = 3, 5, 6, 7, 8


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def hers(client_of: Callable[[User], Client], by: User) -> Client:
    client = client_of(by)
    client.cookies["language"] = "en"
    return client


def test_what_stands_in_the_register_goes_out_and_unchanged_comes_back_as_nothing(
    hers: Client, by: User
) -> None:
    row = a_producer(by, is_led_by_woman=True)
    theirs = UnitFactory(parent=DistrictFactory(code="436", parent=ProvinceFactory(code="42")))
    Producer.objects.create(name="Khác", kind="farm", commune=theirs, joined_on=date(2020, 1, 1))
    heading, *rows = rows_of(hers, PRODUCERS[0])
    assert heading[NAME - 1] == "Name"
    held = [line for line in rows if line[0]]
    assert [line[0] for line in held] == [row.pk]
    assert held[0][KIND - 1] == "cooperative"
    assert held[0][COMMUNE - 1] == row.commune.code
    steps = row.steps.count()
    answer = send_filled(hers, *PRODUCERS, {})
    assert answer.status_code == 422
    assert "nothing that is not known" in answer.content.decode()
    assert row.steps.count() == steps


def test_a_changed_row_changes_and_a_row_without_a_number_is_new(hers: Client, by: User) -> None:
    row = a_producer(by)
    new = {NAME: "Hộ Sâm", KIND: "household business", COMMUNE: row.commune.code}
    cells = {(3, column): value for column, value in new.items()} | {(3, JOINED): "31/12/2019"}
    answer = send_filled(hers, *PRODUCERS, {(2, NAME): "HTX Khác", **cells})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.name, row.steps.count()) == ("HTX Khác", 2)
    made = Producer.objects.exclude(pk=row.pk).get()
    assert (made.name, made.kind, made.joined_on) == ("Hộ Sâm", "household", date(2019, 12, 31))


def test_one_fault_keeps_all_out_and_every_fault_stands_at_its_cell(hers: Client, by: User) -> None:
    row = a_producer(by)
    good = {NAME: "Hộ", KIND: "farm", COMMUNE: row.commune.code, JOINED: date(2020, 1, 1)}
    cells = {(line, column): value for line in range(3, 8) for column, value in good.items()}
    cells |= {(line, NAME): f"Hộ {line}" for line in range(3, 8)}
    faulty = {(3, KIND): "bank", (4, COMMUNE): "nowhere", (5, JOINED): "mai", (6, TAX): "123"}
    foreign = {(7, 1): 999}
    answer = send_filled(hers, *PRODUCERS, {**cells, **faulty, **foreign})
    assert answer.status_code == 422
    said = answer.content.decode()
    for place in ("row 3, column E", "row 4, column F", "row 5, column G", "row 6, column H"):
        assert place in said
    assert "row 7, column A" in said
    assert Producer.objects.get() == row


def test_a_row_that_somebody_changed_meanwhile_is_refused(hers: Client, by: User) -> None:
    row = a_producer(by)
    table = producer_table(by)
    entry = services.ProducerEntry("Tên mới", "cooperative", row.commune, row.joined_on)
    services.change_producer(row.pk, entry, by=by)
    book = load_workbook(BytesIO(table.workbook()))
    book.worksheets[0].cell(2, NAME, "Tên khác")
    stale = BytesIO()
    book.save(stale)
    book.close()
    from ocop.register_tables import enter_producers

    saved, faults = enter_producers(stale.getvalue(), by=by)
    assert (saved, [fault.row for fault in faults]) == (0, [2])
    assert Producer.objects.get().name == "Tên mới"


def test_products_go_the_same_way_and_a_long_story_keeps_its_lines(hers: Client, by: User) -> None:
    product = a_product(by, story="Dòng một.\nDòng hai.")
    name, group, new = 4, 6, {3: str(product.producer_id), 4: "Rượu sâm", 6: "drinks"}
    cells = {(3, column): value for column, value in new.items()} | {(2, name): "Mật mới"}
    assert send_filled(hers, *PRODUCTS, cells).status_code == 302
    product.refresh_from_db()
    assert (product.name, product.story) == ("Mật mới", "Dòng một.\nDòng hai.")
    assert Product.objects.exclude(pk=product.pk).get().group == "drink"
    refused = send_filled(hers, *PRODUCTS, {(4, name): "Không chủ", (4, group): "drinks"})
    assert "row 4, column C" in refused.content.decode()
    assert "A product has a producer" in refused.content.decode()


def test_the_file_comes_back_marked_when_asked(hers: Client, by: User) -> None:
    a_producer(by)
    answer = send_filled(hers, *PRODUCERS, {(2, KIND): "bank"}, give_back="on")
    assert answer["Content-Disposition"].endswith('"ocop-producers-marked.xlsx"')


def test_another_workbook_is_refused_in_words(hers: Client, by: User) -> None:
    a_product(by)
    answer = send_filled(hers, PRODUCTS[0], PRODUCERS[1], {})
    assert "This is not the workbook of this page" in answer.content.decode()


def test_who_only_reads_gets_neither_workbook_nor_page(
    client_of: Callable[[User], Client],
) -> None:
    from tests.factories import UserFactory

    client = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    assert [client.get(address).status_code for address in (*PRODUCERS, *PRODUCTS)] == [403] * 4


def test_the_workbook_of_thirty_costs_the_queries_of_one(
    by: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_producer(by)
    make = partial(producer_table, by)
    by.scope  # noqa: B018  (read once for each request)
    with django_assert_num_queries(1):
        make().workbook()
    for number in range(29):
        a_producer(by, name=f"HTX {number}")
    with django_assert_num_queries(1):
        make().workbook()
