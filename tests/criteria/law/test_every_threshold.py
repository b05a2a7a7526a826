"""Every threshold of every shipped set, at its edge, one step below and one above."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from criteria.loading.at_hand import shipped_spec
from criteria.loading.regions import region_by_province
from criteria.loading.shipped import shipped_files
from criteria.scoring.cases import COLUMNS, Law, judge_cases
from criteria.scoring.judging import judge
from criteria.scoring.thresholds import Place
from tests.criteria.law.cells import Cell, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many cells the tables of each set have, levels and unknown ones alike.
CELLS = {
    "commune-2016-2020": 329,
    "commune-2021-2025": 468,
    "commune-2026-2030": 0,
    "commune-advanced-2021-2025": 21,
    "district-2016-2020": 14,
    "village-dien-bien-2019": 0,
    "village-khanh-hoa-2021-2025": 0,
    "village-lang-son-2019-2020": 0,
    "village-thanh-hoa-2017": 0,
}
# How many numbers are tried of those: three for a level, two for an answer, one for the rest.
TRIES = {
    "commune-2016-2020": 821,
    "commune-2021-2025": 1012,
    "commune-advanced-2021-2025": 53,
    "district-2016-2020": 31,
}
BY_CODE = {path.stem: path for path in shipped_files()}


def test_every_shipped_set_is_gone_through() -> None:
    assert CELLS.keys() == BY_CODE.keys()
    assert {code: len(list(cells_of(path))) for code, path in BY_CODE.items()} == CELLS


@pytest.mark.parametrize("code", TRIES)
def test_every_threshold_judges_at_its_edge(code: str) -> None:
    spec, tried = shipped_spec(code), 0
    for cell in cells_of(BY_CODE[code]):
        measures = {item.code: item for item in spec.on(cell.day).measures}
        place = Place(region_code=cell.region, commune_group=cell.group, year=cell.year)
        for number, verdict in cell.tries():
            judged = judge(measures[cell.code], number, place)
            said = f"{code} {cell.code} {cell.region} {cell.year}: {number}"
            assert judged.verdict.value == verdict, said
            assert judged.rule is not None
            assert judged.rule.value == cell.level
            tried += 1
    assert tried == TRIES[code]


@pytest.mark.parametrize("code", TRIES)
def test_the_judge_for_strangers_says_the_same(code: str) -> None:
    spec = shipped_spec(code)
    law = Law(lambda _code, _year: spec, (code,), region_by_province())
    cases = list(_cases(code))
    answers = judge_cases(_table(code, cases), law)
    assert len(answers) == len(cases)
    for (_case, indicator, verdict, threshold, _rule), (cell, _, expected) in zip(
        answers, cases, strict=True
    ):
        assert (indicator, verdict) == (cell.indicator, expected)
        assert threshold == _asked(cell)


def _cases(code: str) -> Iterator[tuple[Cell, str, str]]:
    """Yield what a stranger would type for each cell of an indicator without parts."""
    for cell in cells_of(BY_CODE[code]):
        for number, verdict in cell.tries() if cell.is_only_part else []:
            yield cell, _typed(cell, f"{number:f}"), verdict


def _typed(cell: Cell, number: str) -> str:
    return {"1": "yes", "0": "no"}[number] if cell.kind == "yes_no" else number


def _asked(cell: Cell) -> str:
    if cell.level is None:
        return ""
    return "yes" if cell.kind == "yes_no" else f"{cell.level.normalize():f}"


def _table(code: str, cases: list[tuple[Cell, str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for number, (cell, typed, _verdict) in enumerate(cases):
        writer.writerow(
            {
                "case": number,
                "criteria_set": code,
                "region": cell.region,
                "commune_group": cell.group,
                "year": cell.day.year,
                "indicator": cell.indicator,
                "value": typed,
            }
        )
    return text.getvalue()
