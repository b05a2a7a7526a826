"""What moved since the round before: who rose, who slipped and why, what is not yet verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ntm_portal.templatetags.portal import number, signed
from programme.reports.document import Items, Paragraph
from programme.reports.words import criteria_codes, listed, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from programme.dashboard.acting.reading import Named, Section
    from programme.dashboard.children import Row
    from programme.reports.document import Block
    from programme.reports.facts import Facts

NAMED = 5


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what is said of the change since the round before."""
    if facts.place.rounds.previous is None:
        yield Paragraph(_("There is no round before this one to compare it with."))
    else:
        rows = [row for row in facts.area.rows if not row.is_commune and row.change is not None]
        if rows:
            yield Paragraph(_of_units(rows))
        yield Items(tuple(_of_communes(facts)))
    yield from _unverified(facts)


def _of_units(rows: Sequence[Row]) -> str:
    moved = sorted(rows, key=lambda row: row.change or 0)
    rose = [row for row in reversed(moved) if (row.change or 0) > 0]
    fell = [row for row in moved if (row.change or 0) < 0]
    said = [
        _("%(rose)s units rose since the round before, %(fell)s fell, %(same)s stayed.")
        % {
            "rose": number(len(rose)),
            "fell": number(len(fell)),
            "same": number(len(rows) - len(rose) - len(fell)),
        }
    ]
    if rose:
        said.append(_("Most improved: %(units)s.") % {"units": listed(map(_moved, rose[:NAMED]))})
    if fell:
        said.append(_("Slipped most: %(units)s.") % {"units": listed(map(_moved, fell[:NAMED]))})
    return " ".join(said)


def _moved(row: Row) -> str:
    return _("%(unit)s (%(points)s points)") % {
        "unit": row.unit.short_label,
        "points": signed(row.change, 1),
    }


def _of_communes(facts: Facts) -> Iterator[str]:
    gained, lost = facts.acting.gained, facts.acting.lost
    yield _head(
        gained,
        ngettext(
            "%(count)s commune meets more criteria than before",
            "%(count)s communes meet more criteria than before",
            gained.total,
        ),
        facts.provinces,
    )
    yield _head(
        lost,
        ngettext(
            "%(count)s commune meets fewer criteria than before",
            "%(count)s communes meet fewer criteria than before",
            lost.total,
        ),
        facts.provinces,
    )
    if facts.acting.stale_total:
        yield (
            ngettext(
                "%(count)s commune has reported nothing new in this round and the one before",
                "%(count)s communes have reported nothing new in this round and the one before",
                facts.acting.stale_total,
            )
            % {"count": number(facts.acting.stale_total)}
            + "."
        )


def _head(section: Section, sentence: str, provinces: Mapping[int, str]) -> str:
    said = sentence % {"count": number(section.total)}
    if not section.rows:
        return f"{said}."
    return _("%(said)s, most of all %(communes)s.") % {
        "said": said,
        "communes": "; ".join(named(row, provinces) for row in section.rows[:3]),
    }


def named(row: Named, provinces: Mapping[int, str]) -> str:
    """Name a commune with its province, its change and the criteria that made it."""
    province = provinces.get(row.unit.pk)
    where = f"{name_of(row.unit)}, {province}" if province else name_of(row.unit)
    codes = criteria_codes(row.criteria)
    return f"{where} ({signed(row.standing.change)}{': ' + codes if codes else ''})"


def _unverified(facts: Facts) -> Iterator[Block]:
    hints = facts.area.hints
    if not hints.unverified:
        return
    yield Paragraph(
        _(
            "More is reported than verified: %(count)s communes report that they meet all criteria "
            "and are not yet verified, most of them in %(units)s."
        )
        % {
            "count": number(facts.now.unverified),
            "units": listed(
                f"{row.unit.short_label} ({number(row.now.unverified)})"
                for row in hints.unverified[:NAMED]
                if row.now
            ),
        }
    )
