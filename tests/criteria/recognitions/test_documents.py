"""Papers that are taken and refused, by content and never by name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.services import documents
from criteria.services.documents import add_document, check_document
from ntm_portal.lib.errors import DomainError
from tests.factories import RecognitionFactory, UserFactory

JPEG = b"\xff\xd8\xff\xe0 a scan"
PNG = b"\x89PNG\r\n\x1a\n a scan"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.4 x", "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")],
)
def test_a_paper_is_known_by_its_content(content: bytes, kind: str) -> None:
    upload = SimpleUploadedFile("whatever.exe", content, content_type="text/html")
    assert check_document(upload).content_type == kind
    assert upload.read() == content  # nothing of it is used up


@pytest.mark.parametrize(
    "content", [b"<html>%PDF-", b"MZ%PDF-1.4", b"<svg onload=alert(1)>", b"GIF89a", b"%PD"]
)
def test_another_content_is_refused_whatever_its_name(content: bytes) -> None:
    upload = SimpleUploadedFile("decision.pdf", content, content_type="application/pdf")
    with pytest.raises(DomainError, match="none of PDF, JPEG and PNG"):
        check_document(upload)


def test_an_empty_paper_is_refused() -> None:
    with pytest.raises(DomainError, match="The file is empty"):
        check_document(SimpleUploadedFile("decision.pdf", b""))


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_a_paper_may_be_as_large_as_said_and_not_larger(
    monkeypatch: pytest.MonkeyPatch, extra: int, *, is_refused: bool
) -> None:
    monkeypatch.setattr(documents, "MOST_BYTES", 1024**2)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-".ljust(1024**2 + extra))
    if is_refused:
        with pytest.raises(DomainError, match="too large: at most 1 MB"):
            check_document(upload)
    else:
        assert check_document(upload).suffix == ".pdf"


@pytest.mark.django_db
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
    assert len(document.sha256) == 64
