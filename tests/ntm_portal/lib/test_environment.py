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


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://host", ("host", 25, "", "", False, False)),
        ("smtp+tls://me:p%40ss@host", ("host", 587, "me", "p@ss", True, False)),
        ("smtps://me:secret@host:4465", ("host", 4465, "me", "secret", False, True)),
    ],
)
def test_an_address_gives_a_mail_server(url: str, expected: tuple[object, ...]) -> None:
    server = environment.mail_server(url, embedded=Path("mail"))
    assert server.backend == environment.MAIL_SMTP
    found = (server.host, server.port, server.user, server.password)
    assert (*found, server.starts_tls, server.is_tls) == expected


@pytest.mark.parametrize("url", ["host:25", "smtp://", "smtp://host:many", "imap://host"])
def test_an_address_of_no_mail_server_gives_the_dummy(url: str) -> None:
    assert "dummy" in environment.mail_server(url, embedded=Path("mail")).backend


def test_without_a_server_mails_are_files() -> None:
    server = environment.mail_server("", embedded=Path("mail"))
    assert (server.backend, server.folder) == (environment.MAIL_FILES, "mail")


@pytest.mark.parametrize(
    ("named", "hosts", "is_tls", "expected"),
    [
        ("https://ntm.vn/", ["x.vn"], False, "https://ntm.vn"),
        ("", ["*", ".ntm.vn", "www.ntm.vn"], True, "https://www.ntm.vn"),
        ("", ["127.0.0.1", "localhost"], False, "http://127.0.0.1:8001"),
        ("", ["*"], False, "http://127.0.0.1:8001"),
    ],
)
def test_mails_lead_to_the_named_address_or_the_first_there_is(
    named: str, hosts: list[str], is_tls: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", named)
    assert environment.site_url("SITE_URL", hosts=hosts, is_tls=is_tls, port=8001) == expected
