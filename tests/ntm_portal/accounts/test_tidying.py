from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from ntm_portal.accounts.tasks import tidy_up
from ntm_portal.accounts.token_models import ApiToken, ApiTokenDay, KeptReply
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_answers_are_forgotten_after_a_week_and_calls_written_down() -> None:
    owner = UserFactory()
    for key, days in (("old", 8), ("new", 6)):
        KeptReply.objects.create(user=owner, key=key)
        KeptReply.objects.filter(key=key).update(at=timezone.now() - timedelta(days=days))
    client = APIClient(headers={"authorization": f"Token {ApiToken.issue(owner)}"})
    for _turn in range(3):
        client.get("/api/v1/rounds/")
    tidy_up()
    tidy_up()
    assert list(KeptReply.objects.values_list("key", flat=True)) == ["new"]
    assert ApiTokenDay.objects.get().requests == 3
