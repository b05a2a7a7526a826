"""Files and notes behind a value: added while it may be typed or reviewed, never erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import Evidence, ValueNote
from criteria.services.checks import check_review, check_typing
from criteria.services.late import enter_late
from criteria.services.steps import asked_measures, lock_assessment, tell_change
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import ANY, check_upload, fill
from ntm_portal.lib.uploads.keeping import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from criteria.models import Assessment, Measure
    from ntm_portal.accounts.models import User

MOST_FILES = 20  # behind one value
LONGEST_NOTE = 2_000


@transaction.atomic
def attach(
    assessment_id: int, code: str, uploads: Sequence[UploadedFile[bytes]], *, by: User
) -> list[Evidence]:
    """Keep files behind a value, all or none; one that is there already is not kept twice."""
    assessment = lock_assessment(assessment_id)
    check_adding(assessment, by)
    measure = _measure(assessment, code)
    kinds = [check_upload(upload, ANY) for upload in uploads]
    standing = Evidence.objects.filter(assessment=assessment, measure=measure, withdrawn_at=None)
    known = set(standing.values_list("sha256", flat=True))
    if len(known) + len(uploads) > MOST_FILES:
        sentence = _("At most %(most)s files are kept behind one value.")
        raise DomainError(sentence % {"most": MOST_FILES}, code="too-many-files")
    added = []
    for upload, kind in zip(uploads, kinds, strict=True):
        digest = digest_of(upload)
        if digest not in known:
            known.add(digest)
            row = Evidence(assessment=assessment, measure=measure, added_by=by)
            fill(row, upload, kind)
            row.save()
            added.append(row)
    if added:
        tell_change(assessment, by=by)
    return added


@transaction.atomic
def withdraw(evidence_id: int, *, by: User) -> Evidence:
    """Take a file back: it is shown no more behind the value, and stays in the history."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    assessment = lock_assessment(evidence.assessment_id)
    check_adding(assessment, by)
    if evidence.withdrawn_at is None:
        evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), by
        evidence.save(update_fields=["withdrawn_at", "withdrawn_by"])
        tell_change(assessment, by=by)
    return evidence


@transaction.atomic
def remark(assessment_id: int, code: str, text: str, *, by: User) -> ValueNote:
    """Note something on a value: by who may type it, or by who reviews it."""
    assessment = lock_assessment(assessment_id)
    _check_taking_part(assessment, by)
    if not (text := text.strip()):
        raise DomainError(_("Write the note first."), code="empty-note")
    if len(text) > LONGEST_NOTE:
        sentence = _("A note has at most %(most)s letters.")
        raise DomainError(sentence % {"most": LONGEST_NOTE}, code="long-note")
    measure = _measure(assessment, code)
    note = ValueNote.objects.create(assessment=assessment, measure=measure, text=text, by=by)
    tell_change(assessment, by=by)
    return note


def may_attach(assessment: Assessment, by: User) -> bool:
    """Tell whether she may add files to the values of the assessment now, and take them back."""
    try:
        check_adding(assessment, by)
    except DomainError:
        return False
    return True


def may_take_part(assessment: Assessment, by: User) -> bool:
    """Tell whether she may note something on the values of the assessment now."""
    try:
        _check_taking_part(assessment, by)
    except DomainError:
        return False
    return True


def check_adding(assessment: Assessment, by: User) -> None:
    """Raise DomainError unless she may add to what she types; late, once she said why."""
    check_typing(assessment, by)
    enter_late(assessment, by=by)


def _check_taking_part(assessment: Assessment, by: User) -> None:
    try:
        check_review(assessment, by)
    except DomainError:
        check_adding(assessment, by)


def _measure(assessment: Assessment, code: str) -> Measure:
    found = asked_measures(assessment).filter(code=code).first()
    if found is None:
        sentence = _("This criteria set has no indicator “%(code)s”.") % {"code": code}
        raise DomainError(sentence, code="unknown-measure")
    return found
