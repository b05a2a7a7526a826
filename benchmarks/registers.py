"""The registers: lists, filters and searches against the bare query that finds the same rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Work
from cooperatives.models import Cooperative
from ntm_portal.accounts.models import User
from ocop.models import Certificate, Product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PRODUCTS, COOPERATIVES = 20_000, 30_000
DAY = date(2020, 12, 31)
TURNS = 15
MOST_QUERIES, MOST_BYTES = 10, 100 * 1024
PROVINCES = "SELECT * FROM communes_administrativeunit WHERE level = 'province'"
PARTS = {  # what a page shows beside its rows, by the table of these
    "ocop_product": "ocop_certificate ORDER BY product_id LIMIT 50",
    "cooperatives_cooperative": "cooperatives_yearlyreturn ORDER BY cooperative_id LIMIT 100",
}
NOTHING_HELD = "ocop_product p JOIN ocop_producer m ON m.id = p.producer_id"
BARE_STARS = (
    "EXISTS (SELECT 1 FROM ocop_certificate c WHERE c.product_id = p.id AND c.stars = 4 "
    "AND c.valid_from <= '2020-12-31' AND c.valid_to >= '2020-12-31' "
    "AND (c.revoked_on IS NULL OR c.revoked_on > '2020-12-31'))"
)


def register_works() -> Iterator[Work]:
    """Yield lists, filters and searches at the size of the bar."""
    _grow()
    products, cooperatives = "/ocop/products/?on=2020-12-31", "/cooperatives/?on=2020-12-31"
    yield _work("products: the list", products, "ocop_product p", "1 = 1")
    yield _work("products: four stars", f"{products}&stars=4", "ocop_product p", BARE_STARS)
    yield _work(
        "products: a search",
        f"{products}&q=mat+ong",
        NOTHING_HELD,
        "p.search_name LIKE '%mat ong%' OR m.search_name LIKE '%mat ong%'",
    )
    table = "cooperatives_cooperative p"
    yield _work("cooperatives: the list", cooperatives, table, "p.duplicate_of_id IS NULL")
    yield _work(
        "cooperatives: a search",
        f"{cooperatives}&q=nong+nghiep",
        table,
        "p.duplicate_of_id IS NULL AND p.search_name LIKE '%nong nghiep%'",
    )


def _work(name: str, address: str, table: str, condition: str) -> Work:
    client = Client()
    client.force_login(User.objects.get(username="committee"))
    with CaptureQueriesContext(connection) as queries:
        body = client.get(address).content
    assert len(queries) <= MOST_QUERIES, (name, len(queries))
    assert len(body) <= MOST_BYTES, (name, len(body))
    return Work(name, TURNS, lambda: None, _reads(client, address), _bare(table, condition))


def _reads(client: Client, address: str) -> Callable[[], object]:
    return lambda: client.get(address).content


def _bare(table: str, condition: str) -> Callable[[], object]:
    """Return the count and the first page, with the place of each row, as one would ask by hand."""
    joined = (
        f"{table} JOIN communes_administrativeunit u ON u.id = p.commune_id "
        f"WHERE u.path LIKE '/VN/%' AND ({condition})"
    )

    page = f"SELECT p.*, u.* FROM {joined} ORDER BY p.search_name, p.id LIMIT 50"
    parts = f"SELECT * FROM {PARTS[table.split(maxsplit=1)[0]]}"
    asked = [f"SELECT count(*) FROM {joined}", page, parts]

    def ask() -> None:
        with connection.cursor() as cursor:
            for query in (*asked, PROVINCES):
                cursor.execute(query.replace("%", "%%"), ())
                cursor.fetchall()

    return ask


def _grow() -> None:
    """Bring the demonstration to the size of the bar, by copies under other names."""
    _copy_products(PRODUCTS - Product.objects.count())
    rows = list(Cooperative.objects.filter(kind="cooperative")[:COOPERATIVES])
    short = COOPERATIVES - Cooperative.objects.count()
    for row in (copies := rows[: max(short, 0)]):
        row.pk, row.name, row.search_name = None, f"{row.name} 2", f"{row.search_name} 2"
    Cooperative.objects.bulk_create(copies, batch_size=2000)


def _copy_products(short: int) -> None:
    by = User.objects.get(username="admin")
    rows = list(Product.objects.all())
    copies = [
        Product(
            name=f"{row.name} {number}",
            search_name=f"{row.search_name} {number}",
            producer_id=row.producer_id,
            commune_id=row.commune_id,
            group=row.group,
            is_demonstration=True,
        )
        for number in range(max(short, 0) // len(rows) + 1)
        for row in rows
    ][: max(short, 0)]
    made = Product.objects.bulk_create(copies, batch_size=2000)
    Certificate.objects.bulk_create(
        [
            Certificate(
                product=row,
                stars=3 + row.pk % 2,
                decided_by_level="province",
                decision_number=f"MINH HỌA-{row.pk}",
                valid_from=DAY - timedelta(days=row.pk % 400),
                valid_to=DAY + timedelta(days=600),
                recorded_by=by,
                is_demonstration=True,
            )
            for row in made
        ],
        batch_size=2000,
    )
