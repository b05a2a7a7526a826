"""How the list of what followed to successors is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import ChoiceFilter, FilterSet

from communes.models import FollowUp
from ntm_portal.lib.days import written_day

if TYPE_CHECKING:
    from communes.querysets import FollowUpQuerySet

RESOLUTION = "r"  # before its number; a list is named by its day


class FollowUpFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What followed, by its kind, by what brought it, and by whether somebody looked at it."""

    kind = ChoiceFilter(
        choices=FollowUp.Kind.choices,
        empty_label=gettext_lazy("any"),
        label=pgettext_lazy("follow-up", "What followed"),
    )
    state = ChoiceFilter(
        choices=[("open", gettext_lazy("to check")), ("checked", gettext_lazy("checked"))],
        method="stands",
        empty_label=gettext_lazy("any"),
        label=gettext_lazy("State"),
    )
    origin = ChoiceFilter(
        method="came_by", empty_label=gettext_lazy("any"), label=gettext_lazy("By")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # as django-filter calls it
        super().__init__(*args, **kwargs)
        self.filters["origin"].extra["choices"] = _origins(self.queryset)

    def stands(self, rows: FollowUpQuerySet, _name: str, value: str) -> FollowUpQuerySet:
        """Keep what was looked at, or what was not."""
        return rows.to_check() if value == "open" else rows.exclude(checked_at=None)

    def came_by(self, rows: FollowUpQuerySet, _name: str, value: str) -> FollowUpQuerySet:
        """Keep what one resolution, or the official lists for one day, brought."""
        if value.startswith(RESOLUTION):
            return rows.filter(resolution=int(value.removeprefix(RESOLUTION)))
        return rows.filter(listed_for=value)


def _origins(rows: FollowUpQuerySet) -> list[tuple[str, str]]:
    """Return what brought any of the rows; two queries."""
    by = rows.order_by("-resolution__effective_date").exclude(resolution=None)
    named = by.values_list("resolution", "resolution__legal_ref").distinct()
    days = rows.order_by("-listed_for").exclude(listed_for=None).values_list("listed_for")
    lists = [day for (day,) in days.distinct() if day]
    sentence = _("official list, change of %(day)s")
    return [
        *((f"{RESOLUTION}{pk}", legal_ref) for pk, legal_ref in named),
        *((day.isoformat(), sentence % {"day": written_day(day)}) for day in lists),
    ]
