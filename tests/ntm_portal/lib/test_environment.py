import stat
from pathlib import Path

import pytest

from ntm_portal.lib import environment

SQLITE = "django.db.backends.sqlite3"
DUMMY = "django.db.backends.dummy"


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("", SQLITE, "a b#?%20.sqlite3"),
        ("sqlite:////srv/portal.sqlite3", SQLITE, "/srv/portal.sqlite3"),
        ("postgres://me:secret@host:5432/portal", "django.db.backends.postgresql", "portal"),
        ("postgres://host", DUMMY, None),
        ("postgres://me:secret@host:five/portal", DUMMY, None),
        ("mysql://host/portal", DUMMY, None),
        ("portal.sqlite3", DUMMY, None),
    ],
)
def test_an_address_gives_a_database_or_the_dummy(url: str, engine: str, name: str | None) -> None:
    database = environment.database(url, embedded=Path("a b#?%20.sqlite3"))
    assert (database["ENGINE"], database.get("NAME")) == (engine, name)


def test_the_embedded_database_lets_readers_and_the_writer_work_side_by_side() -> None:
    options = environment.database("", embedded=Path("x"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "foreign_keys=ON" in options["init_command"]


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    secret = environment.kept_secret(path)
    assert len(secret) >= 50
    assert environment.kept_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_stops_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "file" / "var"))
    with pytest.raises(SystemExit, match=r"VAR_DIR: nothing can be written to .*file/var"):
        environment.folder("VAR_DIR", tmp_path)


@pytest.mark.parametrize(("value", "level"), [("debug", "DEBUG"), ("loud", "INFO"), ("", "INFO")])
def test_a_level_that_is_none_gives_the_default(
    value: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", value)
    assert environment.log_level("LOG_LEVEL", "INFO") == level


@pytest.mark.parametrize(("value", "says_yes"), [("1", True), (" Yes ", True), ("0", False)])
def test_a_flag_says_yes_in_several_words(
    value: str, says_yes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG") is says_yes


def test_words_are_parted_by_spaces_or_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "a.vn, b.vn c.vn")
    assert environment.words("ALLOWED_HOSTS", "localhost") == ["a.vn", "b.vn", "c.vn"]
