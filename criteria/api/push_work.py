"""Very many values, written in the background: the same rows, the same answer, later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from criteria.api.push_serializers import rows_of
from criteria.api.pushed import result_of
from criteria.services.pushing import REFUSED, Fate, Pushed, push
from ntm_portal.jobs.kinds import Kind, Result
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from criteria.services.pushing import Row, Verdict
    from ntm_portal.jobs.kinds import Run

NAME = "values-push"
ROWS_AT_ONCE = 500


def write(run: Run) -> Result:
    """Write the values that were sent; run twice it says of what stands already that it stands."""
    asked = run.arguments
    rows = rows_of(asked["values"])
    is_trial, is_all = asked["dry_run"] == "true", asked["mode"] == "all"
    if is_all or is_trial:  # one transaction: nothing can be told while it is under way
        run.tell(0, len(rows), _said(len(rows)))
        pushed = push(rows, by=run.by, is_all_or_nothing=is_all, is_trial=is_trial)
    else:
        pushed = _by_lots(run, rows)
    run.tell(len(rows), len(rows), _said(len(rows)))
    return Result(data=result_of(pushed, is_trial=is_trial))


KIND = Kind(title=gettext_lazy("Values from another system"), work=write)


def _by_lots(run: Run, rows: Sequence[Row | DomainError]) -> Pushed:
    """Write so many at a time, each lot by itself, and tell how far it is."""
    first = _without_repeats(rows)
    fates: list[Fate] = []
    verdicts: dict[tuple[str, str, str], Verdict] = {}
    for start in range(0, len(first), ROWS_AT_ONCE):
        run.tell(start, len(first), _said(len(first)))
        lot = push(first[start : start + ROWS_AT_ONCE], by=run.by, is_all_or_nothing=False)
        fates += lot.fates
        for each in lot.verdicts:
            key = (each.unit, each.round_code, each.criterion)
            before = verdicts[key].before if key in verdicts else each.before
            verdicts[key] = each.since(before)
    changed = tuple(each for each in verdicts.values() if each.before != each.after)
    return Pushed(fates, changed, is_written=any(fate.status != REFUSED for fate in fates))


def _without_repeats(rows: Sequence[Row | DomainError]) -> list[Row | DomainError]:
    """Refuse what was sent already further up, also in another lot."""
    taken: set[tuple[str, str, str]] = set()
    found: list[Row | DomainError] = []
    for row in rows:
        if isinstance(row, DomainError):
            found.append(row)
            continue
        place = (row.unit, row.round_code, row.measure)
        sentence = _("This value was sent already, further up.")
        found.append(DomainError(sentence, code="sent-twice") if place in taken else row)
        taken.add(place)
    return found


def _said(count: int) -> str:
    return ngettext("%(count)s value", "%(count)s values", count) % {"count": count}


def arguments_of(values: Sequence[Any], asked: dict[str, str]) -> dict[str, Any]:
    """Return what the work is handed, as JSON."""
    return {"values": list(values), "mode": asked["mode"], "dry_run": asked["dry_run"]}
