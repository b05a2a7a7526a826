"""A province lets district or commune officers enter values; nobody gives what she does not hold.

What is delegated is an officer's role for a unit below one's own: with it a person types and sends
what lies there, and nothing else. Verifying is not delegated here: it needs an administrator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from communes.querysets import path_within
from ntm_portal.accounts.models import Assignment, User
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ntm_portal.accounts.scope import Scope

MOST_NAMED = 8


def delegated_by(scope: Scope) -> QuerySet[Assignment]:
    """Return the officers' roles for units below those that she enters or administers."""
    above = scope.write | scope.administer
    held = Assignment.objects.filter(path_within(above, "unit__path"), role=Assignment.Role.OFFICER)
    return held.exclude(unit__path__in=above).select_related("user", "unit__parent")


def may_delegate(scope: Scope) -> bool:
    """Tell whether there is anything that she could delegate."""
    return bool(scope.write or scope.administer)


@transaction.atomic
def delegate(username: str, unit: str, *, by: User) -> Assignment:
    """Let the person enter values for the unit, named or by its code; twice is as once."""
    person = User.objects.select_for_update().filter(username__iexact=username.strip()).first()
    if person is None or not person.is_active:
        sentence = _("No account has this name. An administrator makes accounts.")
        raise DomainError(sentence, code="username")
    area = _found(unit, by.scope)
    if person.pk == by.pk or not _is_within(person, by.scope):
        sentence = _("This account has roles outside your area: an administrator changes them.")
        raise DomainError(sentence, code="username")
    held, is_new = Assignment.objects.get_or_create(
        user=person, unit=area, role=Assignment.Role.OFFICER
    )
    if is_new:
        _trace(held, ADDITION, [{"added": {"name": "assignment", "object": str(held)}}], by)
    return held


@transaction.atomic
def withdraw(pk: int, *, by: User) -> Assignment:
    """Take back a role that lies within what she may delegate; what was typed stays."""
    held = delegated_by(by.scope).select_for_update(of=("self",)).get(pk=pk)
    _trace(held, DELETION, [{"deleted": {"name": "assignment", "object": str(held)}}], by)
    held.delete()
    return held


def _is_within(person: User, scope: Scope) -> bool:
    """Tell whether all that the person holds lies below what is hers to give."""
    if person.is_superuser or person.is_staff:
        return False
    return person.assignments.count() == delegated_by(scope).filter(user=person).count()


def _found(text: str, scope: Scope) -> AdministrativeUnit:
    """Return the latest version of the one unit so called below what she enters."""
    above, text = scope.write | scope.administer, text.strip()
    units = AdministrativeUnit.objects.within(above).exclude(path__in=above)
    named = Q(code=text) | Q(name__iexact=text) | Q(short_name__iexact=text)
    latest = F("valid_from").asc(nulls_first=True)
    found = {unit.code: unit for unit in units.filter(named).order_by(latest)}
    if not found and fold(text):
        alike = units.filter(search_name__contains=fold(text)).order_by(latest)
        found = {unit.code: unit for unit in alike[: 4 * MOST_NAMED]}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        sentence = _("Several units are called so: %(names)s. Type the code.")
        named_so = list(found.values())[:MOST_NAMED]
        names = ", ".join(f"{unit.label} ({unit.code})" for unit in named_so)
        raise DomainError(sentence % {"names": names}, code="unit")
    raise DomainError(_("No unit below yours has this code or name."), code="unit")


def _trace(held: Assignment, flag: int, message: list[dict[str, Any]], by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [held], flag, message)
