"""A workbook kept between what it says and a yes to it; then applied, all or nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import ValueChange, ValueUpload
from criteria.services.bulk import BulkSaved, save_many
from criteria.services.changing import Entry
from criteria.services.plain import plain, typed_from
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.models import CriteriaSet, ReportingRound
    from ntm_portal.accounts.models import User
    from ntm_portal.lib.workbooks import Fault

LIFETIME = timedelta(hours=24)
_LONGEST_NAME = 200
Cell = tuple[int, str]  # assessment id, measure code


@dataclass(frozen=True, slots=True)
class Choice:
    """What she chose in a conflict: hers, over the version she was shown, or theirs."""

    takes_mine: bool
    seen_version: int | None = None


@transaction.atomic
def keep_upload(
    content: bytes, name: str, round_: ReportingRound, criteria_set: CriteriaSet, *, by: User
) -> ValueUpload:
    """Keep a workbook for its owner, outside what the web server shows; drop what has expired."""
    _drop_expired()
    upload = ValueUpload(
        owner=by,
        round=round_,
        criteria_set=criteria_set,
        name=name[:_LONGEST_NAME],
        sha256=hashlib.sha256(content).hexdigest(),
        expires_at=timezone.now() + LIFETIME,
    )
    upload.file.save(f"{uuid4().hex}.xlsx", ContentFile(content), save=False)
    upload.save()
    return upload


def note_reading(
    upload: ValueUpload,
    entries: Mapping[int, Sequence[Entry]],
    faults: Iterable[Fault],
    notices: Iterable[Fault],
) -> None:
    """Write down what was read of the workbook, once."""
    upload.is_read = True
    upload.entries = [
        [pk, entry.code, plain(entry.typed), entry.seen_version]
        for pk, found in entries.items()
        for entry in found
    ]
    upload.faults = [_line(fault) for fault in faults]
    upload.notices = [_line(notice) for notice in notices]
    upload.save(update_fields=["is_read", "entries", "faults", "notices"])


def entries_of(
    upload: ValueUpload, choices: Mapping[Cell, Choice] | None = None
) -> dict[int, list[Entry]]:
    """Return the entries by assessment id, with what she chose where somebody was faster."""
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for pk, code, text, seen in upload.entries:
        choice = (choices or {}).get((pk, code))
        if choice is None:
            found[pk].append(Entry(code, typed_from(text), seen))
        elif choice.takes_mine:
            found[pk].append(Entry(code, typed_from(text), choice.seen_version))
    return dict(found)


@transaction.atomic
def apply_upload(
    upload_id: int, choices: Mapping[Cell, Choice], *, by: User, late_reason: str = ""
) -> BulkSaved:
    """Save everything that the workbook says, or nothing; a second time changes nothing."""
    upload = ValueUpload.objects.select_for_update().get(pk=upload_id, owner=by)
    if upload.applied_at:
        return BulkSaved(0, 0)
    if upload.faults or not upload.is_read:
        sentence = _("The workbook still has faults: mend them and send it again.")
        raise DomainError(sentence, code="has-faults")
    if upload.expires_at < timezone.now():
        sentence = _("The workbook was sent more than a day ago. Send it again.")
        raise DomainError(sentence, code="expired")
    entries = entries_of(upload, choices)
    saved = save_many(
        entries,
        by=by,
        channel=ValueChange.Channel.EXCEL,
        late_reasons=dict.fromkeys(entries, late_reason),
    )
    upload.applied_at, upload.applied_values = timezone.now(), saved.values
    upload.save(update_fields=["applied_at", "applied_values"])
    return saved


def _drop_expired() -> None:
    for upload in ValueUpload.objects.filter(expires_at__lt=timezone.now()):
        storage, name = upload.file.storage, upload.file.name
        upload.delete()
        if name:
            transaction.on_commit(partial(storage.delete, name))


def _line(fault: Fault) -> list[str | int | bool]:
    return [fault.sentence, fault.sheet, fault.row, fault.column, fault.is_notice]
