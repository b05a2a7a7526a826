"""Figures of one commune: they follow its gaps, and move only when something moved."""

from decimal import Decimal

import pytest

from programme.demonstration.figures import Asked
from programme.demonstration.latent import stream
from programme.demonstration.story import Course, Told
from programme.demonstration.values import Figures, history, tell

ASKED = [
    Asked(number, f"{number}", f"{number}", "percent", ">=", Decimal(80)) for number in range(1, 20)
]


def met(figures: Figures) -> int:
    numbers = [figures[item.id].number for item in ASKED]
    return sum(1 for number in numbers if isinstance(number, Decimal) and number >= 80)


def figures_of(number: int, gaps: tuple[float, float, float]) -> list[Figures]:
    return history(stream(1, str(number)), gaps, "TN", ASKED)


def test_a_commune_without_a_gap_meets_everything_but_for_the_few_that_slip() -> None:
    rounds = [figures_of(number, (-0.5, -0.6, -0.7)) for number in range(300)]
    assert all(met(first) == 19 for first, _second, _third in rounds)
    slipped = [third for _first, _second, third in rounds if met(third) < 19]
    assert 0 < len(slipped) < 15
    assert all(met(third) == 18 for third in slipped)


def test_a_commune_with_a_gap_lacks_something() -> None:
    for number in range(300):
        assert all(met(figures) < 19 for figures in figures_of(number, (0.3, 0.25, 0.2)))


@pytest.mark.parametrize(("gap", "least", "most"), [(0.2, 13, 18), (1.0, 8, 13), (2.5, 5, 10)])
def test_the_wider_the_gap_the_fewer_criteria(gap: float, least: int, most: int) -> None:
    found = [met(figures_of(number, (gap, gap, gap))[0]) for number in range(200)]
    assert least <= sum(found) / len(found) <= most


def test_a_carried_figure_is_the_one_typed_before() -> None:
    first, second, third = figures_of(1, (0.5, 0.45, 0.4))
    for item in ASKED:
        if second[item.id].typed_in == 0:
            assert second[item.id].number == first[item.id].number
        else:
            assert second[item.id].before == first[item.id].number
            assert second[item.id].number != first[item.id].number
    assert {figure.typed_in for figure in third.values()} == {0, 1, 2}


def test_what_is_told_stands_instead_of_chance() -> None:
    rounds = figures_of(1, (0.5, 0.45, 0.4))
    numbers = {"5": (Decimal(70), Decimal(70), Decimal(79))}
    told = Told("1", "Thử", Course.DRAFT, met=frozenset({"1", "2"}), numbers=numbers)
    tell(rounds, told, ASKED)
    assert [figures[5].number for figures in rounds] == list(numbers["5"])
    assert [figures[5].typed_in for figures in rounds] == [0, 0, 2]
    assert met(rounds[-1]) == 2
