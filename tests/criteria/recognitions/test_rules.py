"""The shipped law is whole: no two titles for one day, each fact with its certainty."""

from itertools import combinations

from communes.models import AdministrativeUnit, Succession
from criteria.models import Recognition
from criteria.models.sets import Confidence
from criteria.recognition.rules import authorities, merger_rules, titles
from criteria.scoring.titles import Asks, Title

Unit = AdministrativeUnit
# What only some questions carry, and must.
NEEDS_STANDARD = {Asks.OWN_CRITERIA, Asks.HOLDS, Asks.REVOKED_SHARE}
NEEDS_SHARE = {Asks.SHARE, Asks.FAILING, Asks.REVOKED_SHARE}


def overlap(one: Title, other: Title) -> bool:
    is_same = one.standard == other.standard and one.level == other.level
    if not is_same or not one.kinds & other.kinds:
        return False
    earlier, later = sorted((one, other), key=lambda title: title.valid_from)
    return earlier.valid_to is None or earlier.valid_to >= later.valid_from


def test_no_unit_has_two_procedures_for_one_title_on_one_day() -> None:
    assert len(titles()) >= 18
    assert [pair for pair in combinations(titles(), 2) if overlap(*pair)] == []


def test_every_title_names_units_standards_and_authorities_there_are() -> None:
    for title in titles():
        assert title.kinds <= set(Unit.Kind.values)
        assert title.level in Unit.Level.values
        assert title.standard in Recognition.Standard.values
        assert title.decided_by is None or title.decided_by in authorities()
        assert (title.decided_by is None) == (title.confidence == Confidence.UNKNOWN)


def test_every_provision_has_its_words_its_certainty_and_what_it_asks() -> None:
    provisions = [item for title in titles() for item in (*title.conditions, *title.grounds)]
    assert len(provisions) >= 50
    for item in provisions:
        assert item.name
        assert item.name_en
        assert item.legal_ref
        assert item.confidence in Confidence.values
        assert item.source or item.confidence != Confidence.READ
        assert bool(item.standard) == (item.asks in NEEDS_STANDARD)
        assert bool(item.at_least) == (item.asks in NEEDS_SHARE)
        assert (item.asks is Asks.UNREAD) <= (item.confidence == Confidence.UNKNOWN)
    assert all(title.conditions for title in titles())


def test_every_rule_on_mergers_names_changes_and_statuses_there_are() -> None:
    assert len({rule.code for rule in merger_rules()}) == len(merger_rules())
    for rule in merger_rules():
        assert rule.kinds <= set(Succession.Kind.values)
        assert rule.status is None or rule.status in Recognition.MergerStatus.values
        assert (rule.status is None) == (rule.confidence == Confidence.UNKNOWN)
        assert rule.source or rule.status is None
