"""Files that are taken and refused, by content and never by name."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import ANY, PAPERS, check_upload, office

JPEG = b"\xff\xd8\xff\xe0 a scan"
PNG = b"\x89PNG\r\n\x1a\n a scan"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 a photograph"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a document"


def archive(*names: str, mimetype: str = "") -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "<x/>")
    return whole.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
PPTX = archive("[Content_Types].xml", "ppt/presentation.xml")
ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")
ODS = archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")


def file_of(content: bytes, name: str = "whatever.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.4 x", ".pdf"),
        (JPEG, ".jpg"),
        (PNG, ".png"),
        (WEBP, ".webp"),
        (DOCX, ".docx"),
        (XLSX, ".xlsx"),
        (PPTX, ".pptx"),
        (ODT, ".odt"),
        (ODS, ".ods"),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, suffix: str) -> None:
    upload = file_of(content)
    assert check_upload(upload, ANY).suffix == suffix
    assert upload.read() == content  # nothing of it is used up


@pytest.mark.parametrize(
    "content",
    [
        b"<html>%PDF-",
        b"MZ%PDF-1.4",
        b"<svg onload=alert(1)>",
        b"GIF89a",
        b"%PD",
        b"PK\x03\x04 broken",
        archive("notes.txt"),
        archive("content.xml", mimetype="application/epub+zip"),
        archive("content.xml", mimetype="\xff" * 5_000),
    ],
)
def test_another_content_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(DomainError, match="By its content"):
        check_upload(file_of(content, "decision.pdf"), ANY)


def test_a_kind_that_is_not_asked_for_is_refused_with_those_that_are() -> None:
    with pytest.raises(DomainError, match="PDF, JPEG, PNG"):
        check_upload(file_of(DOCX), PAPERS)


def test_the_refusal_says_what_the_file_seems_to_be() -> None:
    with pytest.raises(DomainError, match="the file is “gif”"):
        check_upload(file_of(b"GIF89a" + b"0" * 60), PAPERS)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(DomainError, match="The file is empty"):
        check_upload(file_of(b""))


def test_the_old_format_and_a_password_have_their_sentence() -> None:
    with pytest.raises(DomainError, match="old format of Word or Excel, or a password"):
        check_upload(file_of(OLD_WORD))


@pytest.mark.parametrize(
    "macro", ["word/vbaProject.bin", "xl/macrosheets/sheet1.xml", "Basic/script-lc.xml"]
)
def test_a_document_with_a_macro_is_refused(macro: str) -> None:
    with pytest.raises(DomainError, match="holds macros"):
        check_upload(file_of(archive("word/document.xml", macro)))


@pytest.mark.parametrize("bound", ["MOST_MEMBERS", "MOST_UNPACKED"])
def test_a_document_that_unpacks_to_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(office, bound, 1)
    with pytest.raises(DomainError, match="unpack to far more"):
        check_upload(file_of(DOCX))


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_a_file_may_be_as_large_as_said_and_not_larger(extra: int, *, is_refused: bool) -> None:
    upload = file_of(b"%PDF-".ljust(1024**2 + extra))
    if is_refused:
        with pytest.raises(DomainError, match="too large: at most 1 MB"):
            check_upload(upload, most_bytes=1024**2)
    else:
        assert check_upload(upload, most_bytes=1024**2).suffix == ".pdf"
