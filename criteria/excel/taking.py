"""A workbook taken from its owner: kept, then read by the portal's headings or by hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.excel.layout import header_of, layout_of
from criteria.excel.mapping import remembered
from criteria.excel.reading import read_values
from criteria.excel.selection import select
from criteria.excel.writing import KIND
from criteria.models import Assessment
from criteria.services.uploads import keep_upload, note_reading
from ntm_portal.lib.workbooks import WorkbookRefused, identity_of, read_workbook

if TYPE_CHECKING:
    from criteria.excel.layout import Layout
    from criteria.excel.selection import Selection
    from criteria.models import CriteriaSet, ReportingRound, ValueUpload
    from ntm_portal.accounts.models import User
    from ntm_portal.lib.workbooks import Book, Identity


def take(
    content: bytes, name: str, round_: ReportingRound, criteria_set: CriteriaSet, *, by: User
) -> ValueUpload:
    """Keep the workbook and read it; unread it remains only where its columns are not known.

    Raises `WorkbookRefused` for what is no safe workbook, or one of another round.
    """
    book = read_workbook(content)
    _refuse_another(identity_of(book), round_, criteria_set)
    selection = hers(round_, criteria_set, by)
    layout = layout_of(book, [measure.code for measure in selection.measures])
    if layout is None:
        if (header := header_of(book)) is None:
            raise WorkbookRefused(_("The workbook holds no table with headings."), code="no-table")
        layout = remembered(header, criteria_set, by)
    upload = keep_upload(content, name, round_, criteria_set, by=by)
    if layout is not None:
        read_by(upload, book, layout, selection, by=by)
    return upload


def read_by(
    upload: ValueUpload, book: Book, layout: Layout, selection: Selection, *, by: User
) -> None:
    """Read a kept workbook whose layout is known."""
    reading = read_values(book, layout, selection, identity_of(book), by=by)
    note_reading(upload, reading.entries, reading.faults, reading.notices)


def hers(round_: ReportingRound, criteria_set: CriteriaSet, user: User) -> Selection:
    """Return every commune of hers in the round, with every indicator of the set."""
    rows = Assessment.objects.filter(round=round_).within(user.scope.write)
    return select(round_, rows, criteria_set)


def _refuse_another(
    identity: Identity | None, round_: ReportingRound, criteria_set: CriteriaSet
) -> None:
    if identity is None:
        return
    if identity.kind != KIND:
        sentence = _("This workbook of the portal holds something else than values of communes.")
        raise WorkbookRefused(sentence, code="another-kind")
    if identity.facts.get("round") != round_.code:
        sentence = _("This workbook was made for round %(made)s; you are sending it to %(now)s.")
        words = {"made": identity.facts.get("round", "?"), "now": round_.code}
        raise WorkbookRefused(sentence % words, code="another-round")
    if identity.facts.get("set") != criteria_set.code:
        sentence = _("This workbook was made for another set of criteria. Download it anew.")
        raise WorkbookRefused(sentence, code="another-set")
