"""Bad files of law: each fault gets its sentence and its place, all of them at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from criteria.loading import SetFileError, load_set
from criteria.loading.shipped import DATA
from criteria.models import CriteriaSet
from tests.criteria.law.invented import completed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Damage = Callable[[dict[str, Any]], object]

pytestmark = pytest.mark.django_db
SET_2016 = DATA / "commune-2016-2020.json"


def _criterion(data: dict[str, Any], code: str) -> dict[str, Any]:
    criteria = [item for group in data["groups"] for item in group["criteria"]]
    found: dict[str, Any] = next(item for item in criteria if item["code"] == code)
    return found


def _indicator(data: dict[str, Any], code: str) -> dict[str, Any]:
    indicators = _criterion(data, code.split(".", maxsplit=1)[0])["indicators"]
    found: dict[str, Any] = next(item for item in indicators if item["code"] == code)
    return found


def _set(code: str, **stated: Any) -> Damage:
    return lambda data: _indicator(data, code).update(stated)


def _cell(code: str, region: str, value: object) -> Damage:
    return lambda data: _indicator(data, code)["by_region"].update({region: value})


def _refused(tmp_path: Path, data: object) -> str:
    path = tmp_path / "bad.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    with pytest.raises(SetFileError) as refusal:
        load_set(path)
    assert not CriteriaSet.objects.exists()
    return str(refusal.value)


INCOME = r"bad.json: groups[2].criteria[0].indicators[0]"
YEARS = {"2018": {"TN": 38}, "2019-2020": {"TN": 41}}
PROVINCE = {"value": 40, "province_code": "62"}


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (
            lambda data: _indicator(data, "10").pop("comparator"),
            f"{INCOME} (indicator 10): the key 'comparator' is missing",
        ),
        (
            lambda data: _criterion(data, "17")["indicators"].pop(1),
            "groups[3].criteria[3] (criterion 17): indicator 17.2 is missing between the others",
        ),
        (
            lambda data: _criterion(data, "17").pop("indicators"),
            "groups[3].criteria[3] (criterion 17): the key 'indicators' is missing",
        ),
        (
            _cell("10", "TÂY", 41),
            f"{INCOME}.by_region.TÂY (indicator 10): the set has no region TÂY",
        ),
        (
            lambda data: _indicator(data, "10")["by_region"].pop("TN"),
            f"{INCOME}.by_region (indicator 10): nothing is said for TN: write null",
        ),
        (
            _cell("10", "TN", "41"),
            f'{INCOME}.by_region.TN (indicator 10): the text "41" is not a number: numbers stand',
        ),
        (_cell("10", "TN", True), "by_region.TN (indicator 10): true is not a number"),
        (_cell("10", "TN", -1), "by_region.TN (indicator 10): -1 is below 0"),
        (_cell("10", "TN", 41.12345), "41.12345 has more digits than can be kept"),
        (_cell("3.1", "TN", 101), "by_region.TN (indicator 3.1): 101 is more than 100 %"),
        (_cell("1.1", "TN", False), "false where only true can be asked for"),
        (_cell("9.1", "TN", 0.5), "0.5 is not a whole number"),
        (
            lambda data: _criterion(data, "1")["indicators"][1].update(code="1.1"),
            "indicator 1.1 stands twice, first at groups[0].criteria[0].indicators[0]",
        ),
        (
            lambda data: _criterion(data, "3").update(code="2"),
            "criterion 2 stands twice",
        ),
        (
            _set("10", by_year=YEARS | {"2020": {"TN": 42}}),
            (
                "by_year.2020.TN (indicator 10): as specific as the threshold at "
                "groups[2].criteria[0].indicators[0].by_year.2019-2020.TN (indicator 10) "
                "(region:TN+years:2019-2020)"
            ),
        ),
        (
            _set("10", by_year={"2020-2018": {"TN": 42}}),
            'the text "2020-2018" is not a year, nor years such as 2021-2023',
        ),
        (
            _set("10", levels=[PROVINCE], province_may_loosen=False),
            "40 is looser than >= 41 (region:TN), which the law forbids here",
        ),
        (
            _set("11", levels=[PROVINCE | {"value": "na"}], province_may_loosen=False),
            "asking nothing is looser than <= 7 (region:TN), which the law forbids here",
        ),
        (_set("10", levels=[{"designation": "rich", "value": 1}]), '"rich" is not one of zone_i'),
        (_set("10", levels=[{"province_code": "6"}]), "the key 'value' is missing"),
        (_set("10", levels=[{"province_code": "6", "value": 1}]), "is not a code of two digits"),
        (_set("10", kind="yes_no"), 'yes_no is not compared by the text ">="'),
        (_set("10", kind="money"), 'the text "money" is not one of yes_no, percent'),
        (_set("10", confidence="sure"), 'the text "sure" is not one of read, recall, inferred'),
        (_set("10", delegated_to="village"), "is not one of province, ministry"),
        (_set("10", name_vi=" "), 'the text " " is not a text'),
        (_set("10", name_vi="x" * 1001), "longer than 1000 characters"),
        (
            _set("10", parts=[{"name_vi": "?"}]),
            "parts[0] (indicator 10): the key 'code' is missing",
        ),
        (_set("10", parts="a"), 'parts (indicator 10): the text "a" is not a list'),
        (_set("10", parts=[1]), "parts[0]: 1 is not an object"),
        (_set("10", by_region=[1]), "by_region (indicator 10): [1] is not an object"),
        (_set("10", applies_if={"fact": "schools"}), "not a fact, a comparator and a number"),
        (_set("10", valid_from="1/1/2020"), 'the text "1/1/2020" is not a day such as 2020-12-31'),
        (
            _set("10", versions=[{"valid_to": "2018-12-31"}, {"valid_from": "2018-01-01"}]),
            "two versions of 10 are in force at once",
        ),
        (_set("10", province_may_loosen="no"), 'the text "no" is neither true nor false'),
        (lambda data: data.pop("standard"), "bad.json: the key 'standard' is missing"),
        (lambda data: data.update(level="town"), "is not one of village, commune"),
        (lambda data: data.update(legal_basis=[]), "legal_basis: no decision is named"),
        (lambda data: data.update(legal_basis=[1]), "legal_basis: not a list of texts"),
        (lambda data: data.update(valid_to="2010-01-01"), "2010-01-01 lies before 2016-12-01"),
        (lambda data: data.update(indicators_total=48), "counts 48 indicators, but 49 are listed"),
        (lambda data: data.update(indicators_total="49"), '"49" is not a whole number'),
        (
            lambda data: _criterion(data, "10").update(indicator_count=0),
            "counts 0 indicators, but 1 are listed",
        ),
        (
            lambda data: data.update(
                region_override={"use_region": "X", "holders": [["rich"]], "confidence": "read"}
            ),
            "region_override.use_region: the set has no region X",
        ),
        (lambda data: data.pop("groups"), "bad.json: the key 'groups' is missing"),
        (
            lambda data: _criterion(data, "10").update(indicators=None),
            "groups[2].criteria[0].indicators (criterion 10): null where a list is due",
        ),
    ],
)
def test_a_fault_gets_its_sentence(tmp_path: Path, damage: Damage, sentence: str) -> None:
    data = json.loads(SET_2016.read_text(encoding="utf-8"))
    damage(data)
    assert sentence in _refused(tmp_path, data)


def test_an_unknown_group_of_communes_is_refused(tmp_path: Path) -> None:
    data = completed()
    data["groups"][0]["criteria"][0]["indicators"][0]["by_group"]["4"] = 60
    assert "the set has no region or commune group 4 (it has: 1, 2, 3)" in _refused(tmp_path, data)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "bad.json: line 1, column 2: not JSON"),
        ("[]", "bad.json: not an object with the keys of a set"),
        ('{"a": NaN}', "not JSON: NaN is not a number"),
        ('{"code": "x", "b": 1, "b": 2}', "the key 'b' stands twice in one object (in the object"),
        ('{"sets": []}', "several sets in one file: give each a file of its own"),
        ('{"for_set": "x"}', "these are thresholds of a province, not a set of criteria"),
    ],
)
def test_another_sort_of_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in _refused(tmp_path, text)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetFileError, match="cannot be read"):
        load_set(tmp_path / "none.json")
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe")
    with pytest.raises(SetFileError, match="not JSON in UTF-8"):
        load_set(tmp_path / "bad.json")


def test_all_faults_are_told_at_once_by_the_command(tmp_path: Path) -> None:
    data = json.loads(SET_2016.read_text(encoding="utf-8"))
    for code in ("10", "15.3"):
        _indicator(data, code)["by_region"]["TN"] = "much"
    (tmp_path / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("load_criteria", tmp_path / "bad.json")
    assert str(refusal.value).count("is not a number") == 2
    assert len(str(refusal.value).splitlines()) == 2
