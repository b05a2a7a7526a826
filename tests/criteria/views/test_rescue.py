"""A file of kept values given back: looked at, chosen from, saved by the same rules."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from criteria.models import Assessment, Measure, ValueChange
from criteria.services import save_value
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import MeasureFactory, ProvinceFactory, UserFactory, ValueFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/criteria/rescue/"


def kept(assessment: Assessment, code: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "assessment": assessment.pk,
        "code": code,
        "text": text,
        "seen": "",
        "language": "vi",
        "unit": "Xã Thử",
    } | more


def text_of(*values: dict[str, Any]) -> str:
    return json.dumps({"format": "ntm-unsent", "version": 1, "values": values})


def file_of(*values: dict[str, Any]) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("kept.json", text_of(*values).encode())}


def test_a_file_is_looked_at_first_and_saved_as_ticked(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    client = browser(officer)
    page = client.post(ADDRESS, file_of(kept(assessment, "5", "81,5"))).content.decode()
    assert "81.5" in page  # typed in Vietnamese, read in English
    assert not assessment.values.exists()
    typed = {"values": text_of(kept(assessment, "5", "81,5")), "apply": "1"}
    client.post(ADDRESS, typed)
    assert not assessment.values.exists()
    client.post(ADDRESS, typed | {"take": f"{assessment.pk}|5:"})
    value = assessment.values.get()
    assert (str(value.number), value.verdict, value.updated_by) == ("81.5000", "met", officer)
    assert ValueChange.objects.get().channel == "file"


def test_what_somebody_changed_meanwhile_is_shown_with_her_name_and_left_unticked(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = UserFactory(first_name="Mai", roles={"officer": ProvinceFactory()})
    save_value(assessment.pk, "5", Decimal(60), seen_version=None, by=other)
    client = browser(officer)
    page = client.post(ADDRESS, file_of(kept(assessment, "5", "81,5"))).content.decode()
    assert "Mai saved 60 at" in page
    assert "checked" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
    typed = {"values": text_of(kept(assessment, "5", "81,5")), "apply": "1"}
    save_value(assessment.pk, "5", Decimal(61), seen_version=1, by=other)
    answer = client.post(ADDRESS, typed | {"take": f"{assessment.pk}|5:1"})
    assert answer.status_code == 409
    assert "Somebody else changed this value meanwhile" in answer.content.decode()
    client.post(ADDRESS, typed | {"take": f"{assessment.pk}|5:2"})
    assert str(assessment.values.get().number) == "81.5000"


@pytest.mark.parametrize(
    "raw",
    ["", "{", "[]", '{"format": "x"}', '{"format": "ntm-unsent", "values": [1]}', "1" * 1_000_001],
)
def test_anything_else_is_refused_in_a_sentence(browser: Browser, officer: User, raw: str) -> None:
    upload = SimpleUploadedFile("kept.json", raw.encode() or b" ")
    answer = browser(officer).post(ADDRESS, {"file": upload})
    assert answer.status_code == 422
    assert "file" in answer.content.decode()


def test_out_of_her_area_nothing_is_said_and_nothing_saved(
    browser: Browser, assessment: Assessment, measure: Measure
) -> None:
    stands = Decimal("77.125")  # with a point, which no token of the page has
    ValueFactory(assessment=assessment, measure=measure, number=stands)
    stranger = UserFactory(roles={"officer": ProvinceFactory(code="42", name="Hà Tĩnh")})
    page = browser(stranger).post(ADDRESS, file_of(kept(assessment, "5", "81"))).content.decode()
    assert "There is no such value within your area." in page
    assert "77.1" not in page
    typed = {"values": text_of(kept(assessment, "5", "81")), "apply": "1"}
    browser(stranger).post(ADDRESS, typed | {"take": f"{assessment.pk}|5:1"})
    assert assessment.values.get().number == stands


def test_thirty_values_take_as_many_queries_as_one(
    browser: Browser,
    assessment: Assessment,
    officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    codes = [ValueFactory(assessment=assessment).measure.code for _ in range(30)]
    MeasureFactory()
    client = browser(officer)
    with django_assert_num_queries(6):
        client.post(ADDRESS, file_of(kept(assessment, codes[0], "3")))
    with django_assert_num_queries(6):
        client.post(ADDRESS, file_of(*(kept(assessment, code, "3") for code in codes)))
