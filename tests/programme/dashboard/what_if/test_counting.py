"""What communes would come to if some verdicts were others."""

from __future__ import annotations

import pytest

from criteria.scoring.verdicts import Verdict
from programme.dashboard.what_if.counting import Change, Commune, changed, count

MET, NOT_MET, NA = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE


def commune(met: int, unmet: int, verdict: Verdict, *, recognised: bool = False) -> Commune:
    return Commune(met, unmet, not unmet, recognised, {"17": verdict})


@pytest.mark.parametrize(
    ("was", "after", "met", "unmet", "meets_all"),
    [
        (commune(18, 1, NOT_MET), MET, 19, 0, True),
        (commune(18, 1, Verdict.MISSING), MET, 19, 0, True),
        (commune(17, 2, NOT_MET), MET, 18, 1, False),
        (commune(19, 0, MET), NOT_MET, 18, 1, False),
        (commune(19, 0, MET), MET, 19, 0, True),
        (commune(18, 0, NA), MET, 19, 0, True),
    ],
)
def test_a_verdict_takes_the_place_of_another(
    was: Commune, after: Verdict, met: int, unmet: int, *, meets_all: bool
) -> None:
    would = changed(was, Change({"17": after}), set_is_complete=True)
    assert (would.met, would.unmet, would.meets_all) == (met, unmet, meets_all)


def test_an_incomplete_set_is_never_met() -> None:
    would = changed(commune(18, 1, NOT_MET), Change({"17": MET}), set_is_complete=False)
    assert not would.meets_all


def test_who_would_meet_all_counts_as_recognised_and_who_falls_short_stays_so() -> None:
    rises, falls = commune(18, 1, NOT_MET), commune(19, 0, MET, recognised=True)
    low = commune(9, 10, NOT_MET)
    pairs = [
        (rises, changed(rises, Change({"17": MET}), set_is_complete=True)),
        (falls, changed(falls, Change({"17": NOT_MET}), set_is_complete=True)),
        (low, changed(low, Change({"17": MET}), set_is_complete=True)),
    ]
    found = count(pairs)
    assert (found.before["certified"], found.after["certified"]) == (1, 2)
    assert (found.before["below_10"], found.after["below_10"]) == (1, 0)
    assert (found.before["meets_all"], found.after["meets_all"]) == (1, 1)
    assert (found.gaining, found.losing) == (2, 1)
