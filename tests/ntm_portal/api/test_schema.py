"""The description of the API is the file that is committed, and it leaves nothing undescribed."""

from io import StringIO
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from tests.api_client import reader_of
from tests.factories import NationFactory

FILE = settings.BASE_DIR / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    schema: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return schema


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_file_committed_is_that_of_the_code(language: str) -> None:
    out = StringIO()
    with translation.override(language):
        call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    assert out.getvalue() == FILE.read_text(encoding="utf-8"), "run make openapi"


@pytest.mark.django_db
def test_the_api_serves_what_is_committed(described: dict[str, Any]) -> None:
    response = reader_of(NationFactory()).get("schema/")
    assert yaml.safe_load(response.content) == described


def test_every_field_and_parameter_is_described(described: dict[str, Any]) -> None:
    fields = [
        (name, field, content.get("description") or "$ref" in content)
        for name, schema in described["components"]["schemas"].items()
        for field, content in schema.get("properties", {}).items()
        if field != "results"
    ]
    parameters = [
        (path, parameter["name"], parameter.get("description"))
        for path, verbs in described["paths"].items()
        for operation in verbs.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] != "path"
    ]
    assert len(fields) > 100
    assert len(parameters) > 30
    assert [found for found in (*fields, *parameters) if not found[2]] == []


def test_every_address_is_described(described: dict[str, Any]) -> None:
    assert len(described["paths"]) >= 26
    written = {
        f"{verb} {path}"
        for path, verbs in described["paths"].items()
        for verb in verbs.keys() - {"get"}
    }
    assert written == {
        "patch /api/v1/assessments/{id}/",
        "post /api/v1/dhis2/dataValueSets",
        "post /api/v1/values/",
    }
