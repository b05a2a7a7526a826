"""From marks to stars: means, rounding, caps kept apart from the score, reasons to the item."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.grading import (
    Item,
    Marks,
    Option,
    Part,
    Rounding,
    Section,
    Sheet,
    grade,
    scheme_on,
)
from ocop.rulebooks import schemes

SCHEMES = {scheme.code: scheme for scheme in schemes()}
BY_PART = st.fixed_dictionaries(
    {"A": st.integers(0, 35), "B": st.integers(0, 25), "C": st.integers(0, 40)}
)


def marks(*totals: str) -> list[Marks]:
    return [Marks(f"{number}", {"C": Decimal(total)}) for number, total in enumerate(totals)]


def item(code: str, most: int, **least: int) -> Item:
    options = tuple(Option(f"{points}", Decimal(points)) for points in range(most + 1))
    by_stars = {int(star[1:]): Decimal(points) for star, points in least.items()}
    return Item(code, f"Mục {code}", Decimal(most), options, by_stars)


def sheet(*items: Item) -> Sheet:
    section = Section("1", "Mục", None, items)
    return Sheet("ocop-2026", "Thử", (Part("A", "Phần A", None, (section,)),))


@pytest.mark.parametrize(("rounding", "expected"), [("none", 4), ("down", 4), ("half-up", 5)])
def test_how_89_5_is_read_is_a_stated_setting(rounding: str, expected: int) -> None:
    found = grade(SCHEMES["ocop-2019"], marks("89", "90"), rounding=Rounding(rounding))
    assert found.mean == Decimal("89.5")
    assert found.stars == expected


def test_the_mean_of_the_assessors_is_compared_unrounded() -> None:
    found = grade(SCHEMES["ocop-2023"], marks("90", "90", "89.9"))
    assert found.mean < 90
    assert found.stars == 4


def test_a_minimum_that_is_not_met_caps_the_stars_and_leaves_the_score() -> None:
    found = grade(
        SCHEMES["ocop-2019"], marks("96"), group="food", answers={"min-3a": False, "min-3b": True}
    )
    assert (found.total, found.band, found.stars) == (Decimal(96), 5, 2)
    assert [(cap.code, cap.stars) for cap in found.caps] == [("min-3a", 2)]
    assert not found.minimum_met


def test_a_cap_above_what_the_score_earns_changes_nothing() -> None:
    found = grade(SCHEMES["ocop-2019"], marks("40"), group="food", answers={"min-4b": False})
    assert (found.stars, found.caps, found.minimum_met) == (2, (), True)


def test_what_was_not_answered_stays_open_and_what_nobody_read_is_asked_of_nobody() -> None:
    found = grade(SCHEMES["ocop-2019"], marks("96"), group="food")
    assert [item.code for item in found.open_conditions] == ["min-3a", "min-3b", "min-4b"]
    assert [
        item.code for item in grade(SCHEMES["ocop-2019"], marks("60"), group="food").open_conditions
    ] == ["min-3a", "min-3b"]
    assert grade(SCHEMES["ocop-2019"], marks("96"), group="tourism").open_conditions == ()


def test_an_excluded_product_has_no_stars_and_keeps_its_score() -> None:
    found = grade(SCHEMES["ocop-2026"], marks("96"), is_disqualified=True)
    assert (found.band, found.stars, found.minimum_met) == (5, 0, False)


@pytest.mark.parametrize(("points", "expected"), [(3, 5), (2, 4), (1, 3), (0, 2)])
def test_a_mark_on_the_sheet_is_the_least_for_its_stars(points: int, expected: int) -> None:
    weak, rest = item("1.1", 3, s3=1, s4=2, s5=3), item("1.2", 97)
    given = Marks("A", {"1.1": Decimal(points), "1.2": Decimal(97)})
    found = grade(SCHEMES["ocop-2026"], [given], sheet=sheet(weak, rest))
    assert (found.band, found.stars) == (5, expected)


def test_a_mark_for_three_stars_holds_for_four_and_five() -> None:
    assert item("1.1", 3, s3=2).least_for(5) == 2
    assert item("1.1", 3, s4=2).least_for(3) is None


def test_the_result_is_explained_down_to_the_item() -> None:
    items = item("1.1", 3), item("1.2", 97)
    given = [
        Marks("A", {"1.1": Decimal(1), "1.2": Decimal(50)}),
        Marks("B", {"1.1": Decimal(2), "1.2": Decimal(60)}),
    ]
    lines = grade(SCHEMES["ocop-2026"], given, sheet=sheet(*items)).lines
    assert [(line.code, line.depth, [*map(int, line.given)], line.mean) for line in lines] == [
        ("A", 0, [51, 62], Decimal("56.5")),
        ("1", 1, [51, 62], Decimal("56.5")),
        ("1.1", 2, [1, 2], Decimal("1.5")),
        ("1.2", 2, [50, 60], Decimal(55)),
    ]


def test_nobody_grades_without_a_sheet_of_marks() -> None:
    with pytest.raises(ValueError, match=r"\[\]"):
        grade(SCHEMES["ocop-2026"], [])


@given(st.lists(BY_PART, min_size=1, max_size=5), st.sampled_from(list(Rounding)), st.data())
def test_a_point_more_never_costs_a_star(
    given_points: list[dict[str, int]], rounding: Rounding, data: st.DataObject
) -> None:
    scheme = SCHEMES["ocop-2019"]
    most = {part.code: int(part.most) for part in scheme.parts}
    who = data.draw(st.integers(0, len(given_points) - 1))
    part = data.draw(st.sampled_from("ABC"))
    better = [dict(points) for points in given_points]
    better[who][part] = min(better[who][part] + 1, most[part])

    def stars_of(each: list[dict[str, int]]) -> int:
        made = [Marks("", {code: Decimal(n) for code, n in points.items()}) for points in each]
        return grade(scheme, made, rounding=rounding).stars

    assert stars_of(better) >= stars_of(given_points)


@given(st.integers(0, 3), st.integers(0, 97))
def test_a_weak_item_that_the_scheme_demands_caps_the_result(weak: int, rest: int) -> None:
    asked = sheet(item("1.1", 3, s3=1, s4=2, s5=3), item("1.2", 97))
    points = {"1.1": Decimal(weak), "1.2": Decimal(rest)}
    found = grade(SCHEMES["ocop-2026"], [Marks("", points)], sheet=asked)
    assert found.stars <= weak + 2
    assert found.stars <= found.band


@given(st.dates(date(2019, 8, 21), date(2030, 1, 1)))
def test_some_scheme_is_in_force_on_every_day(day: date) -> None:
    assert scheme_on(schemes(), day) is not None
