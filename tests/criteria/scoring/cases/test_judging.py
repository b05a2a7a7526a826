"""Cases of strangers, worked out by hand from the decrees."""

from __future__ import annotations

import random

import pytest

from criteria.scoring.cases import judge_cases
from tests.criteria.scoring.cases.tables import answers, law, table

Line = dict[str, object]

OLD: Line = {"criteria_set": "commune-2016-2020", "year": 2020}
NEW: Line = {"criteria_set": "commune-2021-2025", "year": 2023}
DECREE = "Quyết định 1980/QĐ-TTg"
INSTEAD = "instead of region:DNB by QĐ 318/QĐ-TTg 08/3/2022, Điều 1"

INSTEAD_OF_NONE = INSTEAD.replace("DNB", "unknown")


def _line(base: Line, indicator: str, value: object, **more: object) -> dict[str, object]:
    return base | {"indicator": indicator, "value": value} | more


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            _line(OLD, "10", "40.9999", region="TN"),
            ("10", "not_met", "41", f"region:TN | {DECREE}, 10"),
        ),
        (
            _line(OLD, "10", 41, province_code="62"),
            ("10", "met", "41", f"region:TN | {DECREE}, 10"),
        ),
        (_line(OLD, "10", 45), ("10", "met", "45", f"national | {DECREE}, 10")),
        (
            _line(OLD, "11", "7.1", region="TN"),
            ("11", "not_met", "7", f"region:TN | {DECREE}, 11 | unconfirmed"),
        ),
        (_line(OLD, "9.1", 0, region="TN"), ("9.1", "met", "0", f"region:TN | {DECREE}, 9.1")),
        (
            _line(OLD, "1.1", "No", region="TN"),
            ("1.1", "not_met", "yes", f"region:TN | {DECREE}, 1.1"),
        ),
        (_line(OLD, "10", "", region="TN"), ("10", "missing", "41", f"region:TN | {DECREE}, 10")),
        (_line(OLD, "2.1", 100, region="TN"), ("2.1", "undetermined", "", "province_has_not_set")),
        (
            _line(OLD, "17.7", 99, region="BTB"),
            ("17.7", "undetermined", "", f"region:BTB | {DECREE}, 17.7 | threshold_unknown"),
        ),
        (_line(OLD, "7", "na", region="TN"), ("7", "not_applicable", "", "not_assessed")),
        (
            _line(NEW, "4.2", 95, region="DNB", designations="zone_iii;border"),
            (
                "4.2",
                "met",
                "95",
                f"region:TDMNPB | QĐ 318/QĐ-TTg 08/3/2022, 4.2 | {INSTEAD} | unconfirmed",
            ),
        ),
        (
            _line(NEW, "4.2", 95, region="DNB", designations="safe_zone"),
            ("4.2", "not_met", "99", "region:DNB | QĐ 318/QĐ-TTg 08/3/2022, 4.2 | unconfirmed"),
        ),
        (
            _line(NEW, "15.3", "24.1", designations="zone_iii"),
            (
                "15.3",
                "not_met",
                "24",
                f"region:TDMNPB | QĐ 318/QĐ-TTg 08/3/2022, 15.3 | {INSTEAD_OF_NONE}",
            ),
        ),
        (
            _line(NEW, "10", 41, region="TDMNPB"),
            (
                "10",
                "met",
                "41",
                "region:TDMNPB+years:2023 | QĐ 318/QĐ-TTg 08/3/2022, 10 | unconfirmed",
            ),
        ),
        (_line(NEW, "10", 99, region="TN", year=""), ("10", "undetermined", "", "fact_unknown")),
        (
            _line(NEW, "15.1", 90, region="TN"),
            ("15.1", "met", "90", "region:TN | QĐ 318/QĐ-TTg 08/3/2022, 15.1"),
        ),
        (
            _line(NEW, "5", 99, region="DBSH", part="a"),
            ("5", "not_met", "100", "region:DBSH | QĐ 318/QĐ-TTg 08/3/2022, 5"),
        ),
    ],
)
def test_one_line(line: Line, answer: tuple[str, ...]) -> None:
    assert answers(line) == [answer]


