"""Drafts of a province's decisions: what was typed, and its file, kept until it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.models import ProvincialDecision
from criteria.services.documents import check_document
from criteria.services.provincial import check_setting
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads.keeping import digest_of, shown_name

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from communes.models import AdministrativeUnit
    from criteria.models import CriteriaSet
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer typed of a decision, as far as it could be understood."""

    number: str = ""
    decided_on: date | None = None
    valid_from: date | None = None
    proposal: dict[str, str] = field(default_factory=dict)
    document: UploadedFile[bytes] | None = None


def new_draft(
    criteria_set: CriteriaSet, province: AdministrativeUnit, *, by: User
) -> ProvincialDecision:
    """Return a draft that is not yet kept."""
    check_setting(province, by)
    return ProvincialDecision(criteria_set=criteria_set, province=province, recorded_by=by)


@transaction.atomic
def keep(draft: ProvincialDecision, typed: Typed, *, by: User) -> ProvincialDecision:
    """Keep what was typed; a file takes the place of the one before."""
    check_setting(draft.province, by)
    if draft.pk:
        held = ProvincialDecision.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if not held.is_draft:
            raise DomainError(_("These levels are in force already."), code="wrong-status")
    draft.number = typed.number
    draft.decided_on, draft.valid_from = typed.decided_on, typed.valid_from
    draft.proposal = typed.proposal
    draft.recorded_by = by
    if typed.document is not None:
        _attach(draft, typed.document)
    draft.save()
    return draft


def _attach(draft: ProvincialDecision, upload: UploadedFile[bytes]) -> None:
    """Keep the file under a name of our own; the sender's name is only shown."""
    kind = check_document(upload)
    draft.file_name = shown_name(upload.name or "", kind)
    draft.content_type, draft.sha256 = kind.content_type, digest_of(upload)
    draft.file.save(f"{uuid4().hex}{kind.suffix}", upload, save=False)
