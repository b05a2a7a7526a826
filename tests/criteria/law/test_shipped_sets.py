"""The sets as they are shipped: how they are written, and what is marked in them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from criteria.assessment import load_versions
from criteria.loading import load_set
from criteria.loading.at_hand import shipped_spec
from criteria.loading.documents import canonical
from criteria.loading.shipped import shipped_files
from criteria.models import CriteriaSet, Measure, Threshold

PATHS = shipped_files()
of_each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@of_each
def test_a_shipped_file_is_written_in_the_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == canonical(json.loads(text))
    assert path.stem == json.loads(text)["code"]
    assert "unverified_leads" not in text


@of_each
@pytest.mark.django_db
def test_a_shipped_file_comes_back_byte_for_byte(path: Path, tmp_path: Path) -> None:
    call_command("load_criteria", path, stdout=StringIO())
    told = StringIO()
    call_command("export_criteria", path.stem, stdout=told)
    call_command("export_criteria", path.stem, output=tmp_path / "back.json")
    assert told.getvalue().encode() == path.read_bytes()
    assert (tmp_path / "back.json").read_bytes() == path.read_bytes()


@of_each
@pytest.mark.django_db
def test_the_rows_judge_as_the_file_does(path: Path) -> None:
    load_set(path)
    rows, file = load_versions(CriteriaSet.objects.get()), shipped_spec(path.stem)
    assert (rows.indicators_total, rows.is_complete) == (file.indicators_total, file.is_complete)
    assert (rows.region_override, rows.commune_groups) == (
        file.region_override,
        file.commune_groups,
    )
    for stored, stated in zip(rows.measures, file.measures, strict=True):
        assert (stored.code, stored.kind, stored.condition) == (
            stated.code,
            stated.kind,
            stated.condition,
        )
        assert {(rule.axes, rule.value, rule.is_exempt) for rule in stored.rules} == {
            (rule.axes, rule.value, rule.is_exempt) for rule in stated.rules
        }


@pytest.mark.django_db
def test_all_shipped_sets_load_side_by_side_and_again_without_a_change() -> None:
    call_command("load_criteria", stdout=StringIO())
    told = StringIO()
    call_command("load_criteria", stdout=told)
    assert CriteriaSet.objects.count() == len(PATHS) == 9
    assert told.getvalue().count("nothing changes") == 9
    assert set(CriteriaSet.objects.values_list("level", flat=True)) == {
        "commune",
        "district",
        "village",
    }


@pytest.mark.django_db
def test_an_amended_indicator_has_a_version_of_another_kind() -> None:
    load_set(next(path for path in PATHS if path.stem == "commune-2021-2025"))
    versions = Measure.objects.filter(code="15.4").order_by("position")
    assert [(item.kind, str(item.valid_from), str(item.valid_to)) for item in versions] == [
        ("percent", "None", "2024-02-29"),
        ("yes_no", "2024-03-01", "None"),
    ]
    assert {item.validity_confidence for item in versions} == {"unconfirmed"}


@pytest.mark.django_db
def test_inferred_counts_as_unconfirmed_and_a_part_not_asked_is_exempt() -> None:
    load_set(next(path for path in PATHS if path.stem == "commune-2021-2025"))
    pass_mark = Threshold.objects.get(measure__code="8.1", region_code="TN")
    assert pass_mark.confidence == "unconfirmed"
    schools = Threshold.objects.filter(measure__code="5a", is_exempt=True)
    assert set(schools.values_list("region_code", flat=True)) == {
        "TDMNPB",
        "BTB",
        "DHNTB",
        "TN",
        "DBSCL",
    }
    assert not schools.exclude(value=None).exists()


@pytest.mark.django_db
def test_a_village_set_is_known_by_its_decision_only() -> None:
    loaded = load_set(next(path for path in PATHS if path.stem == "village-thanh-hoa-2017"))
    assert loaded.summary()[0].startswith("village-thanh-hoa-2017: ? criteria, 0 of ? indicators")
    law = CriteriaSet.objects.get()
    assert (law.level, law.valid_from, law.indicators_total, law.is_complete) == (
        "village",
        None,
        None,
        False,
    )
    assert law.legal_basis[0].startswith("QĐ 2392/2017/QĐ-UBND")


@pytest.mark.django_db
def test_the_rules_beside_a_district_set_are_kept() -> None:
    load_set(next(path for path in PATHS if path.stem == "district-2016-2020"))
    law = CriteriaSet.objects.get()
    assert law.town_city_rule is not None
    assert law.town_city_rule["uses_the_9_criteria"] is False
    assert [item["national"] for item in law.preconditions] == [100]
