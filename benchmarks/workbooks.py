"""Excel both ways for 300 communes: given out, sent back with 600 cells changed, applied.

Each step is held to five seconds of the server's time, and compared with openpyxl or calamine
alone writing or reading the same cells.
"""

from __future__ import annotations

import time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from benchmarks.measuring import Work
from communes.models import AdministrativeUnit
from communes.services import mark_stale
from criteria.models import Assessment, ReportingRound, ValueUpload
from ntm_portal.accounts.models import Assignment, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROVINCE = "40"  # Nghệ An: more than 300 communes
COMMUNES, CELLS, TURNS = 300, 600, 3
MOST_SECONDS = 5.0
CODES = ("2.1", "2.2")  # two shares of every commune


def workbook_works() -> Iterator[Work]:
    """Yield the three steps; each turn changes 600 cells anew."""
    client, address = _officer()
    given = client.get(f"{address}workbook/").content
    sheets: list[bytes] = []
    pages: list[str] = []
    turns = iter(range(1, 1_000))

    def give() -> None:
        assert client.get(f"{address}workbook/").status_code == 200

    def change() -> None:
        sheets.append(_changed(client.get(f"{address}workbook/").content, next(turns)))

    def send() -> None:
        book = SimpleUploadedFile("ntm.xlsx", sheets[-1])
        page = client.post(f"{address}excel/", {"workbook": book})["Location"]
        assert client.get(page).status_code == 200
        pages.append(page)

    def arrange_apply() -> None:
        change()
        send()

    def apply() -> None:
        client.post(f"{pages[-1]}apply/")
        assert ValueUpload.objects.latest("pk").applied_values == CELLS

    def read_bare() -> None:
        CalamineWorkbook.from_filelike(BytesIO(given)).get_sheet_by_index(0).to_python()

    yield Work("300 communes given out by Excel", TURNS, _nothing, _held(give), _write(given))
    yield Work("600 changed cells read and previewed", TURNS, change, _held(send), read_bare)
    yield Work(
        "600 changed cells applied",
        TURNS,
        arrange_apply,
        _held(apply),
        lambda: load_workbook(BytesIO(given), read_only=False),
    )


def _officer() -> tuple[Client, str]:
    """Return an officer of a large province, all of which may be typed, and the round's address."""
    round_ = ReportingRound.objects.get(status=ReportingRound.Status.OPEN)
    province = AdministrativeUnit.objects.on(round_.reference_date).get(code=PROVINCE)
    hers = Assessment.objects.filter(round=round_).within([province.path])
    assert hers.update(status="draft") >= COMMUNES
    mark_stale(hers.values_list("unit_id", flat=True), since=round_.reference_date)
    person = User.objects.create(username="bench-excel")
    Assignment.objects.create(user=person, unit=province, role=Assignment.Role.OFFICER)
    client = Client()
    client.force_login(person)
    return client, f"/criteria/rounds/{round_.code}/"


def _changed(content: bytes, turn: int) -> bytes:
    """Write two other shares into every row, as an officer would in Excel."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    codes = [cell.value for cell in sheet[1]]
    columns = [codes.index(next(c for c in codes if str(c).split()[0] == code)) for code in CODES]
    for row in sheet.iter_rows(min_row=3, max_row=COMMUNES + 2):
        for column in columns:
            row[column].value = float(Decimal(40 + turn % 2) + Decimal(turn % 50) / 10)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _held(step: Callable[[], None]) -> Callable[[], None]:
    def timed() -> None:
        start = time.perf_counter()
        step()
        spent = time.perf_counter() - start
        assert spent <= MOST_SECONDS, (step.__name__, spent)

    return timed


def _write(given: bytes) -> Callable[[], None]:
    """Return how openpyxl alone writes the same cells."""
    rows = CalamineWorkbook.from_filelike(BytesIO(given)).get_sheet_by_index(0).to_python()

    def write() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
        book.save(BytesIO())

    return write


def _nothing() -> None:
    """Arrange nothing: giving out changes nothing."""
