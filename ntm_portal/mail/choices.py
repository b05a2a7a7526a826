"""Who is reached by a kind of mail: by her choice, or by the kind's default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_portal.mail import kinds
from ntm_portal.mail.models import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ntm_portal.accounts.models import User
    from ntm_portal.mail.kinds import Kind


def wants(person: User, kind: str) -> bool:
    """Tell whether she wants mails of this kind."""
    said = Choice.objects.filter(person=person, kind=kind).values_list("is_wanted", flat=True)
    known = kinds.of(kind)
    return next(iter(said), known is not None and known.is_on)


def chosen(person: User) -> dict[str, bool]:
    """Return for each registered kind whether she wants it."""
    said = dict(Choice.objects.filter(person=person).values_list("kind", "is_wanted"))
    return {kind.code: said.get(kind.code, kind.is_on) for kind in kinds.registered()}


def reached(kind: Kind, people: Iterable[User]) -> set[int]:
    """Return who of these has an address, is active and wants the kind; one query."""
    able = {person.pk for person in people if person.is_active and person.email}
    said = Choice.objects.filter(person__in=able, kind=kind.code, is_wanted=not kind.is_on)
    otherwise = set(said.values_list("person_id", flat=True))
    return able - otherwise if kind.is_on else otherwise
