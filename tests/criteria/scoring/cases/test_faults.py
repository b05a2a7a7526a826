"""Tables with faults: each is told with its line and column, and nothing is judged."""

from __future__ import annotations

import pytest

from criteria.scoring.cases import COLUMNS, CaseFileError, judge_cases
from tests.criteria.scoring.cases.tables import law, table

HEADER = ",".join(COLUMNS)
SOUND = {
    "criteria_set": "commune-2016-2020",
    "region": "TN",
    "year": 2020,
    "indicator": "10",
    "value": 41,
}


def _faults(text: str) -> list[str]:
    with pytest.raises(CaseFileError) as refusal:
        judge_cases(text, law())
    return str(refusal.value).splitlines()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"case": ""}, "line 2, column 1 (case): the case has no name"),
        ({"criteria_set": "x"}, "line 2, column 2 (criteria_set): no set is called x (there are:"),
        ({"criteria_set": ""}, "line 2, column 2 (criteria_set): no set (there are:"),
        ({"region": "XX"}, "line 2, column 3 (region): no region is called XX (there are: TDMNPB"),
        ({"province_code": "99"}, "line 2, column 4 (province_code): no province has the code 99"),
        ({"province_code": "01"}, "line 2, column 3 (region): province 01 lies in DBSH, not in TN"),
        ({"designations": "poor; rich"}, "line 2, column 5 (designations): rich is not one of"),
        ({"year": "20"}, 'line 2, column 7 (year): "20" is not a year'),
        (
            {"indicator": "99"},
            "line 2, column 8 (indicator): commune-2016-2020 has no indi",
        ),
        (
            {"indicator": ""},
            "line 2, column 8 (indicator): commune-2016-2020 has no indi",
        ),
        ({"part": "a"}, "line 2, column 9 (part): 10 has no parts"),
        ({"indicator": "17.1"}, "line 2, column 9 (part): 17.1 is typed in parts (it has: a, b)"),
        (
            {"indicator": "17.1", "part": "c"},
            "line 2, column 9 (part): 17.1 has no part c (it has: a, b)",
        ),
        ({"value": "41,5"}, 'line 2, column 10 (value): "41,5" is not a number: decimals stand'),
        ({"value": "NaN"}, 'line 2, column 10 (value): "NaN" is not a number'),
        ({"value": "yes"}, 'line 2, column 10 (value): "yes" is not a number'),
        ({"value": "na"}, "line 2, column 10 (value): the set does not let 10 be left out (na)"),
        (
            {"indicator": "1.1", "value": 1},
            'line 2, column 10 (value): "1" is neither yes nor no',
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(changed: dict[str, object], fault: str) -> None:
    (found,) = _faults(table(SOUND | changed))
    assert found.startswith(fault)


def test_a_group_the_set_does_not_have_is_refused() -> None:
    line: dict[str, object] = {"commune_group": "4", "indicator": "1.1"}
    line["criteria_set"] = "commune-2026-2030"
    assert _faults(table(line)) == [
        "line 2, column 6 (commune_group): commune-2026-2030 has no group 4 (it has: 1, 2, 3)",
        "line 2, column 8 (indicator): commune-2026-2030 has no indicator 1.1",
    ]


def test_all_lines_of_a_case_say_the_same_of_it() -> None:
    second = SOUND | {"region": "BTB", "indicator": "11"}
    assert _faults(table(SOUND, second)) == [
        "line 3, column 3 (region): case a has TN here in line 2"
    ]


def test_the_same_value_twice_is_refused() -> None:
    assert _faults(table(SOUND, SOUND)) == ["line 3, column 9 (part): 10 is stated twice"]
    both: dict[str, object] = {
        "criteria_set": "commune-2021-2025",
        "indicator": "15.1",
        "value": 90,
    }
    assert _faults(table(both, both | {"part": "m"})) == [
        "line 3, column 9 (part): 15.1m is stated twice"
    ]


def test_every_fault_is_told() -> None:
    bad = SOUND | {"value": "much"}
    assert len(_faults(table(bad, bad | {"indicator": "11"}, SOUND | {"case": ""}))) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: the column case is missing"),
        (HEADER.replace("year,", ""), "line 1: the column year is missing"),
        (
            HEADER.replace(",", ";") + "\na;commune-2016-2020",
            "line 1: the columns are parted by semicolons: commas are expected",
        ),
        (HEADER + ",year", "line 1: the column year stands twice"),
        (HEADER + "\na,b\n", "line 2: 2 cells where the header has 10"),
        (HEADER + '\n"a', "line 2: not CSV: unexpected end of data"),
    ],
)
def test_a_table_of_another_shape_is_refused(text: str, fault: str) -> None:
    assert fault in _faults(text)


def test_more_columns_another_order_empty_lines_and_a_mark_are_passed_over() -> None:
    columns = [*reversed(COLUMNS), "remark"]
    line = {"case": "a", **SOUND, "remark": "x"}
    cells = ",".join(str(line.get(name, "")) for name in columns)
    text = f"\ufeff{','.join(columns)}\r\n\r\n{cells}\r\n,,,,,,,,,,\r\n"
    assert [row[:3] for row in judge_cases(text, law())] == [("a", "10", "met")]


def test_a_table_without_cases_has_no_answers() -> None:
    assert judge_cases(HEADER + "\n", law(), with_criteria=True) == []
