"""LibreOffice opens the Word and Excel reports and says the same words from them."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from typing import TYPE_CHECKING

import pytest

from programme.reports.making import WRITERS
from tests import libreoffice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from programme.reports.document import Document

pytestmark = pytest.mark.django_db


def test_word_and_excel_open_without_a_repair(
    composed: Callable[[str], Document], tmp_path: Path
) -> None:
    document = composed("VN")
    names = {form: tmp_path / f"{form}-report.{form}" for form in ("docx", "xlsx")}
    for form, path in names.items():
        path.write_bytes(WRITERS[form](document))
    done = subprocess.run(
        [
            *(libreoffice.SOFFICE, "--headless", f"-env:UserInstallation={tmp_path.as_uri()}/user"),
            *("--convert-to", "html", "--outdir", str(tmp_path), *map(str, names.values())),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "Error" not in done.stdout + done.stderr
    for path in names.values():
        page = path.with_suffix(".html").read_text(encoding="utf-8")
        text = " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert "xã Mường Hoong" in text
        assert document.digest in text
