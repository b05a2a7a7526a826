"""The national set for communes 2016–2020, as it is loaded."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from criteria.loading import load_set
from criteria.loading.shipped import DATA
from criteria.models import CriteriaSet, Criterion, Indicator, Measure, Threshold

SET_2016 = DATA / "commune-2016-2020.json"
pytestmark = pytest.mark.django_db


def _threshold(code: str, region: str = "") -> Threshold:
    return Threshold.objects.get(measure__code=code, region_code=region)


def test_the_set_of_2016_has_19_criteria_and_49_indicators() -> None:
    load_set(SET_2016)
    assert Criterion.objects.count() == 19
    assert Indicator.objects.count() == CriteriaSet.objects.get().indicators_total == 49
    assert Measure.objects.count() == 50


@pytest.mark.parametrize(
    ("code", "region", "value", "confidence"),
    [
        ("10", "TN", "41", "read"),
        ("10", "", "45", "read"),
        ("15.3", "TN", "31.4", "read"),
        ("11", "TN", "7", "unconfirmed"),
        ("11", "", "6", "read"),
        ("17.1a", "DHNTB", "95", "unconfirmed"),
        ("17.1b", "TN", "50", "read"),
        ("9.1", "TN", "0", "read"),
        ("1.1", "TN", "1", "read"),
    ],
)
def test_a_level_is_carried_with_how_sure_it_is(
    code: str, region: str, value: str, confidence: str
) -> None:
    load_set(SET_2016)
    threshold = _threshold(code, region)
    assert (threshold.value, threshold.confidence) == (Decimal(value), confidence)
    assert threshold.legal_ref.startswith("Quyết định 1980/QĐ-TTg")


@pytest.mark.parametrize(("code", "region"), [("17.7", "BTB"), ("17.7", "DNB"), ("17.5", "")])
def test_a_level_nobody_could_read_is_unknown(code: str, region: str) -> None:
    load_set(SET_2016)
    assert (_threshold(code, region).value, _threshold(code, region).confidence) == (
        None,
        "unknown",
    )


def test_a_level_left_to_the_province_has_no_threshold() -> None:
    load_set(SET_2016)
    delegated = Indicator.objects.filter(delegated_to="province").values_list("code", flat=True)
    assert set(delegated) == {"2.1", "2.2", "2.3", "2.4", "6.1", "6.2", "7", "17.4"}
    assert not Threshold.objects.filter(measure__indicator__delegated_to="province").exists()


def test_loading_again_changes_nothing() -> None:
    load_set(SET_2016)
    before = list(Threshold.objects.values_list("pk", "value"))
    assert load_set(SET_2016).rows_written == 0
    assert list(Threshold.objects.values_list("pk", "value")) == before


def test_a_corrected_level_is_written_over_the_old_one(tmp_path: Path) -> None:
    load_set(SET_2016)
    corrected = tmp_path / "set.json"
    corrected.write_text(SET_2016.read_text().replace('"TN": 41,', '"TN": 42,'))
    assert load_set(corrected).rows_written == 1
    assert _threshold("10", "TN").value == 42


def test_a_file_that_lacks_a_key_is_refused_whole(tmp_path: Path) -> None:
    data = json.loads(SET_2016.read_text())
    del data["groups"][4]["criteria"][1]["indicators"][0]["source"]
    damaged = tmp_path / "damaged.json"
    damaged.write_text(json.dumps(data))
    with pytest.raises(CommandError, match=r"19\.1\): the key 'source' is missing"):
        call_command("load_criteria", damaged)
    assert not CriteriaSet.objects.exists()


def test_a_file_that_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text("{")
    with pytest.raises(CommandError, match=r"odd\.json: line 1, column 2: not JSON"):
        call_command("load_criteria", tmp_path / "odd.json")
