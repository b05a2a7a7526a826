"""The administration shows the register and changes nothing of it."""

import pytest
from django.test import Client
from django.urls import reverse

from ocop.models import Certificate
from tests.factories import UserFactory
from tests.ocop.rows import a_certificate, officer

pytestmark = pytest.mark.django_db
MODELS = ("producer", "product", "evaluation", "certificate", "scoresheet", "expiryreminder")


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_reads_every_list_and_adds_nothing(client: Client, model: str) -> None:
    assert client.get(reverse(f"admin:ocop_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:ocop_{model}_add")).status_code == 403


def test_a_certificate_is_read_and_not_changed_past_its_service(client: Client) -> None:
    row = a_certificate(officer())
    address = reverse("admin:ocop_certificate_change", args=[row.pk])
    assert row.decision_number in client.get(address).content.decode()
    assert client.post(address, {"stars": "5"}).status_code == 403
    assert Certificate.objects.get().stars == row.stars
    assert client.post(reverse("admin:ocop_certificate_delete", args=[row.pk])).status_code == 403
