"""Who may try the demonstration, with passwords that everybody knows, and who made its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communes.models import AdministrativeUnit
from ntm_portal.accounts.models import Assignment, User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Role = Assignment.Role
MAKER = "demonstration"


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the demonstration: how she signs in, for which area, and what she may do."""

    username: str
    first_name: str  # family and middle name: written first in Vietnamese
    last_name: str
    role: Role
    unit_code: str
    may: _StrPromise

    @property
    def password(self) -> str:
        """Return the password, known to everybody who reads this."""
        return f"{self.username}-demo"


ACCOUNTS = (
    Account(
        "officer",
        "Nguyễn Thị",
        "Hương",
        Role.OFFICER,
        "62",
        _("types and sends the values of the communes of Kon Tum"),
    ),
    Account(
        "verifier",
        "Trần Thị",
        "Hà",
        Role.VERIFIER,
        "62",
        _("verifies or returns what the officer of Kon Tum sent"),
    ),
    Account(
        "committee",
        "Lê Văn",
        "Bình",
        Role.COMMITTEE,
        "VN",
        _("reads the figures of the whole country, down to one value"),
    ),
    Account(
        "admin",
        "Phạm Quốc",
        "Anh",
        Role.ADMINISTRATOR,
        "VN",
        _("keeps units, criteria, rounds and people"),
    ),
    Account(
        "officer2",
        "Hoàng Thị",
        "Mai",
        Role.OFFICER,
        "42",
        _("types and sends the values of the communes of Hà Tĩnh"),
    ),
)
OFFICERS = {
    account.unit_code: account.username for account in ACCOUNTS if account.role is Role.OFFICER
}
VERIFIERS = {
    account.unit_code: account.username for account in ACCOUNTS if account.role is Role.VERIFIER
}


def make_accounts() -> dict[str, User]:
    """Make whoever is missing of the people and the maker of the data; return all by username.

    A person who is there already keeps her password and her roles.
    """
    names = [MAKER, *(account.username for account in ACCOUNTS)]
    people = {user.username: user for user in User.objects.filter(username__in=names)}
    if MAKER not in people:
        people[MAKER] = _make_maker()
    units = {unit.code: unit for unit in AdministrativeUnit.objects.filter(valid_from=None)}
    for account in ACCOUNTS:
        if account.username not in people and account.unit_code in units:
            people[account.username] = _make(account, units[account.unit_code])
    return people


def _make_maker() -> User:
    """Make the actor of whatever nobody typed; nobody can sign in as it."""
    maker = User(username=MAKER, first_name="Dữ liệu", last_name="minh họa", is_active=False)
    maker.set_unusable_password()
    maker.save()
    return maker


def _make(account: Account, unit: AdministrativeUnit) -> User:
    administers = account.role is Role.ADMINISTRATOR
    user = User.objects.create_user(
        account.username,
        password=account.password,
        email=f"{account.username}@demonstration.example",  # a name that leads nowhere
        first_name=account.first_name,
        last_name=account.last_name,
        is_staff=administers,
        is_superuser=administers,
    )
    Assignment.objects.create(user=user, role=account.role, unit=unit)
    return user