@pytest.mark.parametrize(
    ("parts", "verdict", "threshold"),
    [
        ({"b": 100, "c": 70}, "met", "b=100;c=70"),
        ({"b": 100, "c": 69}, "not_met", "b=100;c=70"),
        ({"b": 100, "d": 50}, "met", "b=100;d=50"),
        ({"b": 100, "d": 50, "c": "na", "a": "na"}, "met", "b=100;d=50"),
        ({"b": 100}, "missing", "b=100;c=70;d=50"),
        ({"b": 99}, "not_met", "b=100;c=70;d=50"),
        ({"b": 100, "c": 69, "d": 50}, "undetermined", "b=100;c=70;d=50"),
    ],
)
def test_schools_are_asked_by_their_number(parts: Line, verdict: str, threshold: str) -> None:
    lines = [_line(NEW, "5", value, part=part, region="TN") for part, value in parts.items()]
    assert [answer[:3] for answer in answers(*lines)] == [("5", verdict, threshold)]


@pytest.mark.parametrize(
    ("clean", "verdict"), [("50", "met"), ("49.9", "not_met"), ("", "missing")]
)
def test_both_parts_of_17_1_must_hold(clean: str, verdict: str) -> None:
    lines = [
        _line(OLD, "17.1", 95, part="a", region="TN"),
        _line(OLD, "17.1", clean, part="b", region="TN"),
    ]
    rule = f"region:TN | {DECREE}, 17.1"
    assert answers(*lines) == [("17.1", verdict, "a=95;b=50", rule)]


@pytest.mark.parametrize(
    ("year", "typed", "verdict", "threshold"),
    [
        (2022, "50", "met", "50"),
        (2023, "49.9", "not_met", "50"),
        (2024, "50", "met", "50"),
        (2024, "yes", "met", "yes"),
        (2025, "no", "not_met", "yes"),
    ],
)
def test_15_4_is_a_share_until_it_was_amended(
    year: int, typed: str, verdict: str, threshold: str
) -> None:
    line = _line(NEW, "15.4", typed, region="TDMNPB", year=year)
    assert [answer[:3] for answer in answers(line)] == [("15.4", verdict, threshold)]


@pytest.mark.parametrize(("year", "verdict"), [(2023, "met"), (2025, "undetermined")])
def test_access_to_law_is_unknown_since_it_was_amended(year: int, verdict: str) -> None:
    line = _line(NEW, "18.4", "yes", region="TN", year=year)
    assert [answer[:2] for answer in answers(line)] == [("18.4", verdict)]
    in_part = [line | {"year": 2024, "part": part} for part in "abc"]
    assert [answer[:2] for answer in answers(*in_part)] == [("18.4", "undetermined")]


def test_men_and_women_can_be_stated_apart() -> None:
    lines = [
        _line(NEW, "15.1", 95, part="m", region="TN"),
        _line(NEW, "15.1", 89, part="f", region="TN"),
    ]
    assert [answer[:3] for answer in answers(*lines)] == [("15.1", "not_met", "90")]


def test_answers_come_in_input_order_and_criteria_after_them() -> None:
    lines = [
        _line(OLD, "11", 1, case="late", region="TN"),
        _line(OLD, "10", 50, case="early", region="TN"),
        _line(OLD, "10", 50, case="late", region="TN"),
    ]
    judged = judge_cases(table(*lines), law())
    assert [row[:2] for row in judged] == [("late", "11"), ("early", "10"), ("late", "10")]
    whole = judge_cases(table(*lines), law(), with_criteria=True)
    assert whole[:3] == judged
    assert [row[0] for row in whole[3:]] == ["late"] * 20 + ["early"] * 20


