"""The page of schemes says which score sheets judge nothing, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ocop.models import ScoreSheet
from tests.ocop.rows import officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db


def a_sheet(name: str, *, scheme_code: str = "ocop-2019", **fields: Any) -> ScoreSheet:
    return ScoreSheet.objects.create(
        scheme_code=scheme_code, name=name, body={}, digest=name, **fields
    )


def test_an_unsound_sheet_stands_with_its_reason_and_a_sound_one_without(
    client_of: Callable[[User], Client],
) -> None:
    a_sheet("Rau", is_sound=True)
    fault = {"code": "part-sum", "where": "B", "found": "24", "expected": "25"}
    a_sheet("Gạo", is_sound=False, faults=[fault])
    a_sheet("Cũ", is_sound=False, is_current=False, faults=[{"code": "empty", "where": ""}])
    a_sheet(
        "Lạ", is_sound=False, scheme_code="x", faults=[{"code": "unknown-scheme", "where": "x"}]
    )
    client = client_of(officer())
    client.cookies["language"] = "en"
    page = client.get("/ocop/schemes/").content.decode()
    assert "1 of 2 score sheets are sound and judge" in page
    assert "The items of part B add up to 24; the scheme gives it 25." in page
    assert "There is no scheme “x”." in page
    assert "Cũ" not in page
