"""A system check: every kind of work that settings name is there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from ntm_portal.jobs.kinds import kind_of


# Django hands every check keywords of every type, hence Any.
@checks.register
def check_kinds(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Name each kind that cannot be found."""
    return [
        checks.Error(f"JOB_KINDS[{name!r}]: {fault}", id="jobs.E001")
        for name in settings.JOB_KINDS
        if (fault := _fault_of(name))
    ]


def _fault_of(name: str) -> str:
    try:
        kind_of(name)
    except (ImportError, TypeError) as error:
        return str(error)
    return ""
