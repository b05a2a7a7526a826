"""Targets come from a file, whole or not at all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from programme.models import Target

pytestmark = pytest.mark.django_db


def test_the_six_targets_of_the_plan_are_shipped() -> None:
    call_command("load_targets", verbosity=0)
    rows = Target.objects.values_list("metric", "comparator", "value", "is_approximate")
    assert list(rows) == [
        ("communes_certified_share", ">=", Decimal(60), False),
        ("communes_below_10", "<", Decimal(600), False),
        ("district_units_recognised", ">=", Decimal(15), False),
        ("ocop_products_standardised", ">=", Decimal(2400), False),
        ("ocop_new_producers", ">=", Decimal(500), True),
        ("cooperatives_effective", ">=", Decimal(15000), False),
    ]
    assert set(Target.objects.values_list("due_on", "unit_code")) == {(date(2020, 12, 31), "VN")}
    with_baseline = Target.objects.exclude(baseline_date=None).values_list(
        "metric", "baseline_date"
    )
    assert list(with_baseline) == [("district_units_recognised", date(2019, 12, 31))]


def test_every_target_has_both_names_and_its_source() -> None:
    call_command("load_targets", verbosity=0)
    for target in Target.objects.all():
        assert target.name
        assert target.name_en
        assert target.legal_ref


def test_loading_again_changes_nothing() -> None:
    call_command("load_targets", verbosity=0)
    once = list(Target.objects.values())
    call_command("load_targets", verbosity=0)
    assert list(Target.objects.values()) == once


def test_loading_again_puts_right_what_was_changed_and_keeps_what_others_added() -> None:
    call_command("load_targets", verbosity=0)
    Target.objects.filter(metric="communes_below_10").update(value=1)
    Target.objects.filter(metric="ocop_new_producers").update(code="62-ocop", unit_code="62")
    call_command("load_targets", verbosity=0)
    assert Target.objects.get(metric="communes_below_10").value == 600
    assert Target.objects.filter(code="62-ocop", unit_code="62").exists()


def file_with(folder: Path, **changed: Any) -> str:
    item = {
        "code": "62-certified",
        "name": "Xã đạt chuẩn",
        "metric": "communes_certified_share",
        "comparator": ">=",
        "value": "40",
    }
    shared = {"legal_ref": "Kế hoạch", "source": "", "confidence": "read"}
    shared |= {"due_on": "2020-12-31", "unit_code": "62"}
    path = folder / "province.json"
    path.write_text(json.dumps({**shared, "targets": [item, {**item, "code": "b", **changed}]}))
    return str(path)


def test_a_province_can_be_given_its_own_targets(tmp_path: Path) -> None:
    call_command("load_targets", file_with(tmp_path, unit_code="64"), verbosity=0)
    rows = Target.objects.values_list("code", "unit_code", "value")
    assert list(rows) == [("62-certified", "62", Decimal(40)), ("b", "64", Decimal(40))]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"metric": "happiness"}, "no metric “happiness”; there are: communes_certified_share, "),
        ({"comparator": "~"}, "comparator: "),
        ({"value": "sixty"}, "value: "),
        ({"value": "-1"}, ""),
        ({"due_on": "soon"}, "due_on: "),
        ({"goal": "60"}, "unexpected keyword"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole_with_the_target_named(
    tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=r"^province\.json: b: ") as refused:
        call_command("load_targets", file_with(tmp_path, **changed), verbosity=0)
    assert sentence in str(refused.value)
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{", "not JSON"), ('{"targets": []}', "the key 'legal_ref' is missing")],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "targets.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=sentence):
        call_command("load_targets", str(path))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_targets", str(tmp_path / "nowhere.json"))
