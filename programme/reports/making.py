"""Makes a report in the background: reads, composes, writes three files, and keeps them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from criteria.models import ReportingRound
from ntm_portal.jobs.kinds import Kind, Result
from ntm_portal.lib.errors import DomainError
from programme.models import Report
from programme.reports import facts as facts_
from programme.reports.composing.whole import compose
from programme.reports.office import Office
from programme.reports.writing import paper, sheets, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ntm_portal.accounts.models import User
    from ntm_portal.jobs.kinds import Run
    from programme.reports.document import Document
    from programme.reports.facts import Facts

# Raised when a report says other things, or says them otherwise, of the same figures.
LAYOUT = 2
WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "pdf": paper.pdf_of,
    "docx": word.docx_of,
    "xlsx": sheets.xlsx_of,
}
CONTENT_TYPES = {
    "pdf": paper.CONTENT_TYPE,
    "docx": word.CONTENT_TYPE,
    "xlsx": sheets.CONTENT_TYPE,
}
STEPS = 2 + len(WRITERS)


def make(run: Run) -> Result:
    """Make the report that the arguments name, or find it made already."""
    code, round_code = run.arguments["unit"], run.arguments["round"]
    office = Office.from_json(run.arguments["office"])
    run.tell(0, STEPS, _("reading the figures"))
    try:
        facts = facts_.read(code, round_code, run.by.scope)
    except (facts_.NoSuchReportError, ReportingRound.DoesNotExist) as nothing:
        raise DomainError(_("There are no figures of this unit to report in this round.")) from (
            nothing
        )
    run.tell(1, STEPS, _("composing the text"))
    document = compose(facts, office)
    key = key_of(document, office)
    report = Report.objects.filter(key=key).first()
    if report is None:
        report = _written(run, facts, document, office, key)
    return Result(address=f"{reverse('report-list', args=[code])}?round={round_code}#r{report.pk}")


def key_of(document: Document, office: Office) -> str:
    """Return what is the same when the same report is asked for again."""
    made_from = [LAYOUT, document.digest, get_language(), document.subject, document.warning]
    written = json.dumps([*made_from, office.as_json()], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _written(run: Run, facts: Facts, document: Document, office: Office, key: str) -> Report:
    files: dict[str, bytes] = {}
    for at, (form, write) in enumerate(WRITERS.items(), 2):
        run.tell(at, STEPS, _("writing %(form)s") % {"form": form.upper()})
        files[form] = write(document)
    return keep(facts, document, office, key, files, by=run.by)


def keep(
    facts: Facts,
    document: Document,
    office: Office,
    key: str,
    files: Mapping[str, bytes],
    *,
    by: User,
) -> Report:
    """Keep the files; of two that were made side by side the first one stays."""
    report = Report(
        unit_code=facts.unit.code,
        path=facts.unit.path,
        round=facts.round,
        language=document.language,
        office=office.as_json(),
        subject=document.subject,
        digest=document.digest,
        key=key,
        is_final=facts.round.is_frozen,
        made_by=by,
    )
    for form, content in files.items():
        getattr(report, form).save(f"{uuid4().hex}.{form}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        for form in files:
            getattr(report, form).delete(save=False)
        return Report.objects.get(key=key)
    return report


REPORT = Kind(gettext_lazy("Report"), make)
