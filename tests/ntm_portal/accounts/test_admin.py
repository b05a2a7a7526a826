import pytest
from django.test import Client
from django.urls import reverse

from ntm_portal.accounts.models import ApiToken, Assignment, User
from tests.factories import ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def test_an_administrator_gives_a_person_a_role_for_an_area(client: Client) -> None:
    person = UserFactory()
    page = client.get(reverse("admin:accounts_user_change", args=[person.pk]))
    fields = {
        **dict.fromkeys(("first_name", "last_name", "email"), ""),
        "username": person.username,
        "is_active": "on",
        "date_joined_0": "2020-01-01",
        "date_joined_1": "00:00:00",
        "assignments-TOTAL_FORMS": "1",
        "assignments-INITIAL_FORMS": "0",
        "assignments-0-role": "officer",
        "assignments-0-unit": str(ProvinceFactory().pk),
        "assignments-0-user": str(person.pk),
    }
    answer = client.post(page.request["PATH_INFO"], fields)
    assert answer.status_code == 302
    assert Assignment.objects.get(user=person).unit.code == "62"


def test_tokens_are_revoked_once_and_never_made_changed_or_deleted_here(client: Client) -> None:
    owner = UserFactory()
    ApiToken.issue(owner)
    token = ApiToken.objects.get()
    listing = reverse("admin:accounts_apitoken_changelist")
    chosen = {"action": "revoke", "_selected_action": [str(token.pk)]}
    assert client.post(listing, chosen).status_code == 302
    revoked = ApiToken.objects.get().revoked_at
    assert revoked is not None
    client.post(listing, chosen)
    assert ApiToken.objects.get().revoked_at == revoked
    assert client.get(reverse("admin:accounts_apitoken_add")).status_code == 403
    assert (
        client.post(
            reverse("admin:accounts_apitoken_delete", args=[token.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert b"digest" not in client.get(listing).content


def test_someone_who_is_not_staff_stays_outside() -> None:
    client = Client()
    client.force_login(User.objects.create_user("plain"))
    assert client.get(reverse("admin:index")).status_code == 302
