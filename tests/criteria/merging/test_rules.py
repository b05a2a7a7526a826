"""The shipped rules on merged units: every measure of the national sets has one."""

from __future__ import annotations

import json

import pytest

from criteria.loading.shipped import DATA
from criteria.merging.rules import FILE, rules_of, shipped
from criteria.scoring.merging import Merging


def codes_in(document: object) -> set[str]:
    """Return the codes of what is typed: parts and versions where there are any."""
    found: set[str] = set()
    for group in document["groups"]:  # type: ignore[index]  # JSON
        for criterion in group["criteria"]:
            for indicator in criterion["indicators"]:
                parts = indicator.get("parts") or [{"code": ""}]
                found |= {indicator["code"] + part["code"] for part in parts}
    return found


@pytest.mark.parametrize("code", ["commune-2016-2020", "commune-2021-2025"])
def test_every_measure_has_a_rule_with_its_certainty(code: str) -> None:
    document = json.loads((DATA / f"{code}.json").read_text(encoding="utf-8"))
    rules = rules_of(code)
    assert codes_in(document) - rules.keys() == set()
    assert {rule.confidence for rule in rules.values()} == {"unconfirmed"}
    assert all(rule.source and rule.name and rule.name_en for rule in rules.values())


def test_no_measure_is_named_twice_and_what_is_not_named_is_assessed_anew() -> None:
    groups = json.loads(FILE.read_text(encoding="utf-8"))["sets"]
    for found in groups.values():
        named = [code for group in found for code in group["measures"]]
        assert len(named) == len(set(named))
        assert {group["rule"] for group in found} <= set(Merging)
    assert rules_of("commune-2026-2030") == {}


def test_each_rule_has_a_name_of_its_own_by_which_it_is_confirmed() -> None:
    keys = [rule.key for rules in shipped().values() for rule in rules]
    assert len(keys) == len(set(keys)) == 14
    assert "merging.commune-2016-2020.mean_households" in keys
