"""A file that is far too large is dropped while it arrives; what stands beside it is not."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from ntm_portal.lib.uploads import receiving


def post(content: bytes) -> tuple[str | None, int | None]:
    upload = SimpleUploadedFile("values.xlsx", content)
    request = RequestFactory().post("/", {"workbook": upload, "name": "Đoàn Kết"})
    kept = request.FILES.get("workbook")
    found = request.POST.get("name"), kept.size if kept else None
    request.close()
    return found


@pytest.mark.parametrize(("size", "kept"), [(99, 99), (100, 100), (101, None), (100_000, None)])
def test_a_file_is_kept_up_to_the_bound(
    monkeypatch: pytest.MonkeyPatch, size: int, kept: int | None
) -> None:
    monkeypatch.setattr(receiving, "MOST_RECEIVED", 100)
    assert post(b"x" * size) == ("Đoàn Kết", kept)


def test_a_file_on_its_way_to_the_disk_is_dropped_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receiving, "MOST_RECEIVED", 3_000_000)
    assert post(b"x" * 3_000_000)[1] == 3_000_000
    assert post(b"x" * 4_000_000) == ("Đoàn Kết", None)
