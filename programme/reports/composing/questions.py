"""Three questions for the meeting, each from a figure of this place that asks for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.templatetags.portal import day, number, percent
from programme.dashboard.pace import Outlook
from programme.reports.composing.movement import named
from programme.reports.words import criterion_name, listed, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from programme.reports.facts import Facts

ASKED = 3


def questions(facts: Facts) -> tuple[str, ...]:
    """Return the first three, in the order in which they press; there are always three."""
    found = [*_of_targets(facts), *_slipping(facts), *_near(facts), *_unverified(facts)]
    found += [*_ready(facts), *_blocking(facts), *_stale(facts), *_lowest(facts), *_general(facts)]
    return tuple(found[:ASKED])


def _of_targets(facts: Facts) -> Iterator[str]:
    for gauge in facts.place.gauges:
        pace = gauge.pace
        if pace is None or pace.forecast is None or pace.outlook is not Outlook.BEHIND:
            continue
        yield _(
            "“%(label)s” will stand at %(forecast)s by %(due)s at the present pace, the target is "
            "%(goal)s: which measures close the distance, and who answers for them?"
        ) % {
            "label": gauge.label,
            "forecast": value_of(gauge, pace.forecast),
            "due": day(pace.due),
            "goal": gauge.goal,
        }
        return


def _slipping(facts: Facts) -> Iterator[str]:
    lost = facts.acting.lost
    if lost.total:
        yield _(
            "%(count)s of %(communes)s communes meet fewer criteria than in the round before, "
            "among them %(commune)s: what happened, and will it be made good before the next round?"
        ) % _counted(facts, lost.total, commune=named(lost.rows[0], facts.provinces))


def _near(facts: Facts) -> Iterator[str]:
    hints = facts.area.hints
    if hints.one_short and hints.one_short_by:
        first = hints.one_short_by[0]
        yield _(
            "%(count)s of %(communes)s communes lack one criterion only, most often criterion "
            "%(code)s (%(name)s, %(most)s): what would it take to finish these first?"
        ) % _counted(
            facts,
            hints.one_short,
            most=number(first.communes),
            code=first.code,
            name=first.label,
        )


def _unverified(facts: Facts) -> Iterator[str]:
    if facts.now.unverified:
        units = [row.unit.short_label for row in facts.area.hints.unverified[:3]]
        where = _(" (most in %(units)s)") % {"units": listed(units)} if units else ""
        yield _(
            "%(reported)s of %(communes)s communes report that they meet all criteria, "
            "%(verified)s are verified%(where)s: by when is the rest verified?"
        ) % _counted(
            facts,
            facts.now.unverified,
            reported=number(facts.now.reported.meets_all),
            verified=number(facts.now.verified.meets_all),
            where=where,
        )


def _ready(facts: Facts) -> Iterator[str]:
    ready = facts.area.hints.ready
    if ready:
        yield _(
            "%(count)s of %(communes)s communes meet all criteria and are not yet recognised: what "
            "do their files still lack, and when are they put forward?"
        ) % _counted(facts, ready)


def _blocking(facts: Facts) -> Iterator[str]:
    for cell in facts.area.hints.blocking[:1]:
        yield _(
            "%(count)s of %(communes)s communes fail %(criterion)s: is this a matter of money, "
            "of rules or of management, and who takes the lead?"
        ) % _counted(facts, cell.not_met, criterion=criterion_name(cell))


def _stale(facts: Facts) -> Iterator[str]:
    if facts.acting.stale_total:
        yield _(
            "%(count)s of %(communes)s communes have reported nothing new for two rounds: who "
            "helps them to report?"
        ) % _counted(facts, facts.acting.stale_total)


def _lowest(facts: Facts) -> Iterator[str]:
    rows = [row for row in facts.area.rows if row.now and row.now.certified_share is not None]
    whole = facts.now.certified_share
    if rows and whole is not None:
        low = min(rows, key=lambda row: (row.now and row.now.certified_share) or 0)
        share = low.now.certified_share if low.now else None
        if share is not None and share < whole:
            yield _(
                "%(unit)s stands at %(share)s, the average is %(whole)s: which support does it "
                "need?"
            ) % {
                "unit": low.unit.short_label,
                "share": percent(share, 1),
                "whole": percent(whole, 1),
            }


def _general(facts: Facts) -> Iterator[str]:
    words = {
        "certified": number(facts.now.certified),
        "communes": number(facts.now.communes),
        "advanced": number(facts.now.reported.certified_advanced),
        "assessed": number(facts.now.reported.assessed),
        "mean": number(facts.now.mean_criteria, 1),
    }
    yield (
        _(
            "%(certified)s of %(communes)s communes are recognised: how are the criteria "
            "kept that cost most to keep?"
        )
        % words
    )
    yield (
        _("%(advanced)s communes meet the advanced standard: which are put forward for it next?")
        % words
    )
    yield (
        _(
            "%(assessed)s of %(communes)s communes reported, with %(mean)s criteria met on "
            "average: are these figures checked on the spot?"
        )
        % words
    )


def _counted(facts: Facts, count: int, **more: str) -> dict[str, str]:
    """Return the words for so many of the communes of the place."""
    return {"count": number(count), "communes": number(facts.now.communes), **more}