def test_criteria_and_the_set_say_what_decides_them() -> None:
    lines = [
        _line(OLD, "10", 50, region="TN"),
        _line(OLD, "4.1", "yes", region="TN"),
        _line(OLD, "4.2", 97, region="TN"),
        _line(OLD, "7", "na", region="TN"),
    ]
    found = {answer[0]: answer[1:] for answer in answers(*lines, with_criteria=True)}
    assert found["criterion:10"] == ("met", "", "")
    assert found["criterion:4"] == ("not_met", "", "not_met: 4.2")
    assert found["criterion:7"] == ("not_applicable", "", "")
    assert found["criterion:1"] == ("missing", "", "missing: 1.1, 1.2")
    verdict, _, words = found["set"]
    assert verdict == "not_met"
    assert words.startswith("1 of 19 met | not_met: 4 | missing: 1, 2, 3, 5, 6, 8, 9, 11")


def test_an_incomplete_set_is_never_met() -> None:
    line = {"criteria_set": "commune-advanced-2021-2025", "region": "TN", "year": 2023}
    found = {
        answer[0]: answer[1:]
        for answer in answers(line | {"indicator": "14.1", "value": 99}, with_criteria=True)
    }
    assert found["14.1"][0] == "met"
    assert found["criterion:1"] == ("undetermined", "", "incomplete")
    assert found["set"][0] == "missing"
    assert found["set"][2].endswith("incomplete")


def test_the_order_of_lines_never_matters() -> None:
    lines = [
        _line(OLD, code, value, region=region, case=region)
        for region in ("TN", "DNB", "BTB")
        for code, value in (("10", 42), ("11", 5), ("12", 90), ("15.3", 20), ("9.2", 80))
    ]
    mixed = random.Random(7).sample(lines, len(lines))  # noqa: S311  no secret is made of it
    straight = judge_cases(table(*lines), law(), with_criteria=True)
    assert sorted(judge_cases(table(*mixed), law(), with_criteria=True)) == sorted(straight)


@pytest.mark.parametrize(
    ("line", "verdict", "threshold"),
    [
        # The table of 2016 knows no commune that takes another region's column; that of 2022 does.
        (_line(OLD, "10", 36, province_code="62", designations="zone_iii"), "not_met", "41"),
        (_line(NEW, "10", 45, region="TN", designations="zone_iii", year=2025), "met", "45"),
        (_line(NEW, "10", 500, region="TN", year=2025), "undetermined", ""),
        (_line(NEW, "15.3", 24, province_code="79", designations="poor;safe_zone"), "met", "24"),
        (_line(NEW, "15.3", "14.6", province_code="79", designations="poor"), "not_met", "14.5"),
        # Region levels without a national one: without a region nothing can be said.
        (_line(NEW, "15.3", 10), "undetermined", ""),
        # A level nobody could read is not replaced by a wider one that somebody could.
        (_line(OLD, "17.7", 100, region="BTB"), "undetermined", ""),
        (_line(OLD, "17.7", 69), "not_met", "70"),
        (_line(NEW, "14.2", 100, region="BTB"), "undetermined", ""),
        # The older text of 15.4 was not read for every region.
        (_line(NEW, "15.4", 100, region="TN", year=2022), "undetermined", ""),
        (_line(NEW, "15.4", 49, region="TN", designations="zone_iii", year=2022), "not_met", "50"),
        (_line(NEW, "15.4", "", region="DBSH", year=2024), "missing", "yes"),
        # The schools of the delta are asked otherwise; a commune in difficulty there is not.
        (_line(NEW, "5", 100, region="DBSH", part="a"), "met", "100"),
        (
            _line(NEW, "5", 100, region="DBSH", part="a", designations="zone_iii"),
            "missing",
            "b=100;c=70;d=50",
        ),
    ],
)
def test_cases_that_are_easily_judged_wrong(line: Line, verdict: str, threshold: str) -> None:
    assert [answer[1:3] for answer in answers(line)] == [(verdict, threshold)]
