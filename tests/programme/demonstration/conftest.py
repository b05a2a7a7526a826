"""A small part of the real map, the real law, and the command run on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from criteria.loading import load_set
from programme.demonstration.loader import load
from programme.demonstration.orders import Order, look
from programme.demonstration.story import TOLD
from tests.factories import DistrictFactory, ProvinceFactory, RegionFactory, UnitFactory

TODAY = date(2026, 11, 24)
LAW = Path(settings.BASE_DIR) / "criteria" / "data" / "commune-2016-2020.json"
Run = Callable[..., bool]


@pytest.fixture
def country(places: None) -> None:
    """Set the law in force in Kon Tum and Hà Tĩnh."""
    load_set(LAW)


@pytest.fixture
def places(db: None) -> None:
    """Make Kon Tum with the told communes and some more, and Hà Tĩnh with a few."""
    cities = [DistrictFactory(), DistrictFactory(code="615", name="Huyện Đắk Hà")]
    for told in TOLD.values():
        UnitFactory(code=told.code, name=told.name, parent=cities[0])
    for number in range(12):
        name = f"Xã Thử {number}"
        UnitFactory(code=f"9{number:04}", name=name, parent=cities[number % 2])
    coast = RegionFactory(code="BTB", name="Bắc Trung Bộ", name_en="North Central")
    other = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh", region=coast)
    district = DistrictFactory(code="436", name="Thành phố Hà Tĩnh", parent=other)
    for number in range(5):
        UnitFactory(code=f"8{number:04}", name=f"Xã Biển {number}", parent=district)


@pytest.fixture
def run(country: None) -> Run:
    """Return the loader; it tells whether there was anything to do."""

    def loaded(*provinces: str, seed: int | None = None, today: date = TODAY) -> bool:
        order = Order(today=today, provinces=provinces, seed=seed)
        work = look(order)
        if work is not None:
            load(order, work, lambda communes: None)
        return work is not None

    return loaded
