"""Designations by file and by form: with period and decision; a merged unit's are proposed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from communes.change_models import Change
from communes.models import AdministrativeUnit, Designation, StaleUnit, Succession
from criteria.assessment import rejudge
from ntm_portal.accounts.models import User
from tests.factories import (
    AssessmentFactory,
    MeasureFactory,
    ProvinceFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
HEAD = "code,kind,valid_from,valid_to,legal_ref\n"
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def commune() -> AdministrativeUnit:
    return UnitFactory(code="23329", name="Xã Đoàn Kết")


def load(tmp_path: Path, lines: str, *options: str) -> str:
    file, said = tmp_path / "designations.csv", StringIO()
    file.write_text(HEAD + lines, encoding="utf-8")
    call_command("load_designations", str(file), *options, stdout=said)
    return said.getvalue()


def test_a_file_is_loaded_once_and_put_right_by_the_next(
    tmp_path: Path, commune: AdministrativeUnit
) -> None:
    line = "23329,border,2021-01-01,,QĐ 1/QĐ-TTg\n"
    assert "1 new, 0 put right, 0 as they were" in load(tmp_path, line)
    assert "0 new, 0 put right, 1 as they were" in load(tmp_path, line)
    ended = line.replace(",,", ",2025-12-31,")
    assert "A dry run" in load(tmp_path, ended, "--dry-run")
    assert Designation.objects.get().valid_to is None
    assert "0 new, 1 put right" in load(tmp_path, ended)
    assert Designation.objects.get().valid_to == date(2025, 12, 31)
    assert Change.objects.filter(kind="designation").count() == 2
    assert StaleUnit.objects.filter(unit=commune, since=date(2021, 1, 1)).exists()


def test_every_fault_is_told_with_its_line_and_nothing_is_loaded(
    tmp_path: Path, commune: AdministrativeUnit
) -> None:
    lines = (
        "23329,border,2021-01-01,,QĐ 1\n"
        "99999,border,2021-01-01,,QĐ 1\n"
        "23329,seaside,2021-01-01,,QĐ 1\n"
        "23329,island,2021-01-01,2020-01-01,QĐ 1\n"
        "23329,island,2021-01-01,,\n"
    )
    with pytest.raises(CommandError) as refused:
        load(tmp_path, lines)
    said = str(refused.value)
    assert [f"line {number}:" in said for number in range(2, 7)] == [False, True, True, True, True]
    assert not Designation.objects.exists()


def test_periods_of_one_kind_may_not_overlap(tmp_path: Path, commune: AdministrativeUnit) -> None:
    load(tmp_path, "23329,border,2021-01-01,2025-12-31,QĐ 1\n")
    with pytest.raises(CommandError, match="2021-01-01"):
        load(tmp_path, "23329,border,2024-01-01,,QĐ 2\n")
    load(tmp_path, "23329,border,2026-01-01,,QĐ 2\n")
    assert Designation.objects.count() == 2


def test_open_rounds_are_judged_by_it_at_once(tmp_path: Path, commune: AdministrativeUnit) -> None:
    measure = MeasureFactory()
    ThresholdFactory(measure=measure, value=80)
    ThresholdFactory(measure=measure, value=50, designation="border")
    value = ValueFactory(
        assessment=AssessmentFactory(unit=commune), measure=measure, number=Decimal(60)
    )
    rejudge([value.assessment_id])
    value.refresh_from_db()
    assert value.verdict == "not_met"
    load(tmp_path, "23329,border,2020-01-01,,QĐ 1\n")
    value.refresh_from_db()
    assert value.verdict == "met"


@pytest.fixture
def administrator(commune: AdministrativeUnit, client_of: Callable[[User], Client]) -> Client:
    province = AdministrativeUnit.objects.get(code="62")
    client = client_of(UserFactory(roles={"administrator": province}))
    client.cookies["language"] = "en"
    return client


STATED = {"kind": "border", "valid_from": "2021-01-01", "valid_to": "", "legal_ref": "QĐ 1"}


def test_an_administrator_states_it_by_form(administrator: Client) -> None:
    answer = administrator.post("/criteria/designations/23329/", STATED)
    assert answer.status_code == 302
    row = Designation.objects.get()
    assert (row.kind, row.valid_from, row.legal_ref) == ("border", date(2021, 1, 1), "QĐ 1")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"valid_to": "2020-01-01"}, "It ends before it begins"),
        ({"legal_ref": ""}, "This field is required"),
        ({"kind": "seaside"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    administrator: Client, wrong: dict[str, str], said: str
) -> None:
    answer = administrator.post("/criteria/designations/23329/", STATED | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="2021-01-01"' in page


def test_a_merged_units_are_proposed_from_its_former_units(
    administrator: Client, commune: AdministrativeUnit
) -> None:
    other = UnitFactory(parent=commune.parent, valid_to=LAST)
    commune.valid_to = LAST
    commune.save()
    new = UnitFactory(
        code="23326", parent=AdministrativeUnit.objects.get(code="62"), valid_from=FIRST
    )
    for unit in (commune, other):
        Succession.objects.create(
            predecessor=unit, successor=new, kind="merge", effective_date=FIRST
        )
    Designation.objects.create(
        unit=commune, kind="border", valid_from=date(2021, 1, 1), legal_ref="QĐ 7"
    )
    body = administrator.get("/criteria/designations/23326/").content.decode()
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))
    assert "Border (not all of them)" in page
    assert "QĐ 7" in page
    assert not new.designations.exists()
    assert "?kind=border&amp;valid_from=2025-07-01" in body
    filled = administrator.get(
        "/criteria/designations/23326/?kind=border&valid_from=2025-07-01"
    ).content.decode()
    assert 'value="2025-07-01"' in filled


def test_others_read_it_or_do_not_find_it(
    commune: AdministrativeUnit, client_of: Callable[[User], Client]
) -> None:
    officer = client_of(UserFactory(roles={"officer": AdministrativeUnit.objects.get(code="62")}))
    assert officer.get("/criteria/designations/23329/").status_code == 200
    assert officer.post("/criteria/designations/23329/", STATED).status_code == 403
    elsewhere = client_of(UserFactory(roles={"administrator": ProvinceFactory(code="42")}))
    assert elsewhere.get("/criteria/designations/23329/").status_code == 404
    assert not Designation.objects.exists()
