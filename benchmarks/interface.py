"""The API against the bare database handing out the same rows: JSON, CSV, and nothing changed."""

from __future__ import annotations

import io
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

from benchmarks.measuring import Work
from ntm_portal.accounts.models import User
from ntm_portal.accounts.token_models import ApiToken
from programme.api.serializers import SummarySerializer

if TYPE_CHECKING:
    from collections.abc import Iterator

TURNS, STREAMS, QUIET = 15, 3, 60
SUMMARIES = "/api/v1/summaries/?page_size=1000"
VALUES = "/api/v1/values/?format=csv&fields="
# What the columns of a row are, by hand; the rest of its fields are counters of the same name.
OF_SUMMARY = {
    "unit": "u.code",
    "unit_name": "u.name",
    "level": "u.level",
    "round": "r.code",
    "as_of": "r.reference_date",
    "is_demonstration": "r.is_demonstration",
    "pending_units": "0",
}
FROM_SUMMARY = (
    "programme_summary s JOIN communes_administrativeunit u ON u.id = s.unit_id "
    "JOIN criteria_reportinground r ON r.id = s.round_id"
)
OF_VALUE = {
    "unit": "u.code",
    "unit_name": "u.name",
    "round": "r.code",
    "measure": "m.code",
    "number": "v.number",
    "verified_number": "v.verified_number",
    "verdict": "v.verdict",
    "threshold_value": "t.value",
    "distance": "v.distance",
    "version": "v.version",
    "updated_at": "v.updated_at",
}
FROM_VALUE = (
    "criteria_indicatorvalue v JOIN criteria_assessment a ON a.id = v.assessment_id "
    "JOIN communes_administrativeunit u ON u.id = a.unit_id "
    "JOIN criteria_reportinground r ON r.id = a.round_id "
    "JOIN criteria_measure m ON m.id = v.measure_id "
    "LEFT JOIN criteria_threshold t ON t.id = v.threshold_id"
)


def interface_works() -> Iterator[Work]:
    """Yield what the bars of the API are about; COPY and json_agg are PostgreSQL's."""
    client = _reader()
    yield _unchanged(client)
    if connection.vendor == "postgresql":
        yield _thousand_summaries(client)
        yield _all_values(client)


def memory_of_a_stream() -> float:
    """Return by how many megabytes the process grows at most while all values are streamed."""
    client = _reader()
    _drain(client, f"{VALUES}unit&unit=VN")  # what is loaded once is no part of a stream
    idle, most, is_over = _resident(), 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not is_over.is_set():
            most = max(most, _resident() - idle)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _drain(client, VALUES + ",".join(OF_VALUE))
    is_over.set()
    watcher.join()
    return most


def _reader() -> Client:
    key = ApiToken.issue(User.objects.get(username="committee"))
    return Client(headers={"authorization": f"Token {key}"})


def _unchanged(client: Client) -> Work:
    first = client.get(SUMMARIES)
    tag = str(first["ETag"])
    assert first.status_code == 200

    def again() -> None:
        assert client.get(SUMMARIES, headers={"if-none-match": tag}).status_code == 304

    seq = "SELECT max(seq) FROM communes_change WHERE kind = 'summary'"
    return Work("api: nothing changed (304)", QUIET, lambda: None, again, lambda: _run(seq))


def _thousand_summaries(client: Client) -> Work:
    names: list[str] = [*SummarySerializer().fields]
    columns = [f"{OF_SUMMARY.get(name, f's.{name}')} AS {name}" for name in names]
    inner = f"SELECT {', '.join(columns)} FROM {FROM_SUMMARY} ORDER BY s.id LIMIT 1000"
    assert len(client.get(SUMMARIES).json()["results"]) == 1000
    bare = f"SELECT json_agg(row_to_json(t))::text FROM ({inner}) t"

    def pull() -> None:
        assert client.get(SUMMARIES).status_code == 200

    return Work("api: 1,000 summaries / json_agg", TURNS, lambda: None, pull, lambda: _run(bare))


def _all_values(client: Client) -> Work:
    columns = ", ".join(OF_VALUE.values())
    bare = f"COPY (SELECT {columns} FROM {FROM_VALUE} ORDER BY v.id) TO STDOUT WITH CSV HEADER"
    (count,) = _run("SELECT count(*) FROM criteria_indicatorvalue")
    return Work(
        f"api: {count:,} values as CSV / COPY",
        STREAMS,
        lambda: None,
        lambda: _drain(client, VALUES + ",".join(OF_VALUE)),
        lambda: _copy(bare),
    )


def _drain(client: Client, address: str) -> int:
    response: Any = client.get(address)  # a stream, which the stubs do not tell apart
    assert response.status_code == 200
    return sum(len(part) for part in response.streaming_content)


def _copy(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(statement, _Nowhere())


class _Nowhere(io.RawIOBase):
    """A file that forgets what is written into it."""

    def write(self, part: Any) -> int:  # bytes, however they come
        return len(part)


def _run(statement: str) -> tuple[Any, ...]:  # what the statement asks for
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[Any, ...] = cursor.fetchone()
        return row


def _resident() -> float:
    """Return the memory of this process in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
