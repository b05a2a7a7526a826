"""An officer with communes, indicators of each kind, and workbooks going out and coming back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from criteria.models import Assessment, Measure
from ntm_portal.accounts.models import User
from tests.factories import (
    AssessmentFactory,
    CriterionFactory,
    MeasureFactory,
    ThresholdFactory,
    UnitFactory,
    ValueFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from openpyxl.worksheet.worksheet import Worksheet

EXCEL = "/criteria/rounds/2020-Q4/excel/"
WORKBOOK = "/criteria/rounds/2020-Q4/workbook/"
Change = Callable[["Worksheet"], None]


@pytest.fixture
def measures() -> list[Measure]:
    """A percentage that must reach 80, an answer, an amount, in a criterion each."""
    share = MeasureFactory(criterion=CriterionFactory(code="5"), code="5")
    answer = MeasureFactory(
        criterion=CriterionFactory(code="8"), code="8.1", kind="yes_no", comparator="yes", unit=""
    )
    amount = MeasureFactory(criterion=CriterionFactory(code="10"), code="10", kind="amount")
    ThresholdFactory(measure=share, value=80)
    ThresholdFactory(measure=answer, value=1)
    ThresholdFactory(measure=amount, value=41)
    return [share, answer, amount]


@pytest.fixture
def communes(measures: list[Measure]) -> list[Assessment]:
    """Three communes; the first has 70 percent, in version 1."""
    found: list[Assessment] = [
        AssessmentFactory(unit=UnitFactory(code=f"2328{n}", name=f"Xã Số {n}", name_en=""))
        for n in range(3)
    ]
    ValueFactory(assessment=found[0], measure=measures[0], number=70)
    return found


def given_out(client: Client, query: str = "") -> Workbook:
    answer = client.get(WORKBOOK + query)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def filled(book: Workbook, cells: dict[str, Any]) -> SimpleUploadedFile:
    for name, value in cells.items():
        book.worksheets[0][name] = value
    return as_upload(book)


def as_upload(book: Workbook, name: str = "back.xlsx") -> SimpleUploadedFile:
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def own(*rows: list[Any]) -> SimpleUploadedFile:
    """Return an officer's own sheet."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return as_upload(book, "mine.xlsx")


def sent(client: Client, upload: SimpleUploadedFile) -> str:
    """Send a workbook; return the address of what it says."""
    answer = client.post(EXCEL, {"workbook": upload})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


@pytest.fixture
def hers(client_of: Callable[[User], Client], officer: User, communes: list[Assessment]) -> Client:
    client = client_of(officer)
    client.cookies["language"] = "en"
    return client
