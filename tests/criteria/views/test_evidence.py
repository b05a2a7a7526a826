"""The files and notes behind a value on its page, and who is handed a file."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries, Settings

from criteria.models import Assessment, Evidence, Measure, ReportingRound, ValueNote
from criteria.services import evidence
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_apart(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def pdf(said: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("survey.pdf", b"%PDF-1.7 " + said)


def value(assessment: Assessment, where: str = "why") -> str:
    return f"/criteria/assessments/{assessment.pk}/values/5/{where}/"


def test_a_file_and_a_note_are_sent_together_and_stand_on_page_and_form(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    client = browser(officer)
    data = {"files": [pdf()], "note": "Counted in June."}
    answer = client.post(value(assessment, "evidence"), data, follow=True)
    page = answer.content.decode()
    for said in ("1 file is kept.", "The note is kept.", "survey.pdf", "Counted in June."):
        assert said in page
    form = client.get(f"/criteria/assessments/{assessment.pk}/").content.decode()
    assert "2 files and notes" in form


def test_a_note_stays_typed_when_the_file_beside_it_is_refused(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    data = {"files": [SimpleUploadedFile("a.pdf", b"MZ")], "note": "Counted in June."}
    answer = browser(officer).post(value(assessment, "evidence"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "By its content" in page
    assert ">Counted in June.</textarea>" in page
    assert not ValueNote.objects.exists()


def test_a_note_stays_typed_when_the_round_was_closed_meanwhile(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ReportingRound.objects.update(status="closed")
    answer = browser(officer).post(value(assessment, "evidence"), {"note": "Counted in June."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Round 2020-Q4 is closed" in page
    assert "Counted in June." in page


def test_a_form_that_is_sent_empty_says_what_to_do(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    answer = browser(officer).post(value(assessment, "evidence"), follow=True)
    assert "choose a file, or write a note" in answer.content.decode()


def test_what_is_taken_back_says_by_whom_and_can_still_be_read(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    (kept,) = evidence.attach(assessment.pk, "5", [pdf()], by=officer)
    client = browser(officer)
    answer = client.post(f"/criteria/evidence/{kept.pk}/withdraw/", follow=True)
    assert "1 file was taken back" in answer.content.decode()
    handed = client.get(f"/criteria/evidence/{kept.pk}/")
    assert handed.status_code == 200
    handed.close()


@pytest.mark.parametrize(
    ("role", "province", "read", "withdrawn"),
    [
        ("officer", "62", 200, True),
        ("verifier", "62", 200, False),
        ("committee", "62", 200, False),
        ("officer", "42", 404, False),
    ],
)
def test_a_file_is_handed_to_who_may_see_the_value_and_taken_back_by_who_may_type_it(
    browser: Browser,
    assessment: Assessment,
    measure: Measure,
    officer: User,
    role: str,
    province: str,
    read: int,
    withdrawn: bool,
) -> None:
    (kept,) = evidence.attach(assessment.pk, "5", [pdf()], by=officer)
    theirs = ProvinceFactory(code=province, path=f"/VN/{province}/")
    client = browser(UserFactory(roles={role: theirs}))
    answer = client.get(f"/criteria/evidence/{kept.pk}/")
    assert answer.status_code == read
    if read == 200:
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer.getvalue() == b"%PDF-1.7 "
    client.post(f"/criteria/evidence/{kept.pk}/withdraw/")
    assert Evidence.objects.exclude(withdrawn_at=None).exists() == withdrawn


def test_many_files_and_notes_take_as_many_queries_as_one(
    browser: Browser,
    assessment: Assessment,
    measure: Measure,
    officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    evidence.attach(assessment.pk, "5", [pdf()], by=officer)
    evidence.remark(assessment.pk, "5", "One.", by=officer)
    client = browser(officer)
    with django_assert_num_queries(17):
        client.get(value(assessment))
    evidence.attach(assessment.pk, "5", [pdf(bytes([n])) for n in range(10)], by=officer)
    for number in range(10):
        evidence.remark(assessment.pk, "5", f"Note {number}.", by=officer)
    with django_assert_num_queries(17):
        client.get(value(assessment))
