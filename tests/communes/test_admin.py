"""The map is searched and read in the administration, and changed nowhere there."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communes.models import AdministrativeUnit, Designation, Region, Succession
from ntm_portal.accounts.models import User
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
MODELS = [AdministrativeUnit, Designation, Region, Succession]


@pytest.fixture
def administrator(client_of: Callable[[User], Client]) -> Client:
    return client_of(UserFactory(is_staff=True, is_superuser=True))


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:communes_{model.__name__.lower()}_{page}", args=args)


@pytest.fixture
def rows() -> dict[type, Model]:
    old, new = UnitFactory(name="Xã Đoàn Kết"), UnitFactory(name="Xã Vinh Quang")
    return {
        AdministrativeUnit: old,
        Region: old.region,
        Succession: Succession.objects.create(
            predecessor=old, successor=new, kind="merge", effective_date=date(2025, 7, 1)
        ),
        Designation: Designation.objects.create(
            unit=old, kind="poor", valid_from=date(2018, 1, 1), legal_ref="QĐ 275"
        ),
    }


@pytest.mark.parametrize("model", [AdministrativeUnit, Succession, Designation])
@pytest.mark.parametrize(("asked", "found"), [("doan ket", 1), ("ĐOÀN", 1), ("không có", 0)])
def test_a_row_is_found_with_and_without_tone_marks(
    administrator: Client, rows: dict[type, Model], model: type, asked: str, found: int
) -> None:
    page = administrator.get(address(model, "changelist"), {"q": asked})
    assert page.context["cl"].result_count == found


def test_a_unit_is_found_by_its_whole_code(administrator: Client) -> None:
    unit = UnitFactory()
    page = administrator.get(address(AdministrativeUnit, "changelist"), {"q": unit.code})
    assert list(page.context["cl"].result_list) == [unit]


@pytest.mark.parametrize("model", MODELS)
def test_even_an_administrator_only_reads(
    administrator: Client, rows: dict[type, Model], model: type
) -> None:
    row = rows[model]
    assert administrator.get(address(model, "change", row.pk)).status_code == 200
    assert administrator.post(address(model, "change", row.pk), {}).status_code == 403
    assert administrator.get(address(model, "add")).status_code == 403
    assert administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_the_list_of_units_asks_the_same_however_long(administrator: Client) -> None:
    asked = []
    for more in (1, 29):
        UnitFactory.create_batch(more)
        with CaptureQueriesContext(connection) as queries:
            administrator.get(address(AdministrativeUnit, "changelist"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
