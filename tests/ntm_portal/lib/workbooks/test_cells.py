"""What a cell says, in each of the ways in which people write it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from ntm_portal.lib.workbooks import Cell, CellFault, answer_in, day_in, number_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ntm_portal.lib.workbooks.reading import Value


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("", None),
        ("  ", None),
        (41, "41"),
        (39.5, "39.5"),
        (0.1 + 0.2, "0.3"),
        ("39,5", "39.5"),
        (" 1.234,5 ", "1234.5"),
        (0, "0"),
    ],
)
def test_a_number_is_read_without_a_word(value: Value, number: str | None) -> None:
    reading = number_in(Cell(value))
    assert reading.number == (None if number is None else Decimal(number))
    assert reading.notice == ""


@pytest.mark.parametrize(
    ("cell", "number", "said"),
    [
        (Cell("95%"), "95", "95"),
        (Cell("0,95"), "0.95", "95"),
        (Cell(0.95), "0.95", "95"),
        (Cell(0.95, is_percentage=True), "95", "95"),
        (Cell(61.33333333), "61.3333", "61,3333"),
        (Cell("1.234"), "1234", "1.234"),
    ],
)
def test_what_can_be_read_in_two_ways_says_how_it_is_read(
    cell: Cell, number: str, said: str
) -> None:
    reading = number_in(cell, is_share=True)
    assert reading.number == Decimal(number)
    assert said in reading.notice


@pytest.mark.parametrize(
    "cell",
    [
        Cell("nhiều"),
        Cell("31/12/2020"),
        Cell(date(2020, 5, 12)),
        Cell(datetime(2020, 5, 12, 1, 2)),  # noqa: DTZ001  (Excel knows no zones)
        Cell(time(1, 2)),
        Cell("95%"),
        Cell("0.95"),
        Cell(value=True),
        Cell(1e30),
        Cell(float("nan")),
        Cell("", error="#REF!"),
        Cell("", is_not_computed=True),
        Cell(5, merged_into="A1:B2"),
    ],
    ids=str,
)
def test_what_is_no_number_gets_a_sentence(cell: Cell) -> None:
    with pytest.raises(CellFault) as fault:
        number_in(cell)
    assert fault.value.sentence


def test_each_fault_has_a_sentence_of_its_own() -> None:
    cells = [Cell("x"), Cell("31/12/2020"), Cell("95%"), Cell(value=True), Cell("", error="#N/A")]
    said = set()
    for cell in cells:
        with pytest.raises(CellFault) as fault:
            number_in(cell)
        said.add(fault.value.sentence)
    assert len(said) == len(cells)


@pytest.mark.parametrize("value", ["Có", "co", "YES", "x", 1, 1.0, True, "Đạt"])
def test_yes_in_many_ways(value: Value) -> None:
    assert answer_in(Cell(value)) is True


@pytest.mark.parametrize("value", ["Không", "no", 0, False, "Chưa  đạt"])
def test_no_in_many_ways(value: Value) -> None:
    assert answer_in(Cell(value)) is False


def test_neither_yes_nor_no() -> None:
    assert answer_in(Cell("")) is None
    with pytest.raises(CellFault):
        answer_in(Cell("có lẽ"))


@pytest.mark.parametrize(
    "value",
    ["31/12/2020", "31-12-2020", "31.12.2020", date(2020, 12, 31), datetime(2020, 12, 31)],  # noqa: DTZ001  (a cell knows no zone)
)
def test_a_day_in_many_ways(value: Value) -> None:
    assert day_in(Cell(value)) == date(2020, 12, 31)


@pytest.mark.parametrize("value", ["31/02/2020", "2020", "hôm qua", 44196])
def test_no_day(value: Value) -> None:
    with pytest.raises(CellFault):
        day_in(Cell(value))
    assert day_in(Cell("")) is None
