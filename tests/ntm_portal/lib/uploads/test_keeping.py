"""A file is kept under a name of our own and handed out to be saved, never run."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from criteria.services.documents import add_document
from ntm_portal.lib.uploads import hand_out
from tests.factories import RecognitionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("QĐ số 12.PDF", "QĐ số 12.pdf"),
        ("scan.exe", "scan.pdf"),
        ("..\\..\\etc\\passwd", "passwd.pdf"),
        ("x" * 250 + ".pdf", "x" * 190 + ".pdf"),
    ],
)
def test_it_is_kept_under_a_name_of_our_own(name: str, shown: str) -> None:
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    upload._name = name  # type: ignore[attr-defined]  # noqa: SLF001  (as a client sends it)
    document = add_document(RecognitionFactory(), upload, "decision", by=UserFactory())
    assert document.name == shown
    stored = document.file.name or ""
    assert stored.endswith(".pdf")
    assert "passwd" not in stored
    assert (document.size_bytes, len(document.sha256)) == (10, 64)


def test_it_is_handed_out_to_be_saved_and_never_run() -> None:
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    document = add_document(RecognitionFactory(), upload, "decision", by=UserFactory())
    answer = hand_out(document.file, document.name, document.content_type)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.getvalue() == b"%PDF-1.4 x"
    answer.close()


def test_a_lost_file_is_not_there() -> None:
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    document = add_document(RecognitionFactory(), upload, "decision", by=UserFactory())
    document.file.storage.delete(document.file.name or "")
    with pytest.raises(Http404):
        hand_out(document.file, document.name, document.content_type)
