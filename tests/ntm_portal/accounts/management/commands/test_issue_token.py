from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ntm_portal.accounts.token_models import ApiToken
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def issue(*arguments: str) -> str:
    out = StringIO()
    call_command("issue_token", *arguments, stdout=out)
    return out.getvalue().splitlines()[-1]


def test_the_last_line_is_a_token_of_the_person() -> None:
    owner = UserFactory(username="officer")
    token = ApiToken.objects.get(digest=ApiToken.digest_of(issue("officer")))
    assert token.user == owner


def test_earlier_tokens_stay_valid() -> None:
    UserFactory(username="officer")
    issue("officer")
    issue("officer")
    assert ApiToken.objects.filter(revoked_at=None).count() == 2


def test_a_new_token_may_replace_the_earlier_ones_of_the_same_person() -> None:
    UserFactory(username="officer")
    UserFactory(username="other")
    kept, _old = issue("other"), issue("officer")
    new = issue("officer", "--replace")
    valid = set(ApiToken.objects.filter(revoked_at=None).values_list("digest", flat=True))
    assert valid == {ApiToken.digest_of(kept), ApiToken.digest_of(new)}


def test_it_only_reads_unless_it_is_asked_to_write() -> None:
    UserFactory(username="officer")
    keys = issue("officer"), issue("officer", "--write")
    tokens = [ApiToken.objects.get(digest=ApiToken.digest_of(key)) for key in keys]
    assert [token.may_write for token in tokens] == [False, True]


@pytest.mark.parametrize("is_active", [True, False])
def test_nobody_gets_a_token_who_cannot_sign_in(is_active: bool) -> None:
    UserFactory(username="gone" if not is_active else "somebody", is_active=is_active)
    with pytest.raises(CommandError, match="gone"):
        issue("gone")
    assert not ApiToken.objects.exists()
