"""What is edited in the administration is rated, signed and owed to the roll-up."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.sites import AdminSite
from django.forms import modelform_factory
from django.test import Client, RequestFactory
from django.urls import reverse

from communes.models import StaleUnit
from cooperatives.admin import CooperativeAdmin, YearlyReturnAdmin
from cooperatives.models import Cooperative, YearlyReturn
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def cooperative() -> Cooperative:
    return Cooperative.objects.create(
        name="HTX Thử", commune=UnitFactory(), registered_on=date(2015, 1, 1)
    )


def test_a_saved_return_is_rated_and_signed_and_owed(rf: RequestFactory) -> None:
    row = YearlyReturn(cooperative=cooperative(), year=2020, score=Decimal(70))
    request = rf.post("/")
    request.user = UserFactory()
    YearlyReturnAdmin(YearlyReturn, AdminSite()).save_model(
        request, row, modelform_factory(type(row), fields=[])(), change=False
    )
    row.refresh_from_db()
    assert (row.rating, row.is_effective, row.recorded_by) == ("fair", True, request.user)
    assert StaleUnit.objects.get().unit == row.cooperative.commune


def test_a_return_given_to_another_cooperative_is_owed_in_both_communes(
    rf: RequestFactory,
) -> None:
    request = rf.post("/")
    request.user = UserFactory()
    wrong, right = cooperative(), cooperative()
    row = YearlyReturn.objects.create(
        cooperative=wrong,
        year=2020,
        score=Decimal(70),
        is_effective=True,
        recorded_by=request.user,
    )
    row.cooperative = right
    YearlyReturnAdmin(YearlyReturn, AdminSite()).save_model(
        request, row, modelform_factory(type(row), fields=[])(), change=True
    )
    assert {mark.unit for mark in StaleUnit.objects.all()} == {wrong.commune, right.commune}


def test_a_cooperative_that_moves_is_owed_in_both_communes(rf: RequestFactory) -> None:
    row = cooperative()
    old, new = row.commune, UnitFactory()
    row.commune = new
    CooperativeAdmin(Cooperative, AdminSite()).save_model(
        rf.post("/"), row, modelform_factory(type(row), fields=[])(), change=True
    )
    assert {mark.unit for mark in StaleUnit.objects.all()} == {old, new}


@pytest.mark.parametrize("model", ["cooperative", "yearlyreturn"])
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_an_administrator_opens_every_page(client: Client, model: str, page: str) -> None:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(reverse(f"admin:cooperatives_{model}_{page}")).status_code == 200
