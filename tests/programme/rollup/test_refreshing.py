"""What is owed is worked off: once, whole, and never in a frozen round."""

from __future__ import annotations

from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, StaleUnit
from criteria.assessment import rejudge
from criteria.models import Assessment, IndicatorValue, ReportingRound
from programme.models import CriterionTally, RollupState, Summary
from programme.rollup import rebuild, refresh_stale, refreshing, writing
from programme.rollup.counters import COUNTERS
from tests.factories import RecognitionFactory, RoundFactory, UnitFactory
from tests.programme.rollup.conftest import Scene
from tests.programme.rows import MET, NOT_MET, assess, cooperative, counted, product

if TYPE_CHECKING:
    from collections.abc import Callable

SINCE = date(2020, 12, 31)


def mark(*units: AdministrativeUnit, since: date = SINCE) -> None:
    StaleUnit.objects.bulk_create(StaleUnit(unit=unit, since=since) for unit in units)


def figures(round_: ReportingRound) -> tuple[list[Any], list[Any]]:
    """Return everything that is stored for a round, to be compared as a whole."""
    verdicts = ("met", "not_met", "missing", "undetermined", "not_applicable")
    summaries = Summary.objects.filter(round=round_).order_by("unit_id", "basis")
    tallies = CriterionTally.objects.filter(round=round_)
    return (
        list(summaries.values_list("unit_id", "basis", *COUNTERS)),
        sorted(tallies.values_list("unit_id", "basis", "criterion_id", *verdicts)),
    )


def retype(assessment: Assessment, number: int) -> None:
    IndicatorValue.objects.filter(assessment=assessment).update(number=number)
    rejudge([assessment.pk])


def test_a_typed_value_reaches_every_level_of_the_map(scene: Scene) -> None:
    assess(scene.communes[0], scene.round, MET, NOT_MET)
    mark(scene.communes[0])
    assert refresh_stale() == 1
    for unit in (scene.communes[0], scene.district, scene.province, scene.nation):
        assert counted(unit, scene.round, "assessed", "criteria_met", "below_5") == (1, 1, 1)
    assert counted(scene.other_district, scene.round, "communes", "assessed") == (1, 0)
    assert counted(scene.nation, scene.round, "communes") == (5,)


def test_a_province_without_districts_adds_up_as_well(scene: Scene) -> None:
    assess(scene.communes[0], scene.round, MET, NOT_MET)
    for commune in scene.communes[3:]:
        assess(commune, scene.round, MET, MET)
    mark(*scene.communes)
    refresh_stale()
    assert counted(scene.flat_province, scene.round, "assessed", "meets_all") == (2, 2)
    assert counted(scene.nation, scene.round, "assessed", "criteria_met", "meets_all") == (3, 5, 2)


def test_the_nation_is_the_sum_of_the_lowest_units(scene: Scene) -> None:
    for place, commune in enumerate(scene.communes):
        assess(commune, scene.round, MET, [MET, NOT_MET, None][place % 3], verified=[MET, NOT_MET])
        RecognitionFactory(unit=commune)
        product(commune, 3)
        cooperative(commune, {2020: place % 2 == 0})
    product(scene.ward, 5)
    mark(scene.ward)
    refresh_stale()
    for basis in ("reported", "verified"):
        lowest = [
            counted(unit, scene.round, *COUNTERS, basis=basis)
            for unit in (*scene.communes, scene.ward)
        ]
        assert counted(scene.nation, scene.round, *COUNTERS, basis=basis) == tuple(
            map(sum, zip(*lowest, strict=True))
        )


def test_a_change_is_added_to_what_stands_beside_it(scene: Scene) -> None:
    items = [assess(commune, scene.round, MET, NOT_MET) for commune in scene.communes]
    rebuild(scene.round)
    retype(items[0], 95)
    cooperative(scene.communes[0], {2020: True})
    mark(scene.communes[0])
    refresh_stale()
    by_refresh = figures(scene.round)
    assert counted(scene.nation, scene.round, "criteria_met", "meets_all", "cooperatives") == (
        6,
        1,
        1,
    )
    rebuild(scene.round)
    assert figures(scene.round) == by_refresh


def test_only_units_with_children_have_tallies(scene: Scene) -> None:
    assess(scene.communes[0], scene.round, MET, NOT_MET)
    assess(scene.communes[3], scene.round, MET, None)
    mark(*scene.communes)
    refresh_stale()
    with_tallies = set(CriterionTally.objects.values_list("unit_id", flat=True))
    above = (scene.nation, scene.province, scene.flat_province)
    assert with_tallies == {unit.pk for unit in (*above, scene.district, scene.other_district)}
    tallies = CriterionTally.objects.filter(unit=scene.nation, basis="reported")
    rows = tallies.order_by("criterion__position").values_list("met", "not_met", "missing")
    assert list(rows) == [(2, 0, 0), (0, 1, 1)]


def test_twice_gives_what_once_gives(scene: Scene) -> None:
    assess(scene.communes[0], scene.round, MET, NOT_MET)
    mark(scene.communes[0])
    refresh_stale()
    once, rows = figures(scene.round), Summary.objects.count()
    mark(scene.communes[0], scene.communes[0])
    assert refresh_stale() == 1
    assert (figures(scene.round), Summary.objects.count()) == (once, rows)


def test_a_burst_is_worked_off_by_the_first_message(scene: Scene) -> None:
    mark(*scene.communes)
    mark(*scene.communes)
    assert refresh_stale() == 5
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert refresh_stale() == 0
    assert len(queries) == 1


