"""A set read again: what changes, what may not go, what is judged anew."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from communes.models import StaleUnit
from criteria.assessment import rejudge
from criteria.loading import SetFileError, export_set, load_set
from criteria.loading.shipped import DATA
from criteria.models import (
    CriteriaSet,
    Criterion,
    Indicator,
    Measure,
    Outcome,
    ReportingRound,
    Threshold,
    ThresholdConfirmation,
)
from tests.factories import AssessmentFactory, RoundFactory, UnitFactory, UserFactory, ValueFactory

if TYPE_CHECKING:
    from pathlib import Path

    from criteria.models import IndicatorValue

SET_2016 = DATA / "commune-2016-2020.json"
pytestmark = pytest.mark.django_db


class File:
    """The set of 2016 as a file that a test changes and loads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "set.json"
        self.data: dict[str, Any] = json.loads(SET_2016.read_text(encoding="utf-8"))

    def criterion(self, code: str) -> dict[str, Any]:
        criteria = [item for group in self.data["groups"] for item in group["criteria"]]
        found: dict[str, Any] = next(item for item in criteria if item["code"] == code)
        return found

    def indicator(self, code: str) -> dict[str, Any]:
        criterion = self.criterion(code.split(".", maxsplit=1)[0])
        found: dict[str, Any] = next(
            item for item in criterion["indicators"] if item["code"] == code
        )
        return found

    def save(self) -> Path:
        self.path.write_text(json.dumps(self.data), encoding="utf-8")
        return self.path


@pytest.fixture
def file(tmp_path: Path) -> File:
    load_set(SET_2016)
    return File(tmp_path)


def _value(code: str, number: str, **more: Any) -> IndicatorValue:
    law = CriteriaSet.objects.get()
    measure = Measure.objects.get(code=code)
    assessment = more.pop("assessment", None) or AssessmentFactory(criteria_set=law, **more)
    value = ValueFactory(assessment=assessment, measure=measure, number=Decimal(number))
    rejudge([value.assessment_id])
    value.refresh_from_db()
    return value


def test_what_changes_is_told_line_by_line(file: File) -> None:
    file.indicator("10")["by_region"]["TN"] = 42
    file.indicator("12")["name_en"] = "Employed people"
    head, *changes = load_set(file.save()).summary()
    assert head.startswith("commune-2016-2020: 19 criteria, 49 of 49 indicators, 50 measures")
    assert [line.split(":")[0] for line in changes] == [
        "  ~ indicator 12",
        "  ~ measure 12",
        "  ~ threshold 10 [region",
    ]
    assert changes[0].endswith("→ Employed people")
    assert changes[2] == "  ~ threshold 10 [region:TN]: value 41.0000 → 42"


def test_a_dry_run_tells_the_same_and_changes_nothing(file: File) -> None:
    file.indicator("10")["by_region"]["TN"] = 42
    tried = load_set(file.save(), dry_run=True)
    assert Threshold.objects.get(measure__code="10", region_code="TN").value == 41
    assert tried.changes == load_set(file.path).changes
    assert Threshold.objects.get(measure__code="10", region_code="TN").value == 42


def test_a_dry_run_of_a_new_set_leaves_nothing() -> None:
    assert load_set(SET_2016, dry_run=True).is_new
    assert not CriteriaSet.objects.exists()


def test_what_the_file_holds_no_more_goes(file: File) -> None:
    file.criterion("19")["indicators"].pop()
    file.data["indicators_total"] = 48
    changes = [str(item) for item in load_set(file.save()).changes]
    assert "- indicator 19.2" in changes
    assert "- measure 19.2" in changes
    assert Indicator.objects.count() == 48
    assert not Threshold.objects.filter(measure__code="19.2").exists()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("19.2", "19.2 is missing in the file, but the portal has it and 1 values rest on it"),
        ("19.1", "criterion 19 is missing in the file, but the portal has it and 2 verdicts"),
    ],
)
def test_what_values_rest_on_may_not_go(file: File, code: str, sentence: str) -> None:
    _value("19.2", "1")
    if code == "19.2":
        file.criterion("19")["indicators"].pop()
    else:
        file.data["groups"][4]["criteria"].pop()
        _value("18.1", "1", unit=UnitFactory())
    file.data["indicators_total"] = None
    with pytest.raises(SetFileError) as refusal:
        load_set(file.save())
    assert sentence in str(refusal.value)
    assert Indicator.objects.count() == 49


def test_a_threshold_that_verdicts_rest_on_may_not_go(file: File) -> None:
    _value("10", "50")
    file.indicator("10")["by_region"] = None
    with pytest.raises(SetFileError, match="a threshold of 10 is missing in the file"):
        load_set(file.save())


def test_a_measure_with_values_keeps_its_kind(file: File) -> None:
    _value("10", "50")
    file.indicator("10").update(kind="count", by_region=file.indicator("10")["by_region"])
    with pytest.raises(SetFileError, match="10 is of another kind than its 1 values"):
        load_set(file.save())


