from datetime import date
from io import BytesIO
from zipfile import ZipFile

from ntm_portal.lib.packages import settled

CORE = (
    '<cp:coreProperties><dcterms:created xsi:type="dcterms:W3CDTF">2026-01-02T03:04:05Z'
    "</dcterms:created></cp:coreProperties>"
)


def packed(**members: str) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return written.getvalue()


def test_every_date_is_set_and_the_rest_stays_as_it_was() -> None:
    content = packed(**{"word/document.xml": "<a/>", "docProps/core.xml": CORE})
    with ZipFile(BytesIO(settled(content, date(2020, 12, 31)))) as archive:
        assert archive.namelist() == ["word/document.xml", "docProps/core.xml"]
        assert archive.read("word/document.xml") == b"<a/>"
        assert (
            "2020-12-31T00:00:00Z</dcterms:created>" in archive.read("docProps/core.xml").decode()
        )
        assert {item.date_time for item in archive.infolist()} == {(2020, 12, 31, 0, 0, 0)}
