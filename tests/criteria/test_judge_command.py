"""`manage.py judge`, from the law that is loaded or, without it, from what is shipped."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from criteria.loading import load_set
from criteria.loading.shipped import DATA
from criteria.models import IndicatorValue, Measure, Threshold
from tests.criteria.law.invented import write
from tests.criteria.scoring.cases.tables import table

if TYPE_CHECKING:
    from pathlib import Path

INCOME = {
    "criteria_set": "commune-2016-2020",
    "province_code": "62",
    "year": 2020,
    "indicator": "10",
    "value": "41",
}
ROADS = INCOME | {"indicator": "2.1", "value": "60"}
ANSWER = 'a,10,met,41,"region:TN | Quyết định 1980/QĐ-TTg, 10"\n'
HEADER = "case,indicator,verdict,threshold,rule\n"


def _judged(folder: Path, *lines: dict[str, object], **options: object) -> str:
    path = folder / "cases.csv"
    path.write_text(table(*lines), encoding="utf-8")
    told = StringIO()
    call_command("judge", path, stdout=told, **options)
    return told.getvalue()


@pytest.mark.django_db
def test_the_shipped_law_counts_before_any_is_loaded(tmp_path: Path) -> None:
    assert _judged(tmp_path, INCOME) == HEADER + ANSWER
    assert _judged(tmp_path, ROADS) == HEADER + "a,2.1,undetermined,,province_has_not_set\n"
    assert not IndicatorValue.objects.exists()


@pytest.mark.django_db
def test_what_a_province_entered_counts_and_a_demonstration_does_not(tmp_path: Path) -> None:
    load_set(DATA / "commune-2016-2020.json")
    assert _judged(tmp_path, INCOME) == HEADER + ANSWER
    entered = Threshold.objects.create(
        measure=Measure.objects.get(code="2.1"),
        province_code="62",
        value=60,
        confidence="read",
        legal_ref="QĐ 1/QĐ-UBND",
    )
    assert _judged(tmp_path, ROADS) == HEADER + "a,2.1,met,60,province:62 | QĐ 1/QĐ-UBND\n"
    entered.valid_from = date(2021, 1, 1)
    entered.save()
    assert "province_has_not_set" in _judged(tmp_path, ROADS)
    entered.valid_from, entered.is_demonstration = None, True
    entered.save()
    assert _judged(tmp_path, ROADS) == HEADER + "a,2.1,undetermined,,province_has_not_set\n"


@pytest.mark.django_db
def test_a_set_that_somebody_loaded_can_be_judged_by(tmp_path: Path) -> None:
    load_set(write(tmp_path))
    line = {"criteria_set": "commune-2026-2030", "commune_group": "3", "year": 2026}
    told = _judged(tmp_path, line | {"indicator": "1.1", "value": "70"}, criteria=True)
    assert told.splitlines()[1].startswith('a,1.1,met,70,"group:3 |')
    assert told.splitlines()[-1].startswith('a,set,missing,,"0 of 10 met | missing: 1, 2, 3')


@pytest.mark.django_db
def test_faults_are_refused_with_2_and_no_answer(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        _judged(tmp_path, INCOME, INCOME | {"indicator": "11", "value": "little"})
    assert refusal.value.returncode == 2
    assert "cases.csv:\nline 3, column 10 (value):" in str(refusal.value)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as refusal:
        call_command("judge", tmp_path / "none.csv")
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"\xff\xfea\x00", "line 1, column 1"),
        (b"case,value\na,\xe9\n", "line 2, column 2"),
        (b"case,value\r\na,1\r\n\xe9", "line 3, column 1"),
    ],
)
def test_what_is_not_utf_8_is_told_with_its_place(
    tmp_path: Path, content: bytes, where: str
) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    with pytest.raises(CommandError, match=f"{where}: not UTF-8") as refusal:
        call_command("judge", tmp_path / "odd.csv")
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(("value", "code", "lines"), [("41", 0, 2), ("much", 2, 0)])
def test_it_judges_without_any_database(tmp_path: Path, value: str, code: int, lines: int) -> None:
    away = f"sqlite:///{tmp_path}/no-such-folder/none.sqlite3"
    done = subprocess.run(
        [sys.executable, "manage.py", "judge", "-"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": away, "VAR_DIR": str(tmp_path)},
        input=table(INCOME | {"value": value}).encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, len(done.stdout.splitlines())) == (code, lines), done.stderr.decode()
    assert bool(done.stderr) == (code != 0)
