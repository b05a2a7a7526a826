"""Levels of a province from a file: all faults at once, and a second time nothing changes."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from criteria.loading import SetFileError
from criteria.loading.provincial import load_levels
from criteria.models import Measure, ProvincialDecision, Threshold
from criteria.services.provincial_levels import Law
from tests.criteria.provincial.conftest import reported
from tests.factories import MeasureFactory

pytestmark = pytest.mark.django_db
NOT_LEFT = "The law does not leave this to the province, and its level is not known."
Written = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path, law: Law) -> Written:
    def written(*thresholds: dict[str, Any], **changes: object) -> Path:
        data = {
            "province_code": "62",
            "legal_basis": "Quyết định 9/QĐ-UBND ngày 29/5/2020 của UBND tỉnh",
            "for_set": "invented",
            "thresholds": [
                {"indicator": "2.1", "comparator": ">=", "confidence": "read", **item}
                for item in thresholds
            ],
            **changes,
        }
        path = tmp_path / "overrides-test.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return written


def test_levels_are_loaded_and_open_rounds_follow(file: Written, delegated: Measure) -> None:
    reported(delegated, 50, 70)
    loaded = load_levels(file({"value": 60, "by_area": {"II": 40}}))
    assert loaded.summary() == (
        "overrides-test.json: 2 of 2 levels are new; 2 verdicts change: 1 gained, 0 lost"
    )
    levels = Threshold.objects.values_list("commune_group", "value", "confidence")
    assert set(levels) == {("", Decimal(60), "read"), ("II", Decimal(40), "read")}
    decision = ProvincialDecision.objects.get()
    assert (decision.number, str(decision.valid_from)) == ("9/QĐ-UBND", "2020-05-29")
    assert decision.events.get().kind == "loaded"


def test_a_second_reading_changes_nothing(file: Written) -> None:
    path = file({"value": 60})
    load_levels(path)
    assert load_levels(path).summary() == "overrides-test.json: 1 levels, nothing changes"
    assert Threshold.objects.count() == ProvincialDecision.objects.count() == 1


def test_a_dry_run_tells_and_writes_nothing(
    file: Written, delegated: Measure, capsys: pytest.CaptureFixture[str]
) -> None:
    reported(delegated, 70)
    call_command("load_provincial", file({"value": 60}), "--dry-run")
    told = capsys.readouterr().out
    assert "1 of 1 levels are new; 1 verdicts change: 1 gained, 0 lost" in told
    assert "nothing was changed" in told
    assert not Threshold.objects.exists()
    assert not ProvincialDecision.objects.exists()


def test_a_recalled_level_stays_unconfirmed_and_an_invented_one_labelled(file: Written) -> None:
    load_levels(file({"value": 60, "confidence": "recall"}, is_demonstration=True))
    level = Threshold.objects.get()
    assert (level.confidence, level.is_demonstration) == ("unconfirmed", True)


def test_all_faults_are_told_with_their_place(file: Written) -> None:
    MeasureFactory(code="3.1")
    path = file(
        {"value": "60"},
        {"indicator": "9.9", "value": 1},
        {"value": 101},
        {"indicator": "3.1", "value": 50},
        {"value": 50, "by_area": {"IV": 3}},
    )
    with pytest.raises(SetFileError) as refused:
        load_levels(path)
    assert [str(fault) for fault in refused.value.faults] == [
        'thresholds[0].value: the text "60" is not a number',
        "thresholds[1].indicator: the set has no indicator 9.9",
        "thresholds[4].by_area.IV: no such area (there are I, II, III, peri_urban)",
        "thresholds[2].value: A percentage lies between 0 and 100; you typed 101.",
        f"thresholds[3].value: {NOT_LEFT}",
        "thresholds[4].indicator: stands twice for the same communes, first at thresholds[2]",
    ]
    assert not Threshold.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"province_code": "99"}, "there is no province"),
        ({"for_set": "none"}, "no set"),
        ({"legal_basis": "Quyết định 9/QĐ-UBND (2020)"}, "names no decision"),
        ({"legal_basis": "9/QĐ-UBND ngày 31/2/2020"}, "has no such day"),
    ],
)
def test_a_file_that_cannot_be_placed_is_refused(
    file: Written, changes: dict[str, str], fault: str
) -> None:
    with pytest.raises(CommandError, match=fault):
        call_command("load_provincial", file({"value": 60}, **changes))


def test_a_file_without_levels_says_so(file: Written) -> None:
    path = file(legal_basis="Quyết định 9/QĐ-UBND (2020)")
    assert load_levels(path).summary().endswith("states no level that could be read")
