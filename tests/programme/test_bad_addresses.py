"""An address that asks for what there is not gets a page that says so and leads on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client, override_settings

from ntm_portal.accounts.models import User
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import MET, assess, set_of

pytestmark = pytest.mark.django_db
# What is asked for in vain, and what the page says of it in English.
ADDRESSES = {
    "/places/VN/?round=2099-Q4": "There is no round 2099-Q4",
    "/places/VN/?round=2021-Q4": "one that has not been opened yet",
    "/places/62/act/?round=nonsense": "There is no round nonsense",
    "/places/VN/criteria/?map=1975": "There is no map “1975”",
    "/places/VN/?metric=happiness": "“happiness” cannot be shown",
    "/places/VN/?basis=guessed": "“guessed” cannot be shown",
    "/places/VN/?draw=cake": "“cake” cannot be shown",
    "/places/VN/?group=rich": "“rich” cannot be shown",
    "/places/VN/act/?group=rich&map=today": "“rich” cannot be shown",
    "/places/VN/criteria.csv?group=rich": "“rich” cannot be shown",
    "/places/VN/communes/?group=rich": "“rich” cannot be shown",
    "/places/VN/what-if/?group=rich": "“rich” cannot be shown",
    "/places/VN/criteria/99/": "Criterion “99” cannot be shown here",
    "/places/VN/criteria/99/?group=border": "Criterion “99” cannot be shown here",
    "/places/VN/criteria.csv?criterion=99": "Criterion “99” cannot be shown here",
    "/places/VN/criteria/1/99.9/": "Nothing was typed for an indicator “99.9” here",
    "/places/VN/targets/nothing/": "This place has no target “nothing”",
    "/places/{commune}/reports/": "No reports are made of this place",
    "/places/60000/": "This page does not exist",
    "/places/80/?round=2020-Q4": "Unit 80 is not on this map",
    "/places/80000/act/": "Unit 80000 is not on this map",
    "/units/60000/": "This page does not exist",
    "/rounds/2099-Q4/": "There is no round 2099-Q4",
    "/published/60000/": "No figures are published for 60000",
    "/published/?round=2099-Q4": "There is no round 2099-Q4",
}


@pytest.fixture
def client(client_of: Callable[[User], Client]) -> Client:
    """A reader of the country; of a province and a commune that have gone, no round tells."""
    set_of(1)
    gone = date(2010, 12, 31)
    lost = ProvinceFactory(code="80", parent=NationFactory(), valid_to=gone)
    UnitFactory(code="80000", parent=DistrictFactory(code="800", parent=lost), valid_to=gone)
    before = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30), status="published")
    now = RoundFactory(code="2020-Q4")
    commune = UnitFactory()
    for round_ in (before, now):
        assess(commune, round_, MET)
        rebuild(round_)
    found = client_of(UserFactory(roles={"committee": NationFactory()}))
    found.commune = commune.code  # type: ignore[attr-defined]  # for the address
    return found


def test_the_sweep_is_wide() -> None:
    assert len(ADDRESSES) >= 15


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_says_what_to_do_and_leads_on(client: Client, address: str) -> None:
    told: dict[str, str] = {}
    with override_settings(PUBLIC_SITE=True):
        for language in ("en", "vi"):
            client.cookies["language"] = language
            response = client.get(address.format(commune=client.commune))  # type: ignore[attr-defined]
            assert response.status_code in {400, 404}
            page = response.content.decode()
            assert page.count("<h1") == 1
            main = page[page.index("<main") : page.index("</main>")]
            told[language] = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).strip()
            links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', main)]
            path = address.partition("?")[0].format(commune=client.commune)  # type: ignore[attr-defined]
            links = [path + link if link.startswith("?") else link for link in links]
            assert links
            answers = {link: client.get(link, follow=True).status_code for link in links[:3]}
            assert set(answers.values()) == {200}, answers
    assert ADDRESSES[address] in told["en"]
    assert ADDRESSES[address] not in told["vi"]
