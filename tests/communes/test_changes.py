"""The ledger is numbered as transactions commit: in order, without a gap, nothing skipped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from communes.change_models import Change
from communes.changes import Changed, Kind, record_changes
from tests.ledger import numbered
from tests.on_postgresql import on_postgresql

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/VN/62/608/23329/"


def write(*keys: str) -> None:
    record_changes(Kind.ASSESSMENT, [Changed(key, PATH, "2020-Q4") for key in keys])


def order() -> list[tuple[int | None, str]]:
    return [(row.seq, row.key) for row in Change.objects.order_by("seq")]


@pytest.mark.django_db(transaction=True)
def test_each_transaction_continues_where_the_last_one_ended() -> None:
    for keys in (["a", "b"], ["c"]):
        with transaction.atomic():
            write(*keys)
    first = order()[0][0]
    assert first is not None
    assert order() == [(first, "a"), (first + 1, "b"), (first + 2, "c")]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_leaves_no_gap() -> None:
    with transaction.atomic():
        write("a")
        with transaction.atomic():
            write("b")
            transaction.set_rollback(True)
        write("c")
    with transaction.atomic():
        write("d")
        transaction.set_rollback(True)
    with transaction.atomic():
        write("e")
    (first, a), (second, c), (third, e) = order()
    assert (a, c, e) == ("a", "c", "e")
    assert first is not None
    assert (second, third) == (first + 1, first + 2)


@pytest.mark.django_db(transaction=True)
def test_thousands_are_numbered_at_once() -> None:
    with transaction.atomic():
        write(*map(str, range(2500)))
    numbers = [seq for seq, _key in order()]
    assert numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + 2500))


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        write("a")
    assert order() == []


@pytest.mark.django_db
def test_a_line_knows_its_province_and_its_round() -> None:
    record_changes(Kind.SUMMARY, [Changed("VN", "/VN/"), Changed("23329", PATH, "2020-Q4")])
    record_changes(Kind.ROUND, [Changed("2020-Q4")], is_deletion=True)
    numbered()
    assert list(
        Change.objects.values_list("key", "province_code", "round_code", "is_deletion")
    ) == [("VN", "", "", False), ("23329", "62", "2020-Q4", False), ("2020-Q4", "", "", True)]


@pytest.mark.django_db
def test_a_reader_finds_what_lies_in_her_area_and_what_belongs_to_no_place() -> None:
    record_changes(Kind.SUMMARY, [Changed("VN", "/VN/"), Changed("23329", PATH), Changed("x")])
    numbered()
    found = Change.objects.within(["/VN/62/"])
    assert {row.key for row in found} == {"23329", "x"}
    assert Change.objects.within([]).get().key == "x"


@pytest.mark.django_db
def test_a_hundred_lines_cost_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        write(*map(str, range(100)))


@on_postgresql
def test_commits_in_the_wrong_order_skip_nothing(
    side_by_side: Callable[..., list[Any]],
) -> None:
    """The one that wrote first commits last: it comes last, and who read meanwhile misses none."""
    has_written, has_committed = threading.Event(), threading.Event()
    read_meanwhile: list[str] = []

    def slow() -> None:
        with transaction.atomic():
            write("first-written")
            has_written.set()
            assert has_committed.wait(20)

    def quick() -> None:
        assert has_written.wait(20)
        with transaction.atomic():
            write("second-written")
        read_meanwhile.extend(Change.objects.after(0).values_list("key", flat=True))
        has_committed.set()

    side_by_side(slow, quick)
    assert read_meanwhile == ["second-written"]
    (first, one), (second, two) = order()
    assert (one, two) == ("second-written", "first-written")
    assert second == (first or 0) + 1


@on_postgresql
def test_many_writers_at_once_leave_no_gap(side_by_side: Callable[..., list[Any]]) -> None:
    def writer(name: str) -> None:
        for number in range(10):
            with transaction.atomic():
                write(f"{name}-{number}", f"{name}-{number}-again")

    side_by_side(*(lambda name=name: writer(name) for name in "abcd"))
    numbers = [seq for seq, _key in order()]
    assert numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + 80))
    assert connection.vendor == "postgresql"
