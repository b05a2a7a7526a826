"""How many units a day had, as the last line."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def counted(*options: str) -> str:
    out = StringIO()
    call_command("count_units", *options, stdout=out)
    return out.getvalue().splitlines()[-1]


@pytest.mark.parametrize(("day", "number"), [("2025-06-30", "2"), ("2025-07-01", "1")])
def test_communes_of_a_day_are_counted(day: str, number: str) -> None:
    UnitFactory(valid_to=date(2025, 6, 30))
    UnitFactory()
    UnitFactory(kind="ward")
    assert counted("--on", day, "--kind", "commune") == number


def test_without_a_kind_a_commune_counts_with_all_above_it() -> None:
    UnitFactory()
    assert counted("--on", "2025-06-30") == "4"


def test_without_a_day_today_is_meant() -> None:
    UnitFactory(valid_to=date(2025, 6, 30))
    UnitFactory()
    assert counted("--kind", "commune") == "1"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--on", "30/06/2025"], "“30/06/2025” is not a date such as 2025-06-30"),
        (["--kind", "xã"], "invalid choice: 'xã'"),
    ],
)
def test_a_wrong_option_is_named(options: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        counted(*options)
