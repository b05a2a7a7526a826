"""The grid: what it shows, what it saves whole or cell by cell, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from criteria.models import Assessment, IndicatorValue, Measure, ValueChange
from criteria.services import close_round, save_value
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import browser
from tests.factories import (
    AssessmentFactory,
    CriterionFactory,
    DistrictFactory,
    MeasureFactory,
    ProvinceFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
__all__ = ["browser"]
GRID = "/criteria/rounds/2020-Q4/grid/"
SCRIPT = {"X-Grid": "1"}
Browser = Callable[..., Client]


@pytest.fixture
def measures() -> list[Measure]:
    """A percentage that must reach 80, an answer and an amount, in one criterion."""
    criterion = CriterionFactory(code="17")
    share = MeasureFactory(criterion=criterion, code="17.1")
    answer = MeasureFactory(
        criterion=criterion, code="17.2", kind="yes_no", comparator="yes", unit=""
    )
    amount = MeasureFactory(criterion=criterion, code="17.3", kind="amount")
    ThresholdFactory(measure=share, value=80)
    ThresholdFactory(measure=answer, value=1)
    ThresholdFactory(measure=amount, value=41)
    return [share, answer, amount]


@pytest.fixture
def commune(measures: list[Measure]) -> Assessment:
    """A commune that has 70 percent, in version 1."""
    assessment: Assessment = AssessmentFactory()
    ValueFactory(assessment=assessment, measure=measures[0], number=70, verdict="not_met")
    return assessment


def fields(page: str) -> dict[str, str]:
    """Return what a browser would post of the grid."""
    form = page[page.index('id="grid"') :]
    found = re.findall(r'<input(?: type="hidden")? name="([^"]+)" value="([^"]*)"', form)
    return {name: text for name, text in found if name != "csrfmiddlewaretoken"}


def typed(client: Client, changes: dict[str, str]) -> dict[str, str]:
    return fields(client.get(GRID).content.decode()) | changes


def name(assessment: Assessment, column: int) -> str:
    return f"v-{assessment.pk}-{column}"


def test_each_cell_holds_its_value_and_its_verdict(
    browser: Browser, officer: User, commune: Assessment
) -> None:
    page = browser(officer).get(GRID).content.decode()
    row = page[page.index(f'data-pk="{commune.pk}"') :]
    cells = re.findall(r'<td class="is-(\w+) ?([\w-]*)" data-sign="(.)"', row)
    assert cells == [("not_met", "", "✗"), ("missing", "", "–"), ("missing", "", "–")]
    assert f'name="{name(commune, 0)}" value="70"' in page
    assert "carried" not in row[: row.index("</tr>")]


def test_a_grid_posted_whole_saves_what_changed_and_nothing_else(
    browser: Browser, officer: User, commune: Assessment
) -> None:
    client = browser(officer)
    data = typed(client, {name(commune, 1): "có", name(commune, 2): "45"})
    answer = client.post(GRID, data)
    assert answer.status_code == 302
    changed = ValueChange.objects.order_by("pk").values_list("value__measure__code", "channel")
    assert sorted(changed) == [("17.2", "grid"), ("17.3", "grid")]
    verdicts = IndicatorValue.objects.order_by("measure__code").values_list("verdict", flat=True)
    assert list(verdicts) == ["not_met", "met", "met"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_untouched_grid_changes_nothing(
    browser: Browser, officer: User, commune: Assessment, measures: list[Measure], language: str
) -> None:
    ValueFactory(assessment=commune, measure=measures[1], number=0)
    ValueFactory(assessment=commune, measure=measures[2], number=Decimal("12345.678"))
    client = browser(officer, language)
    assert client.post(GRID, typed(client, {})).status_code == 302
    assert not ValueChange.objects.exists()


@pytest.mark.parametrize(
    ("column", "text"), [(0, "140"), (0, "-1"), (0, "many"), (1, "maybe"), (2, "31/12/2020")]
)
def test_a_refused_cell_keeps_its_text_and_the_others_are_saved(
    browser: Browser, officer: User, commune: Assessment, column: int, text: str
) -> None:
    other = AssessmentFactory()
    client = browser(officer)
    data = typed(client, {name(commune, column): text, name(other, 0): "90"})
    answer = client.post(GRID, data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f'name="{name(commune, column)}" value="{text}"' in page
    assert "These values are not saved" in page
    assert IndicatorValue.objects.get(assessment=other).number == 90
    assert IndicatorValue.objects.get(assessment=commune).number == Decimal(70)


def test_a_conflict_shows_both_values_and_she_chooses(
    browser: Browser, officer: User, commune: Assessment
) -> None:
    client = browser(officer)
    data = typed(client, {name(commune, 0): "95"})
    colleague = UserFactory(roles={"officer": ProvinceFactory()}, first_name="Trần Thị Bình")
    save_value(commune.pk, "17.1", Decimal(85), seen_version=1, by=colleague)
    page = client.post(GRID, data).content.decode()
    assert "Trần Thị Bình saved 85" in page
    assert IndicatorValue.objects.get().number == 85
    kept = client.post(GRID, fields(page) | {"keep": name(commune, 0)})
    assert kept.status_code == 302
    assert IndicatorValue.objects.get().number == 85
    client.post(GRID, fields(page))
    assert IndicatorValue.objects.get().number == 95


def test_a_script_is_answered_with_the_cells_of_its_rows(
    browser: Browser, officer: User, commune: Assessment
) -> None:
    client = browser(officer)
    shown = typed(client, {})
    data = {
        "criterion": "17",
        f"s-{commune.pk}": shown[f"s-{commune.pk}"],
        name(commune, 0): "82.5",
        name(commune, 1): "maybe",
    }
    answer = client.post(GRID, data, headers=SCRIPT).json()
    row = answer["rows"][str(commune.pk)]
    assert answer["saved"] == 1
    assert row["stamps"] == "2:82.5|0:|0:"
    first, second, _third = row["cells"]
    assert (first["text"], first["verdict"], first["state"]) == ("82.5", "met", "")
    assert (second["text"], second["state"]) == ("maybe", "is-refused")
    assert "neither yes nor no" in second["sentence"]


def test_a_script_learns_of_a_conflict_with_its_author(
    browser: Browser, officer: User, commune: Assessment
) -> None:
    save_value(commune.pk, "17.1", Decimal(85), seen_version=1, by=officer)
    data = {"criterion": "17", f"s-{commune.pk}": "1:70|0:|0:", name(commune, 0): "95"}
    answer = browser(officer).post(GRID, data, headers=SCRIPT).json()
    cell = answer["rows"][str(commune.pk)]["cells"][0]
    assert (cell["state"], cell["text"], cell["theirs"]) == ("is-conflict", "95", "85")
    assert cell["who"].startswith(officer.display_name)


def test_the_line_speaks_of_a_cell(browser: Browser, officer: User, commune: Assessment) -> None:
    client = browser(officer)
    page = client.get(f"/criteria/assessments/{commune.pk}/values/17.1/line/").content.decode()
    assert "at least 80" in page
    assert "10 short" in page
    missing = client.get(f"/criteria/assessments/{commune.pk}/values/99/line/")
    assert missing.status_code == 404


@pytest.mark.parametrize("role", ["verifier", "committee"])
def test_who_does_not_type_reads_and_changes_nothing(
    browser: Browser, commune: Assessment, role: str
) -> None:
    client = browser(UserFactory(roles={role: ProvinceFactory()}))
    page = client.get(GRID).content.decode()
    assert "Save the grid" not in page
    assert page.count(" readonly") == 3
    client.post(GRID, fields(page) | {name(commune, 0): "90"})
    assert IndicatorValue.objects.get().number == 70


def test_a_cell_of_another_province_is_neither_shown_nor_changed(
    browser: Browser, commune: Assessment
) -> None:
    hers = ProvinceFactory(code="42", path="/VN/42/")
    AssessmentFactory(unit=UnitFactory(parent=DistrictFactory(code="436", parent=hers)))
    client = browser(UserFactory(roles={"officer": hers}))
    assert name(commune, 0) not in client.get(GRID).content.decode()
    data = {"criterion": "17", f"s-{commune.pk}": "1:70|0:|0:", name(commune, 0): "95"}
    assert client.post(GRID, data, headers=SCRIPT).json() == {"rows": {}, "saved": 0}
    assert IndicatorValue.objects.get().number == 70


def test_a_round_that_closed_meanwhile_keeps_what_was_typed_in_sight(
    browser: Browser, officer: User, administrator: User, commune: Assessment
) -> None:
    client = browser(officer)
    data = typed(client, {name(commune, 0): "95"})
    close_round(commune.round_id, by=administrator)
    page = client.post(GRID, data).content.decode()
    assert 'value="95"' in page
    assert "is closed" in page


@pytest.mark.parametrize(
    "bad",
    [
        {"v-x-0": "1"},
        {"v-1": "1"},
        {"v-1-99": "1", "s-1": "0:"},
        {"s-": "", "v--1-0": "1"},
        {"s-1": "x:y", "v-1-0": "1"},
        {"v-99999999999999999999-0": "1", "s-99999999999999999999": "0:"},
    ],
)
def test_a_forged_form_saves_nothing(
    browser: Browser, officer: User, commune: Assessment, bad: dict[str, str]
) -> None:
    answer = browser(officer).post(GRID, {"criterion": "17", **bad})
    assert answer.status_code in {302, 409}
    assert not ValueChange.objects.exists()


def test_the_queries_do_not_grow_with_the_communes(
    browser: Browser, officer: User, measures: list[Measure]
) -> None:
    client = browser(officer)

    def queries(count: int) -> tuple[int, int]:
        made = [AssessmentFactory() for _ in range(count)]
        with CaptureQueriesContext(connection) as read:
            page = client.get(GRID).content.decode()
        data = fields(page) | {name(item, 0): "91" for item in made}
        with CaptureQueriesContext(connection) as written:
            client.post(GRID, data)
        return len(read), len(written)

    queries(1)
    assert queries(1) == queries(30)
