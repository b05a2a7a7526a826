"""The API tried against its own description: every operation, by whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import schemathesis
import yaml
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from communes.models import AdministrativeUnit, Region
from criteria.models import CriteriaSet, Criterion, Measure, ReportingRound
from programme.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model

FIRST_PAGE = "cD0x"  # the cursor that goes on from the row with id 1
# What may be answered to what is well formed: a rule may be against it (422), and what was read
# before may have changed (412).
ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "422"]


def failures(headers: dict[str, str], *, modes: Sequence[str], examples: int) -> list[str]:
    """Try every operation with every check; return what is wrong, each thing once."""
    schema = schemathesis.openapi.from_dict(described())
    schema.app = get_wsgi_application()
    schema.config.checks.positive_data_acceptance.expected_statuses = ACCEPTED
    found: dict[str, None] = {}
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()

        def attempt(case: schemathesis.Case[Any]) -> None:
            try:
                case.call_and_validate(headers={"Accept-Encoding": "identity", **headers})
            except (Failure, FailureGroup) as refusal:
                for fault in getattr(refusal, "exceptions", [refusal]):
                    said = f"{case.operation.label}: {fault.title}: {fault.message}"
                    found.setdefault(f"{said[:600]}\n{case.as_curl_command()[:600]}")

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
    return [*found]


def described() -> dict[str, Any]:
    """Return the description, told which codes this portal knows: no others are accepted."""
    file = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
    whole: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    known = _known()
    for path, operation in _operations(whole):
        rows = _row_of(whole, operation)
        for parameter in operation.get("parameters", ()):
            name = parameter["name"]
            codes = rows[:2] if name == "fields" else known.get((path, name)) or known.get(name)
            if codes and parameter["in"] == "query" and "enum" not in parameter["schema"]:
                parameter["schema"]["enum"] = codes
        # A text is never of the wrong type; CSV is tried by tests of its own.
        operation.get("requestBody", {}).get("content", {}).pop("text/csv", None)
        operation.get("requestBody", {}).get("content", {}).pop("application/csv", None)
    return whole


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
        "cursor": [FIRST_PAGE],
    }


def _codes(model: type[Model]) -> list[str]:
    return sorted(set(model._default_manager.values_list("code", flat=True)))


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
