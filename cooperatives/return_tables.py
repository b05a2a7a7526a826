"""The returns of a year as a workbook to fill in, one row for each cooperative."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cooperatives.forms import ReturnForm, held_of
from cooperatives.models import Cooperative, YearlyReturn
from ntm_portal.lib.form_tables import MOST_ROWS, FormTable, Line

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User
    from ntm_portal.lib.workbooks import Fault

OPEN = (YearlyReturn.Status.DRAFT, YearlyReturn.Status.RETURNED)


def return_table(year: int, by: User) -> FormTable:
    """Return the cooperatives whose return of the year she may still type, with what is typed."""
    rows = Cooperative.objects.within(by.scope.write | by.scope.administer)
    of_year = YearlyReturn.objects.filter(year=year)
    sent = of_year.exclude(status__in=OPEN).order_by().values("cooperative")
    rows = rows.active_on(date(year, 12, 31)).exclude(pk__in=sent).select_related("commune")
    rows = rows.prefetch_related(Prefetch("returns", of_year, to_attr="of_year"))
    lines = {row.pk: _line(row) for row in rows.order_by("search_name", "pk")[:MOST_ROWS]}
    return FormTable(
        "cooperative-returns",
        _("Returns of %(year)s") % {"year": year},
        ReturnForm(by=by, cooperative=Cooperative(), year=year),
        lines,
        shown=(_("Cooperative"), _("Commune")),
        facts={"year": str(year)},
        takes_new_rows=False,
    )


def enter_returns(content: bytes, *, year: int, by: User) -> tuple[int, list[Fault]]:
    """Save the drafts that the workbook holds, all or nothing."""

    def make(pk: int | None, data: dict[str, str]) -> ReturnForm:
        cooperative = Cooperative.objects.get(pk=pk or 0)
        return ReturnForm(
            {**data, "seen_version": data["seen"]}, by=by, cooperative=cooperative, year=year
        )

    return return_table(year, by).enter(content, make)


def _line(row: Cooperative) -> Line:
    typed: list[YearlyReturn] = getattr(row, "of_year", [])
    held = held_of(typed[0]) if typed else {}
    return Line(typed[0].version if typed else 0, held, (row.name, row.commune.name))
