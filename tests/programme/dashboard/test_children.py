"""The units right below a place, at whatever depth the map has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from programme.dashboard import areas, children
from programme.dashboard.rounds import choose
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    UnitFactory,
)
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
Kind = AdministrativeUnit.Kind


def names(rows: list[children.Row]) -> list[str]:
    return [row.unit.short_name for row in rows]


@pytest.fixture
def districts(before: ReportingRound, now: ReportingRound) -> None:
    """Ahead: one of one recognised; Behind: none of two; Empty: only a ward."""
    set_of(1)
    ahead = DistrictFactory(code="1", name="Huyện Đi trước", short_name="Đi trước")
    behind = DistrictFactory(code="2", name="Huyện Đi sau", short_name="Đi sau")
    empty = DistrictFactory(code="3", name="Quận Trống", short_name="Trống")
    RecognitionFactory(unit=(first := UnitFactory(parent=ahead)))
    assess(first, now, NOT_MET)
    assess(UnitFactory(parent=behind), now, MET, verified=[MET])
    assess(UnitFactory(parent=behind), now, MET)
    UnitFactory(parent=empty, kind=Kind.WARD)
    rebuild(before)
    rebuild(now)


@pytest.mark.usefixtures("districts")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("share", ["Đi sau", "Đi trước", "Trống"]),
        ("-share", ["Đi trước", "Đi sau", "Trống"]),
        ("name", ["Đi sau", "Đi trước", "Trống"]),
        ("-communes", ["Đi sau", "Đi trước", "Trống"]),
        ("-mean", ["Đi sau", "Đi trước", "Trống"]),
        ("-unverified", ["Đi sau", "Đi trước", "Trống"]),
    ],
)
def test_rows_are_sorted_and_the_unknown_come_last(order: str, expected: list[str]) -> None:
    rows = children.of_place(ProvinceFactory(), choose(""))
    assert names(children.ordered(rows, order)) == expected


@pytest.mark.usefixtures("districts")
def test_a_row_holds_both_rounds_and_what_blocks() -> None:
    rows = {row.unit.code: row for row in children.of_place(ProvinceFactory(), choose(""))}
    ahead, behind = rows["1"], rows["2"]
    assert (ahead.change, behind.change) == (Decimal(100), Decimal(0))
    assert len(ahead.blocking) == 1
    assert behind.blocking == ()
    assert behind.now is not None
    assert (behind.now.reported.meets_all, behind.now.verified.meets_all) == (2, 1)
    assert behind.now.unverified == 1


def test_a_commune_changes_by_criteria(before: ReportingRound, now: ReportingRound) -> None:
    set_of(2)
    commune = UnitFactory()
    assess(commune, before, MET, NOT_MET)
    assess(commune, now, MET, MET, status="submitted")
    rebuild(before)
    rebuild(now)
    (row,) = children.of_place(DistrictFactory(), choose(""))
    assert (row.change, row.status, row.not_met) == (Decimal(1), "submitted", ())
    assert [item.verdict for item in row.verdicts] == ["met", "met"]


def test_a_province_may_hold_communes_and_districts_side_by_side(now: ReportingRound) -> None:
    set_of(1)
    province = ProvinceFactory()
    direct = UnitFactory(parent=province, code="00001")
    ward = UnitFactory(parent=province, kind=Kind.WARD, code="00002")
    UnitFactory(parent=DistrictFactory())
    assess(direct, now, NOT_MET)
    rebuild(now)
    area = areas.read(province, choose(""), "")
    first, second = area.tables
    assert (first.is_of_communes, second.is_of_communes) == (False, True)
    assert [row.unit for row in second.rows] == [direct]
    assert len(second.rows[0].not_met) == 1
    assert list(area.outside) == [ward]
    assert area.cells[0].not_met == 1


def test_an_order_that_a_table_does_not_know_is_what_is_furthest_first(now: ReportingRound) -> None:
    DistrictFactory()
    (table,) = areas.read(ProvinceFactory(), choose(""), "anything").tables
    assert [column.sorted for column in table.columns if column.sorted] == ["ascending"]


def test_a_second_click_turns_the_order_round(now: ReportingRound) -> None:
    ProvinceFactory()
    links = []
    for order in ("name", "-name"):
        (table,) = areas.read(NationFactory(), choose(""), order).tables
        links.append((table.columns[0].sorted, table.columns[0].link))
    assert links == [("ascending", "-name"), ("descending", "name")]
