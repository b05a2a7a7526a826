"""One command loads the list of a day, says what it did, or refuses with a sentence."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from communes.models import AdministrativeUnit, UnitList
from tests.communes.lists import CITY, DOAN_KET, HEADING, IA_CHIM, KON_TUM, SAID, written

pytestmark = pytest.mark.django_db
OLD = [HEADING, KON_TUM, CITY, DOAN_KET, IA_CHIM]
NEW = [HEADING, KON_TUM, CITY, DOAN_KET]


def load(path: Path, day: str, *options: str) -> list[str]:
    out = StringIO()
    call_command("load_units", str(path), f"--date={day}", *options, stdout=out)
    return out.getvalue().splitlines()


def test_it_says_what_it_did_and_what_nobody_explained(tmp_path: Path) -> None:
    assert load(written(tmp_path, *OLD), "2019-09-11") == [
        (
            "Units: 5 versions added, 0 changed, 0 removed; "
            "successions: 0 added, 0 changed, 0 removed."
        ),
        "Rows put on the version of their own day: 0.",
    ]
    assert load(written(tmp_path, *NEW), "2020-06-01") == [
        (
            "Between 2019-09-11 and 2020-06-01: "
            "0 appeared, 1 vanished, 0 renamed, 0 changed kind, 0 moved."
        ),
        (
            "Units: 0 versions added, 1 changed, 0 removed; "
            "successions: 0 added, 0 changed, 0 removed."
        ),
        "Rows put on the version of their own day: 0.",
        "Unresolved: 23326 Xã Ia Chim, gone after 2020-05-31.",
    ]
    said = written(tmp_path, SAID, "23326,23329,merge,2020-02-01,,", name="said.csv")
    again = load(written(tmp_path, *NEW), "2020-06-01", f"--successions={said}")
    assert not any(line.startswith("Unresolved") for line in again)
    assert "Units: nothing to change." in load(
        written(tmp_path, *NEW), "2020-06-01", f"--successions={said}"
    )


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, *OLD)
    *said, last = load(path, "2019-09-11", "--dry-run")
    assert last == "Nothing was written: this was a dry run."
    assert not UnitList.objects.exists()
    assert not AdministrativeUnit.objects.exists()
    assert said == load(path, "2019-09-11")


def test_a_damaged_file_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    load(written(tmp_path, *OLD), "2019-09-11")
    said = written(tmp_path, SAID, "23326,99999,merge,2020-02-01,,", name="said.csv")
    with pytest.raises(CommandError, match=r"^said\.csv, line 2: the succession of 23326 leads no"):
        load(written(tmp_path, *NEW), "2020-06-01", f"--successions={said}")
    assert UnitList.objects.get().day == date(2019, 9, 11)


def test_a_load_that_is_ended_half_way_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(written(tmp_path, *OLD), "2019-09-11")
    before = list(AdministrativeUnit.objects.values())

    def ended(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("communes.rewriting.rewrite.write_successions", ended)
    with pytest.raises(KeyboardInterrupt):
        load(written(tmp_path, *NEW), "2020-06-01")
    assert list(AdministrativeUnit.objects.values()) == before
    assert UnitList.objects.get().day == date(2019, 9, 11)


def test_an_unknown_region_is_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADING},region", f"{KON_TUM},MARS")
    with pytest.raises(CommandError, match="No region has the code “MARS”"):
        load(path, "2019-09-11")


@pytest.mark.parametrize("day", ["2019", "11/09/2019", "2019-13-01"])
def test_a_day_that_is_none_is_a_sentence(day: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a date such as 2025-06-30"):
        load(written(tmp_path, *OLD), day)
