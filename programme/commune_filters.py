"""How the list of a place's communes is narrowed: by how they stand, by criterion, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from ntm_portal.lib.text import fold
from programme.dashboard import groups
from programme.dashboard.communes import CONDITIONS, UNMET, Standing, lacking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from criteria.models import Criterion, Outcome

    Outcomes = QuerySet[Outcome, Any]  # annotated by `communes.outcomes`


class CommuneFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Outcomes of communes by how they stand, by a criterion they lack and by name."""

    standing = ChoiceFilter(
        choices=Standing.choices,
        method="keep_standing",
        label=_("How they stand"),
        empty_label=_("All communes"),
    )
    criterion = ChoiceFilter(
        choices=(), method="keep_lacking", label=_("Criterion"), empty_label=_("Any criterion")
    )
    verdict = ChoiceFilter(
        choices=[(item.value, item.label) for item in UNMET],
        method="keep_lacking",
        label=_("Verdict on it"),
        empty_label=_("Anything but met"),
    )
    group = ChoiceFilter(
        choices=list(groups.GROUPS.items()),
        method="keep_group",
        label=_("Focus group"),
        empty_label=_("All communes"),
    )
    name = CharFilter(method="keep_named", label=_("Name (tone marks not needed)"), max_length=100)

    def __init__(self, *args: Any, criteria: Iterable[Criterion] = (), **kwargs: Any) -> None:
        """Offer these criteria; the rest is django-filter's: `Any`."""
        super().__init__(*args, **kwargs)
        self.filters["criterion"].extra["choices"] = [
            (item.code, f"{item.code} {item.label}") for item in criteria
        ]

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything narrows the list."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def is_of_gaps(self) -> bool:
        """Tell whether it keeps those that report more than was verified: the widest come first."""
        return bool(self.data.get("standing") == Standing.GAP)

    def keep_standing(self, outcomes: Outcomes, _name: str, value: str) -> Outcomes:
        """Keep those that stand so."""
        return outcomes.filter(CONDITIONS[Standing(value)])

    def keep_lacking(self, outcomes: Outcomes, _name: str, _value: str) -> Outcomes:
        """Keep those that do not, or do not yet, meet the criterion, with the verdict asked for."""
        asked = self.form.cleaned_data
        return outcomes.filter(lacking(asked.get("criterion", ""), asked.get("verdict", "")))

    def keep_group(self, outcomes: Outcomes, _name: str, _value: str) -> Outcomes:
        """Leave the rows as they are: the rounds they are read by know the group."""
        return outcomes

    def keep_named(self, outcomes: Outcomes, _name: str, value: str) -> Outcomes:
        """Keep those whose name contains the text."""
        return outcomes.filter(assessment__unit__search_name__contains=fold(value))
