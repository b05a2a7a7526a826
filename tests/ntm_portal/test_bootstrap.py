"""The bootstrap against a list of one package that lies beside it: no network is needed."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from ntm_portal import bootstrap

if TYPE_CHECKING:
    from pathlib import Path

LIST = "requirements.txt"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "SOUND", tmp_path / ".venv" / "sound")
    (tmp_path / LIST).write_text(_list_of(_wheel(tmp_path)))
    return tmp_path


def test_the_packages_are_installed_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([LIST]) == 0
    assert _imports_tiny(root)
    capsys.readouterr()
    assert bootstrap.main([LIST]) == 0
    assert capsys.readouterr().out == ""


def test_an_installation_cut_short_is_done_anew(root: Path) -> None:
    bootstrap.main([LIST])
    (root / ".venv" / "sound").unlink()  # as `_install` does until pip has come to an end
    (root / ".venv" / "half-written").touch()
    assert bootstrap.main([LIST]) == 0
    assert not (root / ".venv" / "half-written").exists()
    assert _imports_tiny(root)


def test_a_changed_list_is_installed_into_the_same_environment(root: Path) -> None:
    bootstrap.main([LIST])
    (root / ".venv" / "kept").touch()
    (root / LIST).write_text((root / LIST).read_text() + "# another day\n")
    assert not bootstrap._is_installed(LIST)  # noqa: SLF001  (asks without installing)
    assert bootstrap.main([LIST]) == 0
    assert (root / ".venv" / "kept").exists()


def test_a_package_that_is_not_the_locked_one_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / LIST).write_text(_list_of("0" * 64))
    assert bootstrap.main([LIST]) == 1
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in capsys.readouterr().err
    assert not _imports_tiny(root)


def test_without_a_network_it_says_so_and_goes_on_next_time(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = (root / LIST).read_text()
    (root / LIST).write_text(good.replace("--no-index", "--index-url http://127.0.0.1:9/"))
    (root / "tiny-1-py3-none-any.whl").rename(root / "away.whl")
    assert bootstrap.main([LIST]) == 1
    assert "is this machine on the network?" in capsys.readouterr().err
    (root / "away.whl").rename(root / "tiny-1-py3-none-any.whl")
    (root / LIST).write_text(good)
    assert bootstrap.main([LIST]) == 0
    assert _imports_tiny(root)


def test_a_python_without_pip_is_told_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert bootstrap.main([LIST]) == 1
    assert "apt install python3-venv" in capsys.readouterr().err


def _wheel(folder: Path) -> str:
    """Write a package of one module and return its digest."""
    path = folder / "tiny-1-py3-none-any.whl"
    about = "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n"
    tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr("tiny-1.dist-info/METADATA", about)
        wheel.writestr("tiny-1.dist-info/WHEEL", tags)
        wheel.writestr("tiny-1.dist-info/RECORD", "tiny.py,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _list_of(digest: str) -> str:
    return f"--no-index\n--find-links .\ntiny==1 --hash=sha256:{digest}\n"


def _imports_tiny(root: Path) -> bool:
    command = [str(root / ".venv" / "bin" / "python"), "-c", "import tiny"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
