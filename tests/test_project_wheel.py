"""A wheel carries all that mailbot needs: it is built, unpacked alone into a folder, and used from there."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from kit import ROOT

pytestmark = pytest.mark.xdist_group("wheel")  # built once, by one worker

MAIL = (
    b"From: ann@customer.example\r\nTo: orders@shop.example\r\nSubject: Order 10023\r\n\r\nI lost my licence key.\r\n"
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel and nothing else; built from a copy, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("mailbot", "rules", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(source)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _files(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


@pytest.mark.parametrize("name", ["rules", "templates"])
def test_it_carries_every_rule_letter_and_catalogue(unpacked: Path, name: str) -> None:
    assert _files(unpacked / "mailbot" / "shipped_data" / name) == _files(ROOT / name)


def test_it_carries_the_whole_package(unpacked: Path) -> None:
    wanted = _files(ROOT / "mailbot")
    assert {"py.typed", "web/static/site.css", "store/migrations/env.py"} <= wanted
    assert {name for name in _files(unpacked / "mailbot") if not name.startswith("shipped_data/")} == wanted


def test_it_installs_the_command_and_the_licence(unpacked: Path) -> None:
    (info,) = unpacked.glob("mailbot-*.dist-info")
    assert "mailbot = mailbot.cli:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert (info / "licenses" / "LICENSE").is_file()


def _run(unpacked: Path, folder: Path, *call: str) -> "subprocess.CompletedProcess[str]":
    """Calls the unpacked mailbot from elsewhere: only the wheel's files can serve it."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAILBOT_")}
    command = [sys.executable, "-m", "mailbot", *call]
    environment = {**inherited, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=50)


def test_it_reads_a_mail(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(MAIL)
    done = _run(unpacked, tmp_path, "read", "mail.eml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "resend_key" in done.stdout


def test_it_checks_its_own_rules_and_letters_and_makes_its_tables(unpacked: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "docs" / "mailbot.toml", tmp_path)
    check = _run(unpacked, tmp_path, "check")
    assert check.returncode == 0, check.stdout
    assert [line.partition(":")[0] for line in check.stderr.splitlines()] == ["warning", "warning"]  # secret, pay_url
    upgrade = _run(unpacked, tmp_path, "db", "upgrade")
    assert (upgrade.returncode, upgrade.stderr) == (0, "")
    assert (tmp_path / "mailbot.db").is_file()
