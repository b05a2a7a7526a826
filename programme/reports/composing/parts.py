"""The parts of a place: regions, then units, from the lowest share up, and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ntm_portal.templatetags.portal import number, percent, signed
from programme.dashboard import children
from programme.reports.document import Cell, Column, Paragraph, Picture, Table
from programme.reports.pictures import map_of
from programme.reports.words import change, count, listed, measured, name_of, share_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from programme.dashboard.children import Row
    from programme.dashboard.regions import Line
    from programme.reports.document import Block
    from programme.reports.facts import Facts

NAMED = 5
ON_SHORT_PAPER = 20


def opening(facts: Facts) -> Paragraph:
    """Say where the place stands, in one paragraph."""
    now, place = facts.now, facts.place
    words = {
        "unit": capfirst(name_of(facts.unit)),
        "certified": number(now.certified),
        "communes": number(now.communes),
        "share": percent(now.certified_share, 1),
        "mean": number(now.mean_criteria, 1),
        "meets": number(now.reported.meets_all),
        "verified": number(now.verified.meets_all),
        "below": number(now.reported.below_10),
    }
    said = [
        _(
            "%(unit)s has %(certified)s of %(communes)s communes recognised as meeting the "
            "standard of new rural development (%(share)s)."
        )
        % words
    ]
    if place.change_certified is not None and place.rounds.previous is not None:
        said.append(
            _("Since round %(round)s that is %(more)s communes (%(points)s points).")
            % {
                "round": place.rounds.previous.code,
                "more": signed(place.change_certified),
                "points": signed(place.change_share, 1),
            }
        )
    said.append(
        _(
            "A commune that reported meets %(mean)s criteria on average; %(meets)s communes report "
            "that they meet all, of which %(verified)s are verified; %(below)s meet fewer than 10."
        )
        % words
    )
    return Paragraph(" ".join(said))


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what is said of regions and units, with the map and the table by region."""
    if facts.area.regions:
        yield Paragraph(_of_regions(facts.area.regions))
        yield _regions(facts)
    rows = [row for row in facts.area.rows if row.now and row.now.communes and not row.is_commune]
    if rows:
        yield Paragraph(_of_units(rows))
    if facts.place.drawing is not None:
        listed_ = facts.place.drawing.listed
        yield Picture(
            _("Share of communes recognised by province"),
            "; ".join(f"{area.unit.short_label} {percent(area.value, 1)}" for area in listed_),
            map_of(facts.place.drawing),
            80,
        )


def _of_regions(regions: Sequence[Line]) -> str:
    known = sorted(
        (item for item in regions if item.now.communes),
        key=lambda line: line.now.certified_share or 0,
    )
    high, low = known[-1], known[0]
    return _(
        "Regions differ: %(high)s leads with %(high_share)s, %(low)s is last with %(low_share)s."
    ) % {
        "high": high.region.label,
        "high_share": percent(high.now.certified_share, 1),
        "low": low.region.label,
        "low_share": percent(low.now.certified_share, 1),
    }


def _of_units(rows: Sequence[Row]) -> str:
    low = children.ordered(rows, "share")[:NAMED]
    full = sum(1 for row in rows if row.now and row.now.certified == row.now.communes)
    said = _("The lowest shares are those of %(units)s.") % {
        "units": listed(
            f"{row.unit.short_label} ({percent(row.now.certified_share, 1)})"
            for row in low
            if row.now
        )
    }
    if full:
        said += " " + ngettext(
            "In %(count)s unit every commune is recognised.",
            "In %(count)s units every commune is recognised.",
            full,
        ) % {"count": number(full)}
    return said


def _regions(facts: Facts) -> Table:
    sums = [
        (
            Cell(item.region.label),
            count(item.now.communes),
            count(item.now.certified),
            share_cell(item.now.certified_share),
            change(item.change_share),
            count(item.now.reported.meets_all),
            count(item.now.verified.meets_all),
            measured(item.now.mean_criteria),
        )
        for item in facts.area.regions
    ]
    return Table(_("By region"), _columns(_("Region")), (_whole(facts), *sums), strong=1)


def units(facts: Facts) -> Table:
    """Return the table of the units right below, the lowest share first, the whole above them."""
    rows = [row for row in facts.area.rows if row.now]
    order = "mean" if rows and rows[0].is_commune else "share"
    lines = tuple(_line(row) for row in children.ordered(rows, order))
    on_paper = None if facts.is_nation else ON_SHORT_PAPER + 1
    note = ""
    if on_paper is not None and len(lines) >= on_paper:
        note = _("The %(shown)s lowest of %(all)s are shown; all stand in the Excel workbook.") % {
            "shown": number(on_paper - 1),
            "all": number(len(lines)),
        }
    caption = _("By province") if facts.is_nation else _("By unit")
    columns = (*_columns(_("Unit")), Column(_("Held back most by"), width=17))
    whole = (*_whole(facts), Cell(", ".join(_blocking(facts))))
    return Table(caption, columns, (whole, *lines), 1, note, on_paper)


def _blocking(facts: Facts) -> tuple[str, ...]:
    return tuple(cell.criterion.code for cell in facts.area.hints.blocking)


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first, width=25),
        Column(_("Communes"), is_number=True, width=14),
        Column(_("Recognised"), is_number=True, width=15),
        Column(_("Share"), is_number=True, width=12),
        Column(_("± round"), is_number=True, width=12),
        Column(_("Meets all"), is_number=True, width=12),
        Column(_("of these verified"), is_number=True, width=12),
        Column(_("Mean criteria"), is_number=True, width=12),
    )


def _whole(facts: Facts) -> tuple[Cell, ...]:
    now = facts.now
    return (
        Cell(facts.unit.short_label),
        count(now.communes),
        count(now.certified),
        share_cell(now.certified_share),
        change(facts.place.change_share),
        count(now.reported.meets_all),
        count(now.verified.meets_all),
        measured(now.mean_criteria),
    )


def _line(row: Row) -> tuple[Cell, ...]:
    now = row.now
    change_ = change(row.change, 0 if row.is_commune else 1)
    return (
        Cell(row.unit.short_label),
        count(now.communes if now else None),
        count(now.certified if now else None),
        share_cell(now.certified_share if now else None),
        change_,
        count(now.reported.meets_all if now else None),
        count(now.verified.meets_all if now else None),
        measured(now.mean_criteria if now else None),
        Cell(", ".join(row.not_met if row.is_commune else row.blocking)),
    )
