"""What the shipped rules make of a title across a change of the map."""

from datetime import date

import pytest

from criteria.recognition.rules import merger_rules
from criteria.scoring.mergers import Former, When, how_many_held, rule_for

HELD, NOT, OUTSIDE = Former(True, True), Former(True, False), Former(False, False)
IN_2023 = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("formers", "expected"),
    [
        ([HELD, HELD], When.ALL),
        ([HELD, NOT], When.SOME),
        ([NOT, NOT], None),
        ([HELD, OUTSIDE], When.OUTSIDE),
        ([HELD, NOT, OUTSIDE], When.SOME),
        ([OUTSIDE], None),
        ([], None),
    ],
)
def test_how_many_of_the_former_units_held_it(formers: list[Former], expected: When | None) -> None:
    assert how_many_held(formers) is expected


@pytest.mark.parametrize(
    ("kind", "day", "standard", "formers", "rule", "status"),
    [
        ("merge", IN_2023, "ntm", [HELD, HELD], "cv5424-same", "inherited"),
        ("merge", IN_2023, "model", [HELD, HELD], "cv5424-same", "inherited"),
        ("merge", IN_2023, "ntm", [HELD, NOT], "cv5424-mixed", "lost"),
        ("merge", IN_2023, "advanced", [HELD, NOT], "cv5424-mixed-higher", None),
        ("merge", IN_2023, "ntm", [HELD, OUTSIDE], "with-outside", None),
        ("merge", date(2023, 8, 8), "ntm", [HELD, HELD], "before-cv5424", None),
        ("merge", date(2023, 8, 9), "ntm", [HELD, HELD], "cv5424-same", "inherited"),
        ("merge", date(2025, 6, 30), "ntm", [HELD, HELD], "cv5424-same", "inherited"),
        ("merge", date(2025, 7, 1), "ntm", [HELD, HELD], "from-2025", None),
        ("merge", date(2020, 1, 1), "ntm", [HELD, NOT], "before-cv5424", None),
        ("rename", date(2012, 1, 1), "ntm", [HELD], "same-unit", "inherited"),
        ("transfer", IN_2023, "advanced", [HELD], "same-unit", "inherited"),
        ("split", IN_2023, "ntm", [HELD], "split", None),
    ],
)
def test_each_change_has_its_rule(
    kind: str, day: date, standard: str, formers: list[Former], rule: str, status: str | None
) -> None:
    found = rule_for(merger_rules(), kind, day, standard, formers)
    assert found is not None
    assert (found.code, found.status) == (rule, status)


def test_a_title_nobody_held_needs_no_rule() -> None:
    assert rule_for(merger_rules(), "merge", IN_2023, "ntm", [NOT, NOT]) is None
