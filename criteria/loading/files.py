"""A file of law into the tables, and out of them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from communes.changes import Changed, Kind, record_changes
from criteria.assessment.open_rounds import in_open_rounds, lock_open_rounds, rejudge_open
from criteria.loading.documents import read_text
from criteria.loading.faults import Fault, Faults, SetFileError
from criteria.loading.sets import read_law
from criteria.loading.writing import write_set
from criteria.models import CriteriaSet
from ntm_portal.accounts.scope import NATION_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from criteria.loading.changes import Loaded


@transaction.atomic
def load_set(path: Path, *, dry_run: bool = False) -> Loaded:
    """Load the criteria set in the file at `path`, whole or not at all.

    Raises SetFileError with every fault found. A dry run tells what would change and undoes it;
    otherwise the assessments of open rounds are judged anew when the law changed.
    """
    loaded = _write(read_text(path), path.name)
    if loaded.changes and not loaded.is_new:
        loaded.rejudged = _judge_anew(loaded.code, dry_run=dry_run)
    if loaded.changes:
        record_changes(Kind.CRITERIA_SET, [Changed(loaded.code)])
        record_changes(Kind.THRESHOLD, [Changed("")])
    transaction.set_rollback(dry_run)
    return loaded


@transaction.atomic
def export_set(code: str) -> str:
    """Return the file that the set was loaded from, to the byte.

    Raises SetFileError where there is no such set, or its rows no longer say what the file says.
    """
    found = CriteriaSet.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(CriteriaSet.objects.values_list("code", flat=True)) or "none"
        raise SetFileError(code, [Fault("", f"no such set is loaded (loaded: {known})")])
    if not found.document:
        raise SetFileError(code, [Fault("", "its file was not kept: load it once more")])
    loaded = _write(found.document, code)
    transaction.set_rollback(True)
    if loaded.changes:
        faults = [Fault("", f"the rows no longer say what the file says: {loaded.changes[0]}")]
        raise SetFileError(code, faults)
    return found.document


def _judge_anew(code: str, *, dry_run: bool) -> int:
    """Judge the assessments of open rounds anew, or only count them; return how many."""
    set_id = CriteriaSet.objects.get(code=code).pk
    if dry_run:
        return in_open_rounds(set_id, [NATION_PATH]).count()
    held = lock_open_rounds(set_id, [NATION_PATH])
    rejudge_open(held)
    return len(held)


def _write(text: str, name: str) -> Loaded:
    law = read_law(text, name)
    return write_set(law, text, Faults(name))
