"""The people of the demonstration can sign in and do what is said of them, and no more."""

import pytest
from django.test import Client

from ntm_portal.accounts.models import User
from programme.demonstration.accounts import ACCOUNTS, MAKER, Account, make_accounts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: str(account.username))
def test_each_signs_in_with_the_password_that_is_printed(places: None, account: Account) -> None:
    make_accounts()
    assert Client().login(username=account.username, password=f"{account.username}-demo")
    user = User.objects.get(username=account.username)
    assert [(held.role, held.unit.code) for held in user.assignments.all()] == [
        (account.role, account.unit_code)
    ]
    assert user.is_staff == user.is_superuser == (account.role == "administrator")


def test_the_accounts_are_the_five_that_were_promised() -> None:
    assert [account.username for account in ACCOUNTS] == [
        "officer",
        "verifier",
        "committee",
        "admin",
        "officer2",
    ]
    assert all(str(account.may) for account in ACCOUNTS)


def test_nobody_signs_in_as_the_maker(places: None) -> None:
    maker = make_accounts()[MAKER]
    assert not maker.is_active
    assert not maker.has_usable_password()


def test_who_is_there_already_keeps_her_password(places: None) -> None:
    make_accounts()
    officer = User.objects.get(username="officer")
    officer.set_password("her-own-choice")
    officer.save()
    assert make_accounts()["officer"] == officer
    assert Client().login(username="officer", password="her-own-choice")
