"""Rows of another table told beside a row are the rows themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import OuterRef

from communes.models import AdministrativeUnit
from ntm_portal.lib import json_rows
from programme.models import Target
from tests.factories import NationFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


def test_every_field_comes_back_as_it_stands() -> None:
    NationFactory()
    ProvinceFactory()
    made = [
        Target.objects.create(
            code=f"t{at}",
            metric="communes_certified_share",
            comparator=">=",
            value=value,
            is_approximate=bool(at),
            baseline_date=None if at else date(2019, 12, 31),
            due_on=date(2020, 12, 31),
            legal_ref="Kế hoạch “năm 2020”",
        )
        for at, value in enumerate((Decimal("0.10"), Decimal("999999999999.99")))
    ]
    own = Target.objects.filter(unit_code=OuterRef("code"))
    rows = AdministrativeUnit.objects.annotate(told=json_rows.beside(own)).order_by("path")
    nation, province = (json_rows.of(Target, vars(row)["told"]) for row in rows)
    assert province == []
    assert len(nation) == 2
    for found in nation:
        stands = next(item for item in made if item.pk == found.pk)
        stands.refresh_from_db()
        for field in Target._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(stands, field.attname), field.name
