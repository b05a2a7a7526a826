"""What a list showed and she ticked: assessments by id, each with the version that was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from criteria.querysets import AssessmentQuerySet
    from criteria.views.reach import PortalRequest


def seen_in(request: PortalRequest, hers: AssessmentQuerySet) -> dict[int, int]:
    """Return the version of each assessment that was ticked, as far as it is one of `hers`."""
    ticked = dict(filter(None, map(_seen, request.POST.getlist("seen"))))
    return {pk: ticked[pk] for pk in hers.filter(pk__in=ticked).values_list("pk", flat=True)}


def _seen(text: str) -> tuple[int, int] | None:
    """Return the assessment and the version of it that the list showed."""
    pk, _colon, version = text.partition(":")
    return (int(pk), int(version)) if pk.isdecimal() and version.isdecimal() else None
