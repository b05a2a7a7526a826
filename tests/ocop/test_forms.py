"""A certificate is refused when the level could not award it."""

from datetime import date

import pytest

from ocop.forms import CertificateForm


def errors_of(level: str, stars: int, day: date) -> set[str]:
    form = CertificateForm(
        {"stars": stars, "decided_by_level": level, "valid_from": day, "valid_to": "2030-01-01"}
    )
    form.fields.pop("product")
    form.fields.pop("evaluation")
    return set(form.errors) - {"decision_number"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "stars", "day", "expected"),
    [
        ("province", 4, date(2020, 6, 1), set()),
        ("province", 5, date(2020, 6, 1), {"decided_by_level"}),
        ("nation", 5, date(2020, 6, 1), set()),
        ("district", 3, date(2020, 6, 1), {"decided_by_level"}),
        ("province", 3, date(2019, 1, 1), {"valid_from"}),
    ],
)
def test_only_a_level_that_may_award_the_stars_does(
    level: str, stars: int, day: date, expected: set[str]
) -> None:
    assert errors_of(level, stars, day) == expected
