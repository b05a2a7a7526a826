"""A page written a column at a time is, byte for byte, what the framework's renderer writes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer

from communes.models import AdministrativeUnit
from ntm_portal.lib.rendering import PageRenderer, Rows
from tests.api_client import reader_of
from tests.factories import NationFactory, UnitFactory

COLUMNS: dict[str, list[Any]] = {
    "text": ["", "Xã “Thử”", 'ngoặc "kép" \\', "dòng\r\n\t\x00", "\u2028và\u2029", "100% {0} </b>"],
    "number": [0, -1, 2**70, 7, 7, 7],
    "yes or no": [True, False, None, True, False, None],
    "true is not 1": [1, True, 0, False, None, 1],
    "null": [None, "", "null", None, "", "null"],
    "mixed": ["1", 1, None, "a", 2, ""],
    'name "with %s" \u00e9': [
        1.5,
        Decimal("1.50"),
        gettext_lazy("Log"),
        [1, {"a": None}],
        {},
        "\u2028",
    ],
    "choice": [*AdministrativeUnit.Level][:3] * 2,
}


def written(rows: Rows, media_type: str | None = None) -> tuple[bytes, bytes]:
    page = {"next": "http://x/?a=1&b=“2”", "previous": None, "count": 7}
    return (
        PageRenderer().render(page | {"results": rows}, media_type),
        JSONRenderer().render(page | {"results": rows.dicts()}, media_type),
    )


def test_every_kind_of_cell_is_written_alike() -> None:
    ours, theirs = written(Rows([*COLUMNS], [*COLUMNS.values()]))
    assert ours == theirs


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_alone_is_written_alike(name: str) -> None:
    ours, theirs = written(Rows([name], [COLUMNS[name]]))
    assert ours == theirs


def test_a_page_without_rows_is_written_alike() -> None:
    ours, theirs = written(Rows(["code", "name"], ()))
    assert ours == theirs
    assert ours.endswith(b'"results":[]}')


def test_a_page_is_indented_when_asked_for() -> None:
    ours, theirs = written(Rows([*COLUMNS], [*COLUMNS.values()]), "application/json; indent=2")
    assert ours == theirs
    assert ours.count(b"\n") > len(COLUMNS)


def test_what_is_no_page_is_left_to_the_framework() -> None:
    assert PageRenderer().render({"results": [1]}) == b'{"results":[1]}'
    assert PageRenderer().render(None) == b""


def test_a_page_tells_of_demonstration_by_its_column() -> None:
    rows = Rows(["code", "is_demonstration"], [["a", "b"], [False, True]])
    assert rows.column("is_demonstration") == [False, True]
    assert rows.column("nowhere") == Rows(["code"], ()).column("code") == ()


@pytest.mark.django_db
def test_the_api_indents_when_asked_for() -> None:
    UnitFactory(code="23329")
    reader = reader_of(NationFactory())
    answer = reader.client.get(
        "/api/v1/units/?fields=code&code=23329", headers={"accept": "application/json; indent=4"}
    )
    assert answer.content.endswith(
        b'"results": [\n        {\n            "code": "23329"\n        }\n    ]\n}'
    )
