"""May she? Pure answers from her scope and the row, asked by pages, API and services alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from criteria.models import Assessment, ProvincialDecision
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
    """Tell whether she may open, close, publish and reopen rounds: they are the nation's."""
    return scope.administers_nation


def may_set_levels(scope: Scope, province: AdministrativeUnit) -> bool:
    """Tell whether she may set what the law leaves to the province: its own officers do."""
    return scope.may_write(province.path)


def may_see_decision(scope: Scope, decision: ProvincialDecision) -> bool:
    """Tell whether she may see it: a draft is for those who may put it into force."""
    return not decision.is_draft or may_set_levels(scope, decision.province)


def may_open_decision(scope: Scope, decision: ProvincialDecision) -> bool:
    """Tell whether she may open its file: whoever may read in the province."""
    return may_see_decision(scope, decision) and scope.may_read(decision.province.path)


def may_confirm_law(scope: Scope) -> bool:
    """Tell whether she may confirm a fact of the law, which binds every province."""
    return scope.administers_nation
