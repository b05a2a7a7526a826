"""A score sheet goes out as a workbook and comes back; all its faults are named by their cells."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from ocop.models import AssessorSheet
from tests.ocop.rows import a_product, an_evaluation, officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from ntm_portal.accounts.models import User
    from ocop.models import Evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def evaluation(by: User) -> Evaluation:
    return an_evaluation(a_product(by), by)


@pytest.fixture
def hers(client_of: Callable[[User], Client], by: User) -> Client:
    client = client_of(by)
    client.cookies["language"] = "en"
    return client


def send(
    client: Client, evaluation: Evaluation, *points: float | str | None, **typed: str
) -> HttpResponse:
    base = f"/ocop/evaluations/{evaluation.pk}/"
    book = load_workbook(BytesIO(client.get(f"{base}sheet.xlsx").content))
    for row, value in enumerate(points, 2):
        book.worksheets[0].cell(row, 5, value)
    filled = BytesIO()
    book.save(filled)
    book.close()
    upload = SimpleUploadedFile("phiếu.xlsx", filled.getvalue())
    typed |= {"assessor": "Ông A"}
    return client.post(f"{base}sheets/upload/", {**typed, "workbook": upload})  # type: ignore[return-value]  # a test response


def test_what_goes_out_and_is_filled_in_comes_back(hers: Client, evaluation: Evaluation) -> None:
    assert send(hers, evaluation, 30, 20, 30.5).status_code == 302
    row = AssessorSheet.objects.get()
    assert (row.assessor, str(row.total)) == ("Ông A", "80.50")
    assert {code: float(points) for code, points in row.points.items()} == {
        "A": 30,
        "B": 20,
        "C": 30.5,
    }


def test_all_faults_are_named_by_their_cells(hers: Client, evaluation: Evaluation) -> None:
    answer = send(hers, evaluation, 36, "nhiều", None)
    assert answer.status_code == 422
    said = answer.content.decode()
    for row in (2, 3, 4):
        assert f"row {row}, column E" in said
    assert not AssessorSheet.objects.exists()


def test_the_file_comes_back_marked_when_asked(hers: Client, evaluation: Evaluation) -> None:
    answer = send(hers, evaluation, 36, 20, 30, give_back="on")
    book = load_workbook(BytesIO(answer.content))
    assert book.worksheets[0].cell(2, 2).value == "E2"
    book.close()


def test_a_workbook_of_another_evaluation_is_refused(
    hers: Client, by: User, evaluation: Evaluation
) -> None:
    other = an_evaluation(a_product(by), by)
    book = hers.get(f"/ocop/evaluations/{other.pk}/sheet.xlsx").content
    answer = hers.post(
        f"/ocop/evaluations/{evaluation.pk}/sheets/upload/",
        {"assessor": "Ông A", "workbook": SimpleUploadedFile("a.xlsx", book)},
    )
    assert "belongs to another evaluation" in answer.content.decode()


def test_what_is_no_workbook_is_refused_with_a_sentence(
    hers: Client, evaluation: Evaluation
) -> None:
    answer = hers.post(
        f"/ocop/evaluations/{evaluation.pk}/sheets/upload/",
        {"assessor": "Ông A", "workbook": SimpleUploadedFile("a.xlsx", b"no")},
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors
