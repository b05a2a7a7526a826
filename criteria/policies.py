"""May she? Pure answers from her scope and the row, asked by pages, API and services alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from criteria.models import Assessment
    from ntm_portal.accounts.scope import Scope


def may_see(scope: Scope, assessment: Assessment) -> bool:
    """Tell whether the assessment lies within what she may read."""
    return scope.may_read(assessment.unit.path)


def may_write(scope: Scope, assessment: Assessment) -> bool:
    """Tell whether she may type values for its unit."""
    return scope.may_write(assessment.unit.path)


def may_submit(scope: Scope, assessment: Assessment) -> bool:
    """Tell whether she may send it: whoever may type may send."""
    return scope.may_write(assessment.unit.path)


def may_verify(scope: Scope, assessment: Assessment) -> bool:
    """Tell whether she may verify or return what is sent for its unit."""
    return scope.may_verify(assessment.unit.path)


def is_second_person(assessment: Assessment, user_id: int) -> bool:
    """Tell whether she is somebody else than the one who sent it."""
    return assessment.submitted_by_id != user_id


def may_run_rounds(scope: Scope) -> bool:
    """Tell whether she may open, close, publish and reopen rounds."""
    return scope.administers
