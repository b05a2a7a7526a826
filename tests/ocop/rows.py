"""Producers, products and evaluations for tests, each as plain as its test allows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ocop import services
from ocop.models import Certificate, Producer, Product
from ocop.services import Award, Dossier, ProducerEntry, ProductEntry, SheetEntry
from tests.factories import ProvinceFactory, UnitFactory, UserFactory

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.models import User
    from ocop.models import Evaluation

DAY = date(2020, 10, 1)
GOOD = {"min-3a": True, "min-3b": True, "min-4b": True}
PARTS = {"A": Decimal(30), "B": Decimal(20), "C": Decimal(30)}


def officer() -> User:
    return UserFactory(roles={"officer": ProvinceFactory()})


def a_producer(by: User, commune: AdministrativeUnit | None = None, **fields: Any) -> Producer:
    entry: dict[str, Any] = {
        "name": "HTX Mật ong Măng Đen",
        "kind": "cooperative",
        "joined_on": date(2020, 3, 1),
    }
    made = ProducerEntry(**entry | {"commune": commune or UnitFactory()} | fields)
    return services.register_producer(made, by=by, is_new=True)


def a_product(by: User, **fields: Any) -> Product:
    entry = {"name": "Mật ong rừng", "group": "food"} | fields
    producer = entry.pop("producer", None) or a_producer(by)
    return services.register_product(ProductEntry(producer=producer, **entry), by=by)


def an_evaluation(product: Product, by: User, **fields: Any) -> Evaluation:
    entry: dict[str, Any] = {"kind": "first", "level": "province", "filed_on": date(2020, 8, 1)}
    dossier = Dossier(**{**entry, "evaluated_on": DAY} | fields)
    return services.open_evaluation(product.pk, dossier, by=by)


def scored(product: Product, by: User, *totals: int, **fields: Any) -> Evaluation:
    """A concluded evaluation: each total is that of one assessor."""
    row = an_evaluation(product, by, **fields)
    for number, total in enumerate(totals or (80,)):
        points = {"A": Decimal(min(total, 35)), "B": Decimal(min(max(total - 35, 0), 25))}
        points["C"] = Decimal(total) - points["A"] - points["B"]
        services.save_sheet(row.pk, SheetEntry(f"Người chấm {number + 1}", points), by=by)
    return services.conclude(row.pk, GOOD, by=by)


def an_award(**fields: Any) -> Award:
    entry: dict[str, Any] = {"stars": 4, "level": "province", "number": "12/QĐ-UBND", "on": DAY}
    return Award(**entry | fields)


def a_certificate(by: User, **fields: Any) -> Certificate:
    return services.certify(a_product(by).pk, an_award(**fields), by=by)
