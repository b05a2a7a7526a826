"""Areas, targets and thresholds that go to the successors of a unit, or wait for a decision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit, FollowUp
from criteria.models import Threshold
from ntm_portal.accounts.models import Assignment
from ntm_portal.accounts.token_models import ApiToken
from programme.models import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from communes.chronicle.entries import Version
    from communes.models import Resolution
    from communes.resolving.foreseeing import Passing

Kind = FollowUp.Kind
FROM_ABOVE = AdministrativeUnit.Level.values
AXES = ("measure_id", "region_code", "designation", "commune_group", "from_year", "to_year")


@dataclass(frozen=True, slots=True)
class Follow:
    """One thing that stands on a former unit; without a path nobody but a person can say where."""

    kind: str
    subject: str
    row: Assignment | ApiToken | Target | Threshold
    former: str
    successor: str = ""
    path: str = ""

    @property
    def word(self) -> str:
        """Return what kind of thing it is, in words."""
        return str(Kind(self.kind).label)


def what_follows(passings: Sequence[Passing], day: date) -> list[Follow]:
    """Return what goes to successors and what has to be decided; four queries."""
    by_path = {item.former.path: item for item in passings}
    by_code = {
        item.former.code: item
        for item in passings
        if item.former.code not in {unit.code for unit in item.successors}
    }
    return [*_areas(by_path), *_tokens(by_path), *_targets(by_code), *_thresholds(by_code, day)]


def follow(resolution: Resolution | None, found: Iterable[Follow], day: date) -> list[FollowUp]:
    """Make the rows that follow, in the caller's transaction, and return the list to check.

    Without a resolution it is an official list that brought the successions of the day.
    """
    found = list(found)
    units = AdministrativeUnit.objects.on(day).filter(path__in={item.path for item in found})
    by_path = {unit.path: unit for unit in units}
    rows = []
    for item in found:
        made, kept = _make(item, by_path.get(item.path), day)
        rows.append(
            FollowUp(
                resolution=resolution,
                listed_for=None if resolution else day,
                kind=item.kind,
                subject=item.subject[:300],
                former=item.former,
                successor=item.successor,
                made=made,
                kept=kept,
            )
        )
    return FollowUp.objects.bulk_create(rows)


def undo(resolution: Resolution) -> None:
    """Take back what followed, in the caller's transaction."""
    made: dict[str, list[int]] = {kind: [] for kind in Kind.values}
    kept = dict(resolution.follow_ups.filter(kind=Kind.TOKEN).values_list("made", "kept"))
    for item in resolution.follow_ups.exclude(made=None):
        if item.made is not None:
            made[item.kind].append(item.made)
    for token in ApiToken.objects.filter(pk__in=made[Kind.TOKEN]):
        token.area_id = kept[token.pk]
        token.save(update_fields=["area"])
    Assignment.objects.filter(pk__in=made[Kind.AREA]).delete()
    Target.objects.filter(pk__in=made[Kind.TARGET]).delete()
    Threshold.objects.filter(pk__in=made[Kind.THRESHOLD]).delete()
    resolution.follow_ups.all().delete()


def _areas(by_path: dict[str, Passing]) -> Iterator[Follow]:
    rows = Assignment.objects.filter(unit__path__in=by_path, user__is_active=True)
    held: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    own = Assignment.objects.filter(user__in=rows.values("user"))
    for user, role, path in own.values_list("user_id", "role", "unit__path"):
        held[user, role].add(path)
    for row in rows.select_related("user", "unit"):
        passing = by_path[row.unit.path]
        paths = held[row.user_id, row.role]
        for unit in passing.successors:
            if unit.path.startswith(tuple(paths)):
                continue
            subject = f"{row.user.display_name}, {row.get_role_display()}"
            if _is_wider(passing.former, unit):
                yield Follow(Kind.AREA, subject, row, passing.former.entry.name)
            else:
                paths.add(unit.path)
                yield _to(Kind.AREA, subject, row, passing.former, unit)


def _tokens(by_path: dict[str, Passing]) -> Iterator[Follow]:
    rows = ApiToken.objects.filter(area__path__in=by_path, revoked_at=None)
    for row in rows.select_related("user", "area"):
        if row.area:
            yield _if_one(Kind.TOKEN, str(row), row, by_path[row.area.path])


def _targets(by_code: dict[str, Passing]) -> Iterator[Follow]:
    known = set(Target.objects.values_list("unit_code", "metric", "due_on"))
    for row in Target.objects.filter(unit_code__in=by_code):
        passing = by_code[row.unit_code]
        one = passing.successors[0].code
        is_free = (one, row.metric, row.due_on) not in known
        yield _if_one(Kind.TARGET, row.label, row, passing, is_free=is_free)


def _thresholds(by_code: dict[str, Passing], day: date) -> Iterator[Follow]:
    """Only a level that the successor has not set itself follows."""
    in_force = Threshold.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    successors = {unit.code for item in by_code.values() for unit in item.successors}
    taken = set(in_force.filter(province_code__in=successors).values_list("province_code", *AXES))
    rows = in_force.filter(province_code__in=by_code).select_related("measure", "decision")
    for row in rows:
        passing = by_code[row.province_code]
        key = (passing.successors[0].code, *(getattr(row, name) for name in AXES))
        subject = _("Level of indicator %(code)s") % {"code": row.measure.code}
        yield _if_one(Kind.THRESHOLD, subject, row, passing, is_free=key not in taken)
        taken.add(key)


def _if_one(
    kind: str,
    subject: str,
    row: ApiToken | Target | Threshold,
    passing: Passing,
    *,
    is_free: bool = True,
) -> Follow:
    """Let it follow to the one successor; where there are several, somebody has to decide."""
    one, *others = passing.successors
    if is_free and not others and not _is_wider(passing.former, one):
        return _to(kind, subject, row, passing.former, one)
    return Follow(kind, subject, row, passing.former.entry.name)


def _is_wider(former: Version, unit: Version) -> bool:
    """Tell whether it went up into what it lay in: nobody is to answer for all of that unasked."""
    return FROM_ABOVE.index(unit.entry.level) < FROM_ABOVE.index(former.entry.level)


def _to(
    kind: str,
    subject: str,
    row: Assignment | ApiToken | Target | Threshold,
    former: Version,
    unit: Version,
) -> Follow:
    return Follow(kind, subject, row, former.entry.name, unit.entry.name, unit.path)


def _make(
    item: Follow, unit: AdministrativeUnit | None, day: date
) -> tuple[int | None, int | None]:
    """Return the key of the row that was made, and of the unit that a token had before."""
    row = item.row
    if unit is None:
        return None, None
    if isinstance(row, ApiToken):
        kept, row.area = row.area_id, unit
        row.save(update_fields=["area"])
        return row.pk, kept
    if isinstance(row, Assignment):
        return Assignment.objects.create(user=row.user, role=row.role, unit=unit).pk, None
    row.pk = None
    if isinstance(row, Target):
        row.code, row.unit_code = f"{row.code}-{unit.code}"[:60], unit.code
    else:
        row.province_code, row.valid_from = unit.code, day
    row.save()
    return row.pk, None
