"""Who has to act next on an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from communes.querysets import path_within
from criteria.models import Assessment
from ntm_portal.accounts.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ntm_portal.accounts.models import User

Status = Assessment.Status
Role = Assignment.Role
ACTS_ON = {
    Status.DRAFT: Role.OFFICER,
    Status.RETURNED: Role.OFFICER,
    Status.SUBMITTED: Role.VERIFIER,
}


@dataclass(frozen=True, slots=True)
class NextPerson:
    """Finds, without asking again for each row, whose turn it is."""

    reader: User
    held: tuple[tuple[str, str, str], ...]  # role, path of the area, name; the closest area first

    @classmethod
    def for_reader(cls, reader: User, paths: Iterable[str]) -> NextPerson:
        """Load who types and who verifies at, above and below `paths`; one query."""
        paths = list(paths)
        above = {code for path in paths for code in path.strip("/").split("/")}
        assignments = Assignment.objects.filter(
            Q(unit__code__in=above) | path_within(paths, "unit__path"),
            role__in=[Role.OFFICER, Role.VERIFIER],
            user__is_active=True,
        ).select_related("user", "unit")
        held = [(item.role, item.unit.path, item.user.display_name) for item in assignments]
        return cls(reader, tuple(sorted(held, key=lambda one: -len(one[1]))))

    def name_for(self, assessment: Assessment) -> str:
        """Return "you", the name of a colleague, or nothing when nobody has to act."""
        role, path = ACTS_ON.get(Status(assessment.status)), assessment.unit.path
        if role is None:
            return ""
        if is_hers(assessment, self.reader):
            return _("you")
        names = (name for held, area, name in self.held if held == role and path.startswith(area))
        return next(names, _("nobody yet"))


def next_to_act(assessment: Assessment, reader: User) -> str:
    """Say whose turn it is; nobody is looked up while it is hers."""
    if is_hers(assessment, reader):
        return NextPerson(reader, ()).name_for(assessment)
    return NextPerson.for_reader(reader, [assessment.unit.path]).name_for(assessment)


def is_hers(assessment: Assessment, reader: User) -> bool:
    """Tell whether it is the reader's turn."""
    role, path = ACTS_ON.get(Status(assessment.status)), assessment.unit.path
    if role == Role.OFFICER:
        return reader.scope.may_write(path)
    may_verify = role == Role.VERIFIER and reader.scope.may_verify(path)
    return may_verify and assessment.submitted_by_id != reader.pk
