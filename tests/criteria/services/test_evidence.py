"""Files and notes behind a value: who adds them, what is refused, and that nothing is erased."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from communes.change_models import Change
from criteria.models import Assessment, Evidence, Measure, ValueNote
from criteria.services import evidence
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_apart(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def pdf(name: str = "survey.pdf", said: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 " + said)


def test_a_file_is_kept_behind_a_value_that_is_still_to_be_typed(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    (kept,) = evidence.attach(assessment.pk, "5", [pdf()], by=officer)
    assert (kept.name, kept.content_type, kept.measure) == (
        "survey.pdf",
        "application/pdf",
        measure,
    )
    assert Change.objects.filter(key=str(assessment.pk)).count() == 1


def test_the_same_file_is_kept_once_until_it_is_taken_back(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    (kept,) = evidence.attach(assessment.pk, "5", [pdf(), pdf("copy.pdf")], by=officer)
    assert evidence.attach(assessment.pk, "5", [pdf()], by=officer) == []
    evidence.withdraw(kept.pk, by=officer)
    assert evidence.withdraw(kept.pk, by=officer).withdrawn_by == officer
    assert len(evidence.attach(assessment.pk, "5", [pdf()], by=officer)) == 1
    assert Evidence.objects.count() == 2, "what was taken back stays in the history"


def test_of_several_files_none_is_kept_when_one_is_refused(
    assessment: Assessment, measure: Measure, officer: User, tmp_path: Path
) -> None:
    script = SimpleUploadedFile("survey.pdf", b"#!/bin/sh")
    with pytest.raises(DomainError, match="By its content"):
        evidence.attach(assessment.pk, "5", [pdf(), script], by=officer)
    assert not Evidence.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_behind_one_value_there_is_an_end_to_files(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    files = [pdf(said=bytes([number])) for number in range(evidence.MOST_FILES)]
    evidence.attach(assessment.pk, "5", files, by=officer)
    with pytest.raises(DomainError, match="At most 20 files"):
        evidence.attach(assessment.pk, "5", [pdf(said=b"more")], by=officer)


def test_an_indicator_that_is_not_in_the_set_takes_nothing(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    with pytest.raises(DomainError, match=r"has no indicator “99\.9”"):
        evidence.attach(assessment.pk, "99.9", [pdf()], by=officer)


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "verified"])
def test_files_are_the_officers_and_notes_also_the_reviewers(
    assessment: Assessment, measure: Measure, officer: User, verifier: User, status: str
) -> None:
    Assessment.objects.update(status=status)
    done = set()
    for who in (officer, verifier):
        for what in ("attach", "remark"):
            try:
                if what == "attach":
                    evidence.attach(assessment.pk, "5", [pdf()], by=who)
                else:
                    evidence.remark(assessment.pk, "5", "Counted twice.", by=who)
                done.add((who.username, what))
            except DomainError:
                continue
    if status == "submitted":
        assert done == {("verifier", "remark")}
    else:
        assert done == {("officer", "attach"), ("officer", "remark")}


@pytest.mark.parametrize(
    ("text", "said"), [("  ", "Write the note first"), ("x" * 2001, "at most 2000")]
)
def test_a_note_says_something_and_not_everything(
    assessment: Assessment, measure: Measure, officer: User, text: str, said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        evidence.remark(assessment.pk, "5", text, by=officer)
    assert not ValueNote.objects.exists()
