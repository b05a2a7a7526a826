"""The report as a whole: its parts in order, long for the nation, on two pages for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from criteria.models import ReportingRound
from ntm_portal.templatetags.portal import day
from programme.reports import office as offices
from programme.reports.composing import movement, obstacles, parts, targets
from programme.reports.composing.questions import questions
from programme.reports.document import Document, Heading, Items
from programme.reports.facts import digest_of
from programme.reports.words import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from programme.reports.document import Block
    from programme.reports.facts import Facts
    from programme.reports.office import Office


def compose(facts: Facts, office: Office) -> Document:
    """Return the report in the language that is active."""
    return Document(
        language=get_language() or "vi",
        reference_day=facts.round.reference_date,
        letterhead=offices.letterhead(office),
        title=_("REPORT"),
        subject=_("Results of new rural development in %(unit)s, round %(round)s (as of %(day)s)")
        % {
            "unit": name_of(facts.unit),
            "round": facts.round.code,
            "day": day(facts.round.reference_date),
        },
        warning=" ".join(_warnings(facts.round)),
        blocks=tuple(_long(facts) if facts.is_nation else _short(facts)),
        annex=tuple(_annex(facts)) if facts.is_nation else (),
        signature=offices.signature(office, facts.unit),
        digest=digest_of(facts),
        origin=_(
            "Figures of the NTM Portal, round %(round)s, as reported unless “verified” is said."
        )
        % {"round": facts.round.code},
        is_short=not facts.is_nation,
    )


def _warnings(round_: ReportingRound) -> Iterator[str]:
    if round_.is_demonstration:
        yield _("Demonstration data, not official figures.")
    if round_.status != ReportingRound.Status.PUBLISHED:
        yield _("The round is not yet published: its figures may still change.")


def _long(facts: Facts) -> Iterator[Block]:
    yield Heading(_("I. Where the programme stands"))
    yield parts.opening(facts)
    yield from targets.blocks(facts)
    yield Heading(_("II. Regions and provinces"))
    yield from parts.blocks(facts)
    yield Heading(_("III. What holds communes back"))
    yield from obstacles.blocks(facts)
    yield Heading(_("IV. What moved since the round before"))
    yield from movement.blocks(facts)
    yield Heading(_("V. Questions for the meeting"))
    yield Items(questions(facts), is_numbered=True)


def _annex(facts: Facts) -> Iterator[Block]:
    yield Heading(_("Annex: figures by province"))
    yield parts.units(facts)


def _short(facts: Facts) -> Iterator[Block]:
    yield Heading(_("I. Where the programme stands"))
    yield parts.opening(facts)
    yield from targets.blocks(facts)
    yield Heading(_("II. What holds communes back, and what moved"))
    yield from obstacles.blocks(facts)
    yield from movement.blocks(facts)
    yield parts.units(facts)
    yield Heading(_("III. Three questions for the meeting"))
    yield Items(questions(facts), is_numbered=True)
