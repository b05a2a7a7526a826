import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from ntm_portal.accounts.models import Assignment, User
from ntm_portal.accounts.token_models import ApiToken
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
    assert "officer" in LogEntry.objects.get(object_id=person.pk).change_message


def test_a_person_is_never_deleted_for_her_trace_would_go_too(client: Client) -> None:
    person = UserFactory()
    address = reverse("admin:accounts_user_delete", args=[person.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [str(person.pk)], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), chosen)
    assert User.objects.filter(pk=person.pk).exists()


def test_staff_who_may_edit_people_cannot_raise_themselves() -> None:
    staff = UserFactory(is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client = Client()
    client.force_login(staff)
    address = reverse("admin:accounts_user_change", args=[staff.pk])
    assert client.post(address, {"is_superuser": "on"}).status_code == 403
    assert client.get(reverse("admin:accounts_user_add")).status_code == 403


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
    assert LogEntry.objects.get().get_edited_object() == token
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