def test_an_amendment_closes_a_measure_and_opens_another(file: File) -> None:
    kept = _value("10", "50")
    old = {"valid_to": "2018-12-31"}
    file.indicator("10")["versions"] = [old, {"valid_from": "2019-01-01"}]
    load_set(file.save())
    kept.refresh_from_db()
    assert kept.measure.valid_to == date(2018, 12, 31)
    assert Measure.objects.filter(code="10").count() == 2


@pytest.mark.parametrize("entered", [{"is_demonstration": True}, {}])
def test_what_provinces_and_the_demonstration_entered_is_theirs(
    file: File, entered: dict[str, bool]
) -> None:
    measure = Measure.objects.get(code="2.1")
    own = Threshold.objects.create(
        measure=measure,
        province_code="62",
        value=50,
        confidence="read",
        legal_ref="QĐ 1/QĐ-UBND",
        **entered,
    )
    file.indicator("10")["by_region"]["TN"] = 42
    load_set(file.save())
    own.refresh_from_db()
    assert own.value == 50
    file.criterion("2")["indicators"].pop(0)
    file.criterion("2")["indicator_count"] = None
    file.data["indicators_total"] = None
    with pytest.raises(SetFileError, match=r"2\.1 is missing .* 1 thresholds of provinces rest"):
        load_set(file.save())


def test_open_rounds_are_judged_anew_and_published_ones_stay(file: File) -> None:
    unit = UnitFactory()
    old = RoundFactory(code="2019-Q4", reference_date=date(2019, 12, 31))
    past, now = _value("10", "41", unit=unit, round=old), _value("10", "41", unit=unit)
    rejudge([now.assessment_id], bases=["reported", "verified"])
    old.status = ReportingRound.Status.PUBLISHED
    old.save()
    StaleUnit.objects.all().delete()
    file.indicator("10")["by_region"]["TN"] = 42
    assert load_set(file.save()).rejudged == 1
    past.refresh_from_db()
    now.refresh_from_db()
    assert (past.verdict, now.verdict) == ("met", "not_met")
    assert list(StaleUnit.objects.values_list("unit_id", "since")) == [
        (unit.pk, date(2020, 12, 31))
    ]
    assert Outcome.objects.filter(assessment=now.assessment_id).count() == 2


def _confirm(code: str, value: str) -> None:
    threshold = Threshold.objects.get(measure__code=code, region_code="TN")
    ThresholdConfirmation.objects.create(
        threshold=threshold,
        by=UserFactory(),
        value=Decimal(value),
        legal_ref="Phụ lục, dòng 11",
        source="Công báo",
        gained=0,
        lost=0,
        otherwise=0,
    )
    threshold.value, threshold.confidence = Decimal(value), "read"
    threshold.legal_ref, threshold.source = "Phụ lục, dòng 11", "Công báo"
    threshold.save()


def test_what_was_confirmed_stands_and_the_file_is_written_back_all_the_same(file: File) -> None:
    _confirm("11", "8")
    loaded = load_set(SET_2016)
    assert loaded.changes == []
    assert loaded.notes == ["11 [region:TN] stays 8.0000, as confirmed: the file has 7"]
    kept = Threshold.objects.get(measure__code="11", region_code="TN")
    assert kept.value == 8
    assert (kept.confidence, kept.legal_ref) == ("read", "Phụ lục, dòng 11")
    assert export_set("commune-2016-2020").encode() == SET_2016.read_bytes()
    file.indicator("11")["by_region"] = None
    with pytest.raises(SetFileError, match=r"a threshold of 11 is missing, but was confirmed"):
        load_set(file.save())


def test_a_set_is_written_back_as_it_was_loaded(file: File) -> None:
    file.path.write_bytes(b"\n\t" + SET_2016.read_bytes().replace(b"\n", b"\r\n"))
    load_set(file.path)
    assert export_set("commune-2016-2020").encode() == file.path.read_bytes()


def test_rows_that_say_something_else_are_not_written_back(file: File) -> None:
    Threshold.objects.filter(measure__code="10", region_code="TN").update(value=40)
    with pytest.raises(SetFileError, match=r"the rows no longer say .* 10 \[region:TN\]"):
        export_set("commune-2016-2020")
    assert Threshold.objects.get(measure__code="10", region_code="TN").value == 40


def test_what_is_not_loaded_cannot_be_written_back() -> None:
    with pytest.raises(SetFileError, match="no such set is loaded"):
        export_set("commune-2016-2020")
    load_set(SET_2016)
    CriteriaSet.objects.update(document="")
    with pytest.raises(SetFileError, match="its file was not kept"):
        export_set("commune-2016-2020")


def test_reading_asks_as_little_for_a_large_set_as_for_a_small_one(
    file: File, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40):
        load_set(file.save())
    assert Criterion.objects.count() == 19
