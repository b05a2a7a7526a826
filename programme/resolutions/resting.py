"""What rests on a resolution, and therefore holds it: what was entered on the map it made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit, FollowUp, Resolution
from communes.resolving.foreseeing import vanishing
from communes.rewriting.references import Reference, references
from criteria.models import Assessment, IndicatorValue, ReportingRound

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = 5  # named of each sort


@dataclass(frozen=True, slots=True)
class Rests:
    """Rows of one sort: how many, and some of them by name."""

    what: str
    count: int
    names: list[str]


def what_rests(resolution: Resolution) -> list[Rests]:
    """Return what would lose its ground, were the resolution taken back."""
    return [*_on_its_units(resolution), *_on_its_levels(resolution), *_later(resolution)]


def _on_its_units(resolution: Resolution) -> Iterator[Rests]:
    day = resolution.effective_date
    paths = {item.path for item in vanishing(resolution) if item.first and item.first >= day}
    units = AdministrativeUnit.objects.filter(path__in=paths, valid_from__gte=day)
    keys = list(units.values_list("pk", flat=True))
    for reference in references():
        rows = reference.model._default_manager.filter(**{f"{reference.field}__in": keys})
        rows = rows.exclude(pk__in=_its_own(resolution, reference)).order_by("pk")
        if count := rows.count():
            word = capfirst(str(reference.model._meta.verbose_name_plural))
            yield Rests(word, count, [str(row) for row in rows[:FEW]])


def _its_own(resolution: Resolution, reference: Reference) -> list[int]:
    """Return the rows that it put there itself, and that nobody has touched since."""
    moved = list(resolution.moved.get(reference.label, []))
    if reference.model is Assessment:
        applied = resolution.steps.filter(kind="applied").latest("at").at
        touched = Assessment.objects.filter(pk__in=moved, updated_at__gt=applied)
        return sorted(set(moved) - set(touched.values_list("pk", flat=True)))
    kind = {
        "accounts.assignment": FollowUp.Kind.AREA,
        "accounts.apitoken": FollowUp.Kind.TOKEN,
    }.get(reference.model._meta.label_lower)
    followed = resolution.follow_ups.filter(kind=kind) if kind else ()
    return [*moved, *(item.made for item in followed if item.made is not None)]


def _on_its_levels(resolution: Resolution) -> Iterator[Rests]:
    made = resolution.follow_ups.filter(kind=FollowUp.Kind.THRESHOLD).values("made")
    frozen = ReportingRound.objects.exclude(pk__in=ReportingRound.objects.open())
    count = IndicatorValue.objects.filter(threshold__in=made, assessment__round__in=frozen).count()
    if count:
        yield Rests(_("Values of closed rounds judged by levels that followed"), count, [])


def _later(resolution: Resolution) -> Iterator[Rests]:
    codes = {row.predecessor_code for row in resolution.said.all()}
    codes |= {row.successor_code for row in resolution.said.all()}
    day, applied = resolution.effective_date, Resolution.Status.APPLIED
    later = Q(effective_date__gt=day) | Q(effective_date=day, pk__gt=resolution.pk)
    rows = Resolution.objects.filter(later, status=applied).filter(
        Q(said__predecessor_code__in=codes) | Q(said__successor_code__in=codes)
    )
    found = list(rows.distinct())
    if found:
        names = [row.legal_ref for row in found[:FEW]]
        yield Rests(_("Later resolutions on the same units"), len(found), names)
