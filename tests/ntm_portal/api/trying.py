"""The API tried against its own description: every operation, by whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import schemathesis
import yaml
from django.conf import settings
from schemathesis.core.failures import AcceptedNegativeData, Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from communes.models import AdministrativeUnit, Region
from criteria.models import CriteriaSet, Criterion, Measure, ReportingRound
from programme.metrics import METRICS
from programme.models import PublishedFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.core.handlers.wsgi import WSGIHandler
    from django.db.models import Model

FIRST_PAGE = "cD0x"  # the cursor that goes on from the row with id 1
# What may be answered to what is well formed: a rule may be against it (422), and what was read
# before may have changed (412).
ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "422"]


def failures(
    app: WSGIHandler,
    callers: Mapping[str, Mapping[str, str]],
    *,
    modes: Sequence[str],
    examples: int,
    part: slice,
) -> list[str]:
    """Try every operation of a part with every check; return what is wrong, each thing once.

    What is drawn is sent by each caller in turn: to draw it costs more than to answer it.
    """
    schema = schemathesis.openapi.from_dict(described())
    schema.app = app
    schema.config.checks.positive_data_acceptance.expected_statuses = ACCEPTED
    found: dict[str, str] = {}
    for result in [*schema.get_all_operations()][part]:
        assert isinstance(result, Ok), result
        operation = result.ok()

        def attempt(case: schemathesis.Case[Any]) -> None:
            for who, headers in callers.items():
                for fault in _faults(case, {"Accept-Encoding": "identity", **headers}):
                    said = f"{who}: {case.operation.label}: {fault.title}: {fault.message}"
                    found.setdefault(said[:500], case.as_curl_command()[:600])

        drawn = hypothesis.settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        config = HypothesisTestConfig(
            project=schema.config,
            modes=[HypothesisTestMode(mode) for mode in modes],
            settings=drawn,
        )
        create_test(operation=operation, test_func=attempt, config=config)()
    return [f"{said}\n{call}" for said, call in found.items()]


def _faults(case: schemathesis.Case[Any], headers: dict[str, str]) -> Iterator[Failure]:
    """Send the case and yield what is wrong with the answer."""
    response = case.call(headers=headers)
    try:
        case.validate_response(response, headers=headers)
    except (Failure, FailureGroup) as refusal:
        for fault in getattr(refusal, "exceptions", [refusal]):
            if not (isinstance(fault, AcceptedNegativeData) and _refuses_rows(response)):
                yield fault


def _refuses_rows(response: Any) -> bool:  # schemathesis's own, with JSON inside
    """Tell whether what is wrong was refused row by row, as `mode=rows` and `dry_run` ask."""
    body = response.json()
    return "counts" in body and body["counts"]["refused"] > 0


def described() -> dict[str, Any]:
    """Return the description, told which codes this portal knows: no others are accepted."""
    file = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
    whole: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    known = _known()
    for path, operation in _operations(whole):
        rows = _row_of(whole, operation)
        for parameter in operation.get("parameters", ()):
            name = parameter["name"]
            codes = (
                _fields(path, rows)
                if name == "fields"
                else known.get((path, name)) or known.get(name)
            )
            if codes and parameter["in"] == "query" and "enum" not in parameter["schema"]:
                parameter["schema"]["enum"] = codes
        # A text is never of the wrong type; CSV is tried by tests of its own.
        operation.get("requestBody", {}).get("content", {}).pop("text/csv", None)
        operation.get("requestBody", {}).get("content", {}).pop("application/csv", None)
    return whole


def _fields(path: str, rows: list[str]) -> list[str]:
    """Return what may be asked of `fields` without leaving any out: the description names all."""
    return [":all", "*"] if "/dhis2/" in path else [",".join(rows)]


def _known() -> dict[Any, list[str]]:  # by name of the parameter, or by path and name
    units = _codes(AdministrativeUnit)
    regions = _codes(Region)
    return {
        **dict.fromkeys(("unit", "within", "parent", "predecessor", "successor"), units),
        "province": [code for code in units if len(code) == 2 and code.isdigit()],
        "round": _codes(ReportingRound),
        "region": regions,
        "criteria_set": _codes(CriteriaSet),
        "criterion": _codes(Criterion),
        "measure": _codes(Measure),
        "code": units,
        ("/api/v1/measures/", "code"): _codes(Measure),
        "metric": sorted(METRICS),
        ("/api/v1/published-figures/", "figure"): _codes(PublishedFigure, "figure"),
        ("/api/v1/published-figures/", "region"): _codes(PublishedFigure, "region"),
        "cursor": [FIRST_PAGE],
    }


def _codes(model: type[Model], by: str = "code") -> list[str]:
    return sorted(set(model._default_manager.values_list(by, flat=True)))


def _operations(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in whole["paths"].items():
        for operation in operations.values():
            yield path, operation


def _row_of(whole: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """Return the fields of the rows that an operation answers with."""
    content = operation["responses"]["200"].get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    schema = whole["components"]["schemas"].get(name, {})
    if "results" in schema.get("properties", {}):
        name = schema["properties"]["results"]["items"]["$ref"].rpartition("/")[2]
        schema = whole["components"]["schemas"][name]
    return [*schema.get("properties", {})]
