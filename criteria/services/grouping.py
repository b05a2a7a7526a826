"""Which group of communes each commune of a province belongs to, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from criteria.assessment.foreseeing import Amendment, Effects, foresee
from criteria.assessment.open_rounds import in_open_rounds, lock_open_rounds, rejudge_open
from criteria.models import CommuneGroup
from criteria.services.provincial import check_setting
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.models import CriteriaSet
    from ntm_portal.accounts.models import User

NO_GROUP = ""


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups as they are to be, by unit id, from a day on, by which paper."""

    groups: Mapping[int, str]
    valid_from: date
    legal_ref: str


def communes_of(province: AdministrativeUnit, day: date) -> list[AdministrativeUnit]:
    """Return the communes of a province that the programme judges, on the map of `day`."""
    found = AdministrativeUnit.objects.on(day).within([province.path]).in_programme()
    return list(found.select_related("parent").order_by("path"))


def standing_groups(province: AdministrativeUnit) -> dict[int, CommuneGroup]:
    """Return the latest group of each commune, by unit id."""
    rows = CommuneGroup.objects.filter(unit__path__startswith=province.path, valid_to__isnull=True)
    return {row.unit_id: row for row in rows}


def changed(province: AdministrativeUnit, grouping: Grouping) -> dict[int, str]:
    """Return the communes whose group would be another."""
    now = {pk: row.group for pk, row in standing_groups(province).items()}
    return {pk: group for pk, group in grouping.groups.items() if now.get(pk, NO_GROUP) != group}


def foresee_groups(
    criteria_set: CriteriaSet, province: AdministrativeUnit, grouping: Grouping
) -> Effects:
    """Return which verdicts of open rounds would change; nothing is written."""
    found = in_open_rounds(criteria_set.pk, [province.path])
    return foresee(found, Amendment(grouping.valid_from, groups=changed(province, grouping)))


@transaction.atomic
def regroup(
    criteria_set: CriteriaSet, province: AdministrativeUnit, grouping: Grouping, *, by: User
) -> Effects:
    """Write the groups that change and judge the open rounds of the province anew."""
    check_setting(province, by)
    held = lock_open_rounds(criteria_set.pk, [province.path])
    news = changed(province, grouping)
    standing = standing_groups(province)
    old = [standing[pk] for pk in news if pk in standing]
    if any(row.valid_from > grouping.valid_from for row in old):
        sentence = _("A commune got its group later than that day: choose a later one.")
        raise DomainError(sentence, code="too-early")
    effects = foresee(held, Amendment(grouping.valid_from, groups=news))
    same_day = [row.pk for row in old if row.valid_from == grouping.valid_from]
    CommuneGroup.objects.filter(pk__in=same_day).delete()  # put right, it never held
    CommuneGroup.objects.filter(pk__in=[row.pk for row in old]).update(
        valid_to=grouping.valid_from - timedelta(days=1)
    )
    CommuneGroup.objects.bulk_create(
        CommuneGroup(
            unit_id=pk,
            group=group,
            valid_from=grouping.valid_from,
            legal_ref=grouping.legal_ref,
            recorded_by=by,
        )
        for pk, group in news.items()
        if group != NO_GROUP
    )
    rejudge_open(item for item in held if item.round.reference_date >= grouping.valid_from)
    return effects
