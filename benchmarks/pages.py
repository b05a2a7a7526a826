"""Pages of the committee against the very queries they ask, put to the bare database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Work
from ntm_portal.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

TURNS, MOST_QUERIES = 15, 10
PAGES = {
    "the nation against its own queries": "/places/VN/?round=2020-Q4",
    "a province against its own queries": "/places/62/?round=2020-Q4",
    "where to act against its own queries": "/places/VN/act/?round=2020-Q4",
}


def page_works() -> Iterator[Work]:
    """Yield each page, and the nation's once more for a reader who has it already."""
    client = Client()
    client.force_login(User.objects.get(username="committee"))
    for name, address in PAGES.items():
        client.get(address)  # what is made once for all is made
        with CaptureQueriesContext(connection) as queries:
            tag = client.get(address)["ETag"]
        assert len(queries) <= MOST_QUERIES, (name, len(queries))
        bare = _bare([query["sql"] for query in queries])
        yield Work(name, TURNS, lambda: None, _reads(client, address), bare)
        if address.startswith("/places/VN/?"):
            again = _reads(client, address, {"If-None-Match": tag})
            yield Work("the nation, nothing changed (304)", TURNS, lambda: None, again, bare)


def _reads(
    client: Client, address: str, headers: dict[str, str] | None = None
) -> Callable[[], object]:
    return lambda: client.get(address, headers=headers).content


def _bare(asked: Sequence[str]) -> Callable[[], object]:
    def ask() -> None:
        with connection.cursor() as cursor:
            for query in asked:
                cursor.execute(query.replace("%", "%%"), ())
                cursor.fetchall()

    return ask
