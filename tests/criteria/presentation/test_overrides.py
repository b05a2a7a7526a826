"""The table of thresholds says which communes take the levels of another region."""

import pytest
from django.test import Client
from django.utils import translation

from criteria.models import CriteriaSet
from criteria.presentation.overrides import override_of
from tests.factories import CriteriaSetFactory, MeasureFactory, RegionFactory, UserFactory

OVERRIDE = {
    "use_region": "TDMNPB",
    "holders": [["especially_disadvantaged"], ["poor", "safe_zone"]],
    "legal_ref": "QĐ 318, Điều 1",
    "confidence": "read",
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "especially disadvantaged; or poor commune and safe-zone (ATK)"),
        ("vi", "đặc biệt khó khăn; hoặc xã nghèo và an toàn khu (ATK)"),
    ],
)
def test_every_group_of_designations_is_named(language: str, said: str) -> None:
    moving = CriteriaSet(region_override=OVERRIDE)
    with translation.override(language):
        note = override_of(moving, {"TDMNPB": "Northern Midlands"})
    assert note is not None
    assert (note.holders, note.region) == (said, "Northern Midlands")


def test_a_set_that_moves_nobody_says_nothing() -> None:
    assert override_of(CriteriaSet(), {}) is None


@pytest.mark.django_db
def test_the_table_shows_it_with_the_article(client: Client) -> None:
    RegionFactory(code="TDMNPB", name_en="Northern Midlands")
    code = MeasureFactory().indicator.criterion.criteria_set.code
    CriteriaSet.objects.filter(code=code).update(region_override=OVERRIDE)
    assert "take the levels of Northern Midlands" in page_of(client, code)
    assert "QĐ 318, Điều 1" in page_of(client, code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("total", "said"),
    [
        (None, "it is known to exist, but none of its indicators could be read"),
        (47, "0 of 47 indicators could be read"),
    ],
)
def test_a_set_that_nobody_could_read_says_what_is_known(
    client: Client, total: int | None, said: str
) -> None:
    unread = CriteriaSetFactory(is_complete=False, indicators_total=total)
    page = page_of(client, unread.code)
    assert said in page
    assert "?" not in page.split('class="message is-warning note">')[1].split("</p>")[0]


def page_of(client: Client, code: str) -> str:
    client.force_login(UserFactory())
    client.cookies["language"] = "en"
    return client.get(f"/criteria/sets/{code}/thresholds/").content.decode()
