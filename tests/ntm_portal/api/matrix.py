"""The matrix of docs/api.md as data, and a portal with something in every cell of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from communes.changes import Changed, record_changes
from communes.models import Designation, Succession
from criteria.models import Measure
from ocop.models import ValueChain
from programme.models import PublishedFigure, Target
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
)
from tests.ledger import numbered
from tests.programme.rows import MET, assess, cooperative, producer, product, set_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communes.models import AdministrativeUnit
    from criteria.models import Assessment, ReportingRound

OWN, ELSEWHERE = "62", "42"
OPEN, PUBLISHED = "2020-Q4", "2020-Q2"


def written_down(table: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of a table of docs/api.md by its first heading, one for each address."""
    lines = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text().splitlines()
    begin = next(place for place, line in enumerate(lines) if line.startswith(f"| {table} |"))
    found: dict[str, tuple[str, ...]] = {}
    for line in lines[begin + 2 :]:
        if not line.startswith("|"):
            break
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        for each in name.split(", "):
            found[each.strip("`")] = tuple(cells)
    return found


def fill() -> dict[tuple[str, str], Assessment]:
    """Put a row of every resource into two provinces; return the assessments by place and round."""
    set_of(1)
    rounds = {
        OPEN: RoundFactory(code=OPEN),
        PUBLISHED: RoundFactory(code=PUBLISHED, reference_date=date(2020, 6, 30)),
    }
    assessments: dict[tuple[str, str], Assessment] = {}
    for code in (OWN, ELSEWHERE):
        commune = _commune(code)
        for round_ in rounds.values():
            assessments[code, round_.code] = assess(commune, round_, MET, verified=[MET])
        _registers(commune)
        _facts(code, commune)
    ThresholdFactory(measure=Measure.objects.get(), designation="poor", value=70)
    with transaction.atomic():
        record_changes("criteria_set", [Changed("invented")])
    for round_ in rounds.values():
        rebuild(round_)
    _publish(rounds[PUBLISHED])
    PublishedFigure.objects.create(
        day=date(2020, 6, 30), figure="invented", region="TN", value=1, certainty="recalled"
    )
    numbered()
    return assessments


def places_in(row: object) -> set[str]:
    """Return the provinces whose codes a row of any answer holds; codes begin with them here."""
    said = {word for text in _texts(row) for word in text.strip("/").split("/")}
    return {
        code
        for code in (OWN, ELSEWHERE)
        if any(word[:2] == code and word.isdigit() for word in said)
    }


def _texts(row: object) -> Iterator[str]:
    if isinstance(row, dict):
        for name, value in row.items():
            if name not in {"decision_number", "value", "number"}:
                yield from _texts(value)
    elif isinstance(row, list):
        for value in row:
            yield from _texts(value)
    elif isinstance(row, str):
        yield row


def _commune(code: str) -> AdministrativeUnit:
    province = ProvinceFactory(code=code, name=f"Tỉnh {code}")
    district = DistrictFactory(code=f"{code}8", parent=province)
    return UnitFactory(code=f"{code}801", parent=district)


def _registers(commune: AdministrativeUnit) -> None:
    product(commune, 4)
    product(commune)  # never certified
    producer(commune)
    cooperative(commune, {2019: True})
    ValueChain.objects.create(name="Chuỗi", lead_unit=commune, started_on=date(2019, 1, 1))


def _facts(code: str, commune: AdministrativeUnit) -> None:
    RecognitionFactory(unit=commune)
    ThresholdFactory(measure=Measure.objects.get(), province_code=code, value=60)
    Designation.objects.create(unit=commune, kind="poor", valid_from=date(2016, 1, 1))
    former = UnitFactory(code=f"{code}802", parent=commune.parent, valid_to=date(2019, 12, 31))
    Succession.objects.create(
        predecessor=former, successor=commune, kind="merge", effective_date=date(2020, 1, 1)
    )
    Target.objects.create(
        code=f"target-{code}",
        metric="communes_certified_share",
        comparator=">=",
        value=60,
        due_on=date(2020, 12, 31),
        unit_code=code,
    )
    with transaction.atomic():
        record_changes("unit", [Changed(commune.code, commune.path)])


def _publish(round_: ReportingRound) -> None:
    round_.status = "published"
    round_.save()


def rows_of(response: Any) -> list[Any]:  # a page, a stream, features: JSON inside
    """Return the rows of an answer in any of the forms that lists have."""
    if response.streaming:
        text = response.getvalue().decode()
        return json.loads(text)["features"] if text.startswith("{") else _lines(text)
    body = response.json()
    found: list[Any] = body["results"] if isinstance(body, dict) else body
    return found


def _lines(text: str) -> list[dict[str, str]]:
    head, *lines = (line.split(",") for line in text.splitlines())
    return [dict(zip(head, line, strict=True)) for line in lines]
