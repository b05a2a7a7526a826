"""What the reader may do on the page of an assessment, and why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria import policies
from criteria.services.checks import check_review, check_second_person, check_sending, check_typing
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from criteria.models import Assessment
    from ntm_portal.accounts.models import User

Check = Callable[["Assessment", "User"], None]


@dataclass(frozen=True, slots=True)
class Actions:
    """What she may do here now; `sentence` says why she, who usually may, may not."""

    may_type: bool
    may_send: bool
    may_review: bool
    may_verify: bool
    sentence: str


def actions_of(assessment: Assessment, reader: User) -> Actions:
    """Ask the services' own checks, so that a page never offers what would be refused."""
    typing = _objection(check_typing, assessment, reader)
    sending = _objection(check_sending, assessment, reader)
    review = _objection(check_review, assessment, reader)
    second = _objection(check_second_person, assessment, reader) if not review else ""
    types_usually = policies.may_write(reader.scope, assessment)
    return Actions(
        may_type=not typing,
        may_send=not sending,
        may_review=not review,
        may_verify=not (review or second),
        sentence=second or (typing if types_usually else ""),
    )


def _objection(check: Check, assessment: Assessment, reader: User) -> str:
    try:
        check(assessment, reader)
    except DomainError as refusal:
        return str(refusal)
    return ""
