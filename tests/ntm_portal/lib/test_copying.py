"""What PostgreSQL copies out is what the writer of rows writes, byte for byte."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, ProgrammingError, connection

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import IndicatorValue
from ntm_portal.lib import copying, streaming
from ntm_portal.lib.piping import LINES, piped
from programme.models import Summary
from tests.api_client import ApiReader, reader_of
from tests.factories import (
    NationFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)
from tests.ntm_portal.api.matrix import fill
from tests.ntm_portal.api.test_every_list import LISTS
from tests.on_postgresql import on_postgresql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db
WRITINGS = [
    {"bom": bom, "separator": separator}
    for bom, separator in product(("false", "true"), ("comma", "semicolon"))
]
NOTES = [
    *("", "phẩy, và; chấm phẩy", 'ngoặc "kép"', "dòng một\ndòng hai", "một\r\nhai\r", "\n"),
    *(
        "=1+1",
        "+84",
        "@tên",
        "\ttab",
        "\r",
        "-5",
        " đầu và cuối ",
        "\\.",
        "\\N",
        "NULL",
        "%s %%",
        "'",
    ),
]
NUMBERS = [None, *map(Decimal, ("0", "-0.5", "100", "1234.5", "0.0001", "99999999999999.9999"))]
DAY = datetime(2020, 12, 31, 16, 59, 59, tzinfo=UTC)
MOMENTS = [DAY, DAY + timedelta(microseconds=120), DAY + timedelta(seconds=1, milliseconds=500)]


def make_values() -> None:
    """Put values of which each column takes every form it has."""
    people = [None, UserFactory()]
    for place, (note, number) in enumerate(product(NOTES, NUMBERS)):
        value = ValueFactory(note=note, number=number, updated_by=people[place % 2])
        IndicatorValue.objects.filter(pk=value.pk).update(
            updated_at=MOMENTS[place % len(MOMENTS)],
            is_carried=place % 2 == 0,
            distance=NUMBERS[place % len(NUMBERS)],
            threshold=ThresholdFactory(measure=value.measure) if place % 3 else None,
        )


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


@pytest.fixture
def both(reader: ApiReader, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Any, Any]]:
    """Give a function that reads a list in both ways; the first is nothing where there is none."""
    made: list[bool] = []

    def noted(*asked: Any) -> Iterator[bytes] | None:
        lines = copying.copied(*asked)
        made.append(lines is not None)
        return lines

    def read(address: str, **query: Any) -> tuple[Any, Any]:
        found = []
        for way in (noted, lambda *_asked: None):
            monkeypatch.setattr(streaming, "copied", way)
            response = reader.client.get(address, {"format": "csv", **query})
            found.append(response.getvalue())
        return (found[0] if made and made.pop() else None), found[1]

    return read


@on_postgresql
@pytest.mark.parametrize("writing", WRITINGS)
def test_every_kind_of_cell_is_written_alike(
    both: Callable[..., tuple[Any, Any]], writing: dict[str, str]
) -> None:
    make_values()
    copy, rows = both("/api/v1/values/", **writing)
    assert copy == rows
    assert rows.count(b"\r\n") > len(NOTES) * len(NUMBERS)


@on_postgresql
def test_every_list_is_written_alike(both: Callable[..., tuple[Any, Any]]) -> None:
    fill()
    copied = []
    for address, view in LISTS.items():
        if "csv" not in {
            each.format for each in view(action="list", format_kwarg="").get_renderers()
        }:
            continue
        for writing in WRITINGS:
            copy, rows = both(address, **writing)
            assert copy in {None, rows}, (address, writing)
        if copy is not None:
            copied.append(address.removeprefix("/api/v1/").strip("/"))
    assert {"values", "verdicts", "summaries", "tallies", "units", "thresholds"} <= {*copied}
    assert len(copied) >= 12


@on_postgresql
def test_fields_and_filters_are_those_of_the_rows(both: Callable[..., tuple[Any, Any]]) -> None:
    value = ValueFactory(number=Decimal("61.5"))
    ValueFactory()
    asked = {"fields": "number,unit", "unit": value.assessment.unit.code}
    copy, rows = both("/api/v1/values/", **asked)
    assert copy == rows == f"number,unit\r\n61.5,{value.assessment.unit.code}\r\n".encode()
    none = both("/api/v1/values/", fields="number,unit", unit=UnitFactory().code)
    assert none == (b"number,unit\r\n", b"number,unit\r\n")


@on_postgresql
def test_what_contradicts_itself_has_a_head_alone(reader: ApiReader) -> None:
    nobody = ApiReader(UserFactory())
    written = nobody.get("values/", format="csv", fields="number,unit")
    assert written.getvalue() == b"number,unit\r\n"


@on_postgresql
def test_one_column_alone_goes_row_by_row(both: Callable[..., tuple[Any, Any]]) -> None:
    ValueFactory(note="")
    assert both("/api/v1/values/", fields="note") == (None, b'note\r\n""\r\n')


@on_postgresql
def test_what_only_the_portal_can_work_out_goes_row_by_row(
    both: Callable[..., tuple[Any, Any]],
) -> None:
    unit = UnitFactory()
    Summary.objects.create(unit=unit, round=RoundFactory(), basis="reported", computed_at=DAY)
    copy, rows = both("/api/v1/summaries/")
    assert copy == rows
    StaleUnit.objects.create(unit=unit, since=date(2020, 12, 31))
    copy, rows = both("/api/v1/summaries/", fields="unit,pending_units")
    assert copy is None
    assert rows.endswith(b",1\r\n")


def test_a_zone_with_two_offsets_is_left_to_python() -> None:
    assert copying.only_offset(ZoneInfo("Asia/Ho_Chi_Minh")) == "+07:00"
    assert copying.only_offset(ZoneInfo("Europe/Paris")) is None


def test_sqlite_has_no_copy(reader: ApiReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    ValueFactory(number=Decimal(5))
    assert reader.get("values/", format="csv", fields="number,version").getvalue() == (
        b"number,version\r\n5,1\r\n"
    )


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_reader_who_leaves_ends_the_statement() -> None:
    with connection.cursor() as cursor:
        endless = "COPY (SELECT n, 'x' FROM generate_series(1, 1000000000) n) TO STDOUT WITH CSV"
        lines = piped(cursor, endless)
        assert next(lines).startswith(b"1,x\r\n2,x\r\n")
        lines.close()
    assert AdministrativeUnit.objects.count() == 0  # the connection is free and sound


@on_postgresql
def test_a_reader_who_leaves_a_transaction_does_not_undo_it() -> None:
    UnitFactory()
    with connection.cursor() as cursor:
        many = f"COPY (SELECT generate_series(1, {LINES * 20})) TO STDOUT WITH CSV"
        lines = piped(cursor, many)
        assert next(lines).count(b"\r\n") == LINES
        lines.close()
    assert AdministrativeUnit.objects.count() > 0


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_fails_on_the_way_is_not_taken_for_the_end() -> None:
    statement = "COPY (SELECT 1 / (6000 - n) FROM generate_series(1, 9999) n) TO STDOUT"
    with connection.cursor() as cursor, pytest.raises(Exception, match="division by zero") as said:
        list(piped(cursor, statement))
    assert type(said.value).__module__ == "django.db.utils"
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        list(piped(cursor, "COPY nowhere TO STDOUT"))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_is_told() -> None:
    endless = "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT WITH CSV"
    with connection.cursor() as cursor:
        lines = piped(cursor, endless)
        next(lines)
        _end(cursor.connection.info.backend_pid)
        with pytest.raises(OperationalError):
            list(lines)
    connection.close()


def _end(process: int) -> None:
    """End a process of the database server, as its operator may."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
