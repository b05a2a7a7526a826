"""What holds back: the criteria that most communes do not meet, by region, and who is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ntm_portal.templatetags.portal import number, percent
from programme.reports.document import Cell, Column, Items, Paragraph, Picture, Table
from programme.reports.pictures import bars
from programme.reports.words import count, criterion_name, listed, share_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from programme.dashboard.tallies import Cell as Tally
    from programme.reports.document import Block
    from programme.reports.facts import Facts

SHOWN = 5


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what is said of the criteria."""
    worst = sorted(
        (cell for cell in facts.area.cells if cell.not_met),
        key=lambda cell: (-cell.not_met, cell.criterion.position),
    )
    if not worst:
        yield Paragraph(_("No commune that reported fails a criterion."))
        return
    yield Paragraph(
        _("Most communes are held back by %(criteria)s.")
        % {
            "criteria": listed(
                _("%(criterion)s, %(count)s communes")
                % {"criterion": criterion_name(cell), "count": number(cell.not_met)}
                for cell in worst[:3]
            )
        }
    )
    yield Picture(
        _("Communes that do not meet each criterion"),
        "; ".join(f"{cell.criterion.code}: {number(cell.not_met)}" for cell in facts.area.cells),
        bars([(cell.criterion.code, cell.not_met) for cell in facts.area.cells]),
    )
    if facts.is_nation:
        yield _table(facts)
        yield Items(
            tuple(
                f"{line.label}: {listed(_short(cell) for cell in line.cells[:3])}."
                for line in facts.blocking[1:]
            )
        )
    yield from _near(facts)


def _short(cell: Tally) -> str:
    return _("criterion %(code)s (%(count)s communes)") % {
        "code": cell.criterion.code,
        "count": number(cell.not_met),
    }


def _near(facts: Facts) -> Iterator[Block]:
    hints = facts.area.hints
    if hints.one_short:
        said = ngettext(
            "%(count)s commune lacks one criterion only",
            "%(count)s communes lack one criterion only",
            hints.one_short,
        ) % {"count": number(hints.one_short)}
        by = listed(
            _("criterion %(code)s (%(count)s communes)")
            % {"code": held.code, "count": number(held.communes)}
            for held in hints.one_short_by
        )
        yield Paragraph(
            _("%(communes)s, most of them %(criteria)s.") % {"communes": said, "criteria": by}
        )
    if hints.ready:
        yield Paragraph(
            ngettext(
                "%(count)s commune meets all criteria and is not yet recognised.",
                "%(count)s communes meet all criteria and are not yet recognised.",
                hints.ready,
            )
            % {"count": number(hints.ready)}
        )
    if hints.undetermined:
        yield Paragraph(
            _(
                "Not judged for want of a level that somebody has set or read: %(criteria)s. Such "
                "criteria count neither as met nor as failed."
            )
            % {"criteria": listed(_unjudged(cell) for cell in hints.undetermined[:SHOWN])}
        )


def _unjudged(cell: Tally) -> str:
    return _("criterion %(code)s (%(count)s communes)") % {
        "code": cell.criterion.code,
        "count": number(cell.undetermined),
    }


def _table(facts: Facts) -> Table:
    columns = (
        Column(_("Criterion"), width=44),
        Column(_("Met"), is_number=True, width=12),
        Column(_("Not met"), is_number=True, width=12),
        Column(_("Missing"), is_number=True, width=12),
        Column(_("Undetermined"), is_number=True, width=14),
        Column(_("Share that meets it"), is_number=True, width=14),
    )
    rows = tuple(
        (
            Cell(f"{cell.criterion.code}. {cell.criterion.label}"),
            count(cell.met),
            count(cell.not_met),
            count(cell.missing),
            count(cell.undetermined),
            share_cell(cell.met_share),
        )
        for cell in facts.area.cells
    )
    return Table(_("Communes by criterion"), columns, rows)


def worst_of(facts: Facts) -> Tally | None:
    """Return the criterion that most communes fail."""
    return next(iter(facts.area.hints.blocking), None)


def share_of(cell: Tally) -> str:
    """Write the share of communes that meet a criterion."""
    return percent(cell.met_share, 1)
