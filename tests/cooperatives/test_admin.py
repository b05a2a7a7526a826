"""The administration shows the register and changes nothing of it."""

import pytest
from django.test import Client
from django.urls import reverse

from cooperatives.models import Cooperative
from tests.cooperatives.rows import a_cooperative
from tests.factories import UserFactory
from tests.ocop.rows import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", ["cooperative", "yearlyreturn"])
def test_an_administrator_reads_every_list_and_adds_nothing(client: Client, model: str) -> None:
    assert client.get(reverse(f"admin:cooperatives_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:cooperatives_{model}_add")).status_code == 403


def test_a_cooperative_is_read_and_not_changed_past_its_service(client: Client) -> None:
    row = a_cooperative(officer(), name="HTX Thử")
    address = reverse("admin:cooperatives_cooperative_change", args=[row.pk])
    assert "HTX Thử" in client.get(address).content.decode()
    assert client.post(address, {"name": "Khác"}).status_code == 403
    assert Cooperative.objects.get().name == "HTX Thử"
