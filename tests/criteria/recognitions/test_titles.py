"""Who gives which title on which day, by the shipped law."""

from datetime import date

import pytest

from criteria.recognition.rules import titles
from criteria.scoring.titles import Competence, competence, revocable_near, titles_on

COMMUNE = ("commune", "commune")
DISTRICT = ("district", "district")
TOWN = ("district", "town")
CITY = ("district", "provincial_city")
PROVINCE = ("province", "province")


@pytest.mark.parametrize(
    ("unit", "standard", "authority", "day", "expected"),
    [
        # before the first procedure that is known, nobody can say
        (COMMUNE, "ntm", "province", date(2014, 3, 13), Competence.UNKNOWN),
        (COMMUNE, "ntm", "province", date(2014, 3, 14), Competence.COMPETENT),
        (COMMUNE, "ntm", "nation", date(2014, 3, 14), Competence.WRONG),
        # a commune completes no task, on no day
        (COMMUNE, "completed", "nation", date(2014, 3, 13), Competence.NO_TITLE),
        (COMMUNE, "completed", "nation", date(2020, 1, 1), Competence.NO_TITLE),
        # the change of procedures
        (COMMUNE, "ntm", "province", date(2016, 12, 29), Competence.COMPETENT),
        (COMMUNE, "ntm", "province", date(2016, 12, 30), Competence.COMPETENT),
        (COMMUNE, "ntm", "district", date(2020, 10, 1), Competence.WRONG),
        # higher grades come later
        (COMMUNE, "advanced", "province", date(2018, 6, 5), Competence.NO_TITLE),
        (COMMUNE, "advanced", "province", date(2018, 6, 6), Competence.COMPETENT),
        (COMMUNE, "model", "province", date(2018, 6, 4), Competence.NO_TITLE),
        (COMMUNE, "model", "province", date(2018, 6, 5), Competence.COMPETENT),
        # districts are recognised, towns and cities complete the task
        (DISTRICT, "ntm", "nation", date(2020, 10, 1), Competence.COMPETENT),
        (DISTRICT, "ntm", "province", date(2020, 10, 1), Competence.WRONG),
        (DISTRICT, "completed", "nation", date(2020, 10, 1), Competence.NO_TITLE),
        (TOWN, "completed", "nation", date(2020, 10, 1), Competence.COMPETENT),
        (TOWN, "completed", "province", date(2020, 10, 1), Competence.WRONG),
        (TOWN, "ntm", "nation", date(2020, 10, 1), Competence.NO_TITLE),
        (TOWN, "ntm", "nation", date(2016, 12, 29), Competence.COMPETENT),
        (TOWN, "ntm", "nation", date(2016, 12, 30), Competence.NO_TITLE),
        (CITY, "completed", "nation", date(2022, 8, 2), Competence.COMPETENT),
        (DISTRICT, "advanced", "nation", date(2022, 8, 1), Competence.NO_TITLE),
        (DISTRICT, "advanced", "nation", date(2022, 8, 2), Competence.COMPETENT),
        (PROVINCE, "completed", "nation", date(2020, 10, 1), Competence.COMPETENT),
        (PROVINCE, "completed", "province", date(2020, 10, 1), Competence.WRONG),
        # the procedure of 2026-2030 was not found: whoever signs is neither right nor wrong
        (COMMUNE, "ntm", "province", date(2025, 12, 31), Competence.COMPETENT),
        (COMMUNE, "ntm", "province", date(2026, 1, 1), Competence.UNKNOWN),
        (COMMUNE, "ntm", "nation", date(2026, 1, 1), Competence.UNKNOWN),
        (DISTRICT, "ntm", "nation", date(2026, 1, 1), Competence.NO_TITLE),
        # outside the programme
        (("commune", "ward"), "ntm", "province", date(2020, 10, 1), Competence.NO_TITLE),
    ],
)
def test_an_authority_is_competent_by_unit_standard_and_day(
    unit: tuple[str, str], standard: str, authority: str, day: date, expected: Competence
) -> None:
    assert competence(titles(), *unit, standard, authority, day) is expected


def test_the_titles_of_a_day_are_those_of_its_kind() -> None:
    hers = titles_on(titles(), *COMMUNE, date(2020, 10, 1))
    assert [title.standard for title in hers] == ["ntm", "advanced", "model"]
    assert titles_on(titles(), *COMMUNE, date(2014, 3, 13)) == ()


@pytest.mark.parametrize(
    ("day", "is_of_the_day"),
    [
        (date(2020, 12, 31), False),
        (date(2022, 8, 1), False),
        (date(2022, 8, 2), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_without_grounds_of_its_own_a_day_is_shown_the_nearest_law(
    day: date, *, is_of_the_day: bool
) -> None:
    found = revocable_near(titles(), day)
    assert {(title.level, title.standard) for title in found} == {
        ("commune", "ntm"),
        ("district", "ntm"),
    }
    assert all(title.is_in_force(day) is is_of_the_day for title in found)


def test_where_no_law_has_grounds_there_are_none() -> None:
    assert revocable_near([], date(2020, 1, 1)) == ()