def test_a_mark_made_during_the_rollup_survives(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writing.write_tallies

    def write_and_mark(*args: Any) -> None:
        write(*args)
        mark(scene.communes[1])

    monkeypatch.setattr(refreshing, "write_tallies", write_and_mark)
    mark(scene.communes[0])
    refresh_stale()
    assert list(StaleUnit.objects.values_list("unit_id", flat=True)) == [scene.communes[1].pk]


def test_what_fails_half_way_leaves_the_marks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "write_tallies", lambda *_args: 1 / 0)
    mark(scene.communes[0])
    with pytest.raises(ZeroDivisionError):
        refresh_stale()
    assert (StaleUnit.objects.count(), Summary.objects.count()) == (1, 0)


def test_a_frozen_round_is_not_touched(scene: Scene) -> None:
    item = assess(scene.communes[0], scene.round, NOT_MET, NOT_MET)
    rebuild(scene.round)
    before = figures(scene.round)
    ReportingRound.objects.update(status=ReportingRound.Status.PUBLISHED)
    retype(item, 95)
    mark(scene.communes[0])
    refresh_stale()
    assert figures(scene.round) == before
    assert not StaleUnit.objects.exists()


def test_rounds_before_the_change_are_not_touched(scene: Scene) -> None:
    earlier = RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31))
    closed = ReportingRound.Status.CLOSED
    later = RoundFactory(code="2021-Q2", reference_date=date(2021, 6, 30), status=closed)
    mark(scene.communes[0])
    refresh_stale()
    touched = set(Summary.objects.values_list("round__code", flat=True))
    assert touched == {scene.round.code, later.code}
    assert earlier.code not in touched


def test_each_unit_is_owed_since_its_own_earliest_mark(scene: Scene) -> None:
    earlier = RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31))
    rebuild(earlier)
    RecognitionFactory(unit=scene.communes[0], decision_date=date(2019, 5, 1))
    RecognitionFactory(unit=scene.communes[1], decision_date=date(2019, 5, 1))
    mark(scene.communes[0], since=date(2019, 5, 1))
    mark(scene.communes[0])
    mark(scene.communes[1])
    refresh_stale()
    assert counted(scene.communes[0], earlier, "certified") == (1,)
    assert counted(scene.communes[1], earlier, "certified") == (0,)


def test_a_unit_that_is_not_on_the_map_of_the_day_lets_go_of_its_figures(scene: Scene) -> None:
    gone = scene.communes[0]
    assess(gone, scene.round, MET, MET)
    rebuild(scene.round)
    gone.valid_to = date(2020, 6, 30)
    gone.save()
    mark(gone)
    refresh_stale()
    assert not Summary.objects.filter(unit=gone).exists()
    for unit, communes in ((scene.district, 1), (scene.nation, 4)):
        assert counted(unit, scene.round, "communes", "assessed", "meets_all") == (communes, 0, 0)
    tallied = CriterionTally.objects.filter(unit=scene.nation, basis="reported")
    assert set(tallied.values_list("met", flat=True)) == {0}


def test_a_unit_new_on_the_map_makes_the_round_whole_again(scene: Scene) -> None:
    rebuild(scene.round)
    new = UnitFactory(parent=scene.other_district)
    mark(scene.communes[0])
    refresh_stale()
    assert counted(new, scene.round, "communes") == (1,)
    assert counted(scene.nation, scene.round, "communes") == (6,)


def test_it_says_when_the_figures_were_refreshed(scene: Scene) -> None:
    assert refresh_stale() == 0
    assert not RollupState.objects.exists()
    mark(scene.communes[0])
    refresh_stale()
    state = RollupState.objects.get()
    computed = set(Summary.objects.values_list("computed_at", flat=True))
    assert computed == {state.refreshed_at}


def test_the_number_of_queries_does_not_grow_with_the_number_of_units(scene: Scene) -> None:
    communes = [UnitFactory(parent=scene.district) for _ in range(30)]
    for commune in communes:
        assess(commune, scene.round, MET, NOT_MET, verified=[MET, None])
    rebuild(scene.round)
    asked = []
    for stale in (communes[:1], communes):
        mark(*stale)
        with CaptureQueriesContext(connection) as queries:
            assert refresh_stale() == len(stale)
        statements = [query["sql"].split()[0] for query in queries]
        # SQLite takes so many values in a statement, so rows are written in lots.
        asked.append([word for word in statements if word != "INSERT"])
        assert statements.count("INSERT") <= 5
    assert asked[0] == asked[1]


def test_many_stale_units_are_rolled_up_as_a_whole(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for commune in scene.communes:
        assess(commune, scene.round, MET, NOT_MET)
    mark(*scene.communes)
    refresh_stale()
    expected = figures(scene.round)
    Summary.objects.update(criteria_met=77)
    monkeypatch.setattr(refreshing, "MANY", 2)
    mark(*scene.communes[:3])
    refresh_stale()
    assert figures(scene.round) == expected


@pytest.mark.parametrize("is_first_ever", [True, False])
def test_rollups_side_by_side_give_what_one_gives(
    side_by_side: Callable[..., list[Any]], scene: Scene, is_first_ever: bool
) -> None:
    for commune in scene.communes:
        assess(commune, scene.round, MET, NOT_MET)
    if not is_first_ever:
        rebuild(scene.round)
    mark(*scene.communes)
    all_together = Barrier(4)

    def refresh() -> int:
        all_together.wait()
        return refresh_stale()

    assert sorted(side_by_side(*[refresh] * 4)) == [0, 0, 0, 5]

    def left() -> tuple[int, int, tuple[int, ...]]:
        nation = counted(scene.nation, scene.round, "communes", "criteria_met")
        return StaleUnit.objects.count(), RollupState.objects.count(), nation

    assert side_by_side(left) == [(0, 1, (5, 5))]
