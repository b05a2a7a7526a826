"""How the list of what followed to successors is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter, FilterSet, NumberFilter

from communes.models import FollowUp

if TYPE_CHECKING:
    from communes.querysets import FollowUpQuerySet


class FollowUpFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What followed, by its kind, by what brought it, and by whether somebody looked at it."""

    kind = ChoiceFilter(choices=FollowUp.Kind.choices, empty_label=_("any"), label=_("Kind"))
    state = ChoiceFilter(
        choices=[("open", _("to check")), ("checked", _("checked"))],
        method="stands",
        empty_label=_("any"),
        label=_("State"),
    )
    resolution = NumberFilter(label=_("Number of the resolution"))
    listed_for = DateFilter(label=_("Day of the official list"))

    def stands(self, rows: FollowUpQuerySet, _name: str, value: str) -> FollowUpQuerySet:
        """Keep what was looked at, or what was not."""
        return rows.to_check() if value == "open" else rows.exclude(checked_at=None)
