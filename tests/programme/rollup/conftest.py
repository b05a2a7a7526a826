"""A small map on which things are rolled up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
)
from tests.programme.rows import set_of

Unit = AdministrativeUnit


@dataclass(frozen=True, slots=True)
class Scene:
    """Two provinces, one with two districts, one with none."""

    round: ReportingRound
    nation: Unit
    province: Unit
    district: Unit
    other_district: Unit
    flat_province: Unit
    communes: Sequence[Unit]  # two in `district`, one in the other, two right in `flat_province`
    ward: Unit


@pytest.fixture
def scene(db: None) -> Scene:
    set_of(2)
    nation, province = NationFactory(), ProvinceFactory()
    flat = ProvinceFactory(code="99", kind=Unit.Kind.CENTRAL_CITY)
    district, other = DistrictFactory(), DistrictFactory(code="609")
    parents = [district, district, other, flat, flat]
    communes = [UnitFactory(parent=parent) for parent in parents]
    ward = UnitFactory(parent=district, kind=Unit.Kind.WARD)
    return Scene(RoundFactory(), nation, province, district, other, flat, communes, ward)
