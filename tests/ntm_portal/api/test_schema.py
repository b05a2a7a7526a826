"""The description of the API is the file that is committed, and it leaves nothing undescribed."""

import re
from io import StringIO
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from ntm_portal.api.notes import is_number
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


# Numbers of the protocol: how much was sent, how far work has come. They rest on nothing else.
OF_THE_PROTOCOL = {"none, it names", "rows", "steps", "values", "calendar year"}
NOTE = re.compile(
    r"Unit: (?P<unit>[^;]+); (whole|kept to \d places|rounded, halves to even, to \d places)\."
    r"( Basis: (?P<basis>[^.]+)\. As of: (?P<as_of>[^.]+)\.)?$"
)


def fields_of(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{name}.{field}": content
        for name, schema in described["components"]["schemas"].items()
        for field, content in schema.get("properties", {}).items()
    }


def said_of(content: dict[str, Any]) -> str:
    return " ".join(content.get("description", "").split())


def is_nullable(content: dict[str, Any]) -> bool:
    others = [each.get("$ref", "") for each in content.get("oneOf", ())]
    return "null" in content.get("type", ()) or any("NullEnum" in each for each in others)


def test_every_number_says_its_unit_and_how_exact_it_is(described: dict[str, Any]) -> None:
    numbers = {key: field for key, field in fields_of(described).items() if is_number(field)}
    assert len(numbers) >= 150
    assert [key for key, field in numbers.items() if not NOTE.search(said_of(field))] == []


def test_every_figure_says_its_basis_and_its_day(described: dict[str, Any]) -> None:
    notes = {
        key: found
        for key, field in fields_of(described).items()
        if (found := NOTE.search(said_of(field))) and found["unit"] not in OF_THE_PROTOCOL
    }
    assert len(notes) >= 80
    assert [key for key, found in notes.items() if not found["basis"]] == []


def test_what_is_told_of_a_basis_is_true(described: dict[str, Any]) -> None:
    fields = fields_of(described)
    named = {
        key: found["as_of"].strip("`")
        for key, field in fields.items()
        if (found := NOTE.search(said_of(field))) and (found["as_of"] or "").count("`") == 2
    }
    assert len(named) >= 50
    for key, day in named.items():
        schema = key.partition(".")[0]
        assert f"{schema}.{day.removeprefix('the end of ').strip('`')}" in fields, (key, day)


def test_every_field_that_may_be_null_says_what_null_means(described: dict[str, Any]) -> None:
    nullable = {key: field for key, field in fields_of(described).items() if is_nullable(field)}
    assert len(nullable) >= 110
    assert [key for key, field in nullable.items() if "null" not in said_of(field).lower()] == []


def test_null_is_told_as_this_version_of_openapi_tells_it(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert [key for key, field in fields_of(described).items() if "nullable" in field] == []
