"""Wrong calls and broken installations: each is answered in a line that names the key or file and what to do."""

import shutil
import sys
from pathlib import Path

import pytest
from kit import ROOT

from mailbot import cli
from mailbot.checking import trouble_outside
from mailbot.serving import warnings
from mailbot.settings import load

SAMPLE = (ROOT / "docs" / "mailbot.toml").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(ROOT / "docs" / "mailbot.toml", tmp_path)
    (tmp_path / "not.db").write_text("this is no database")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["mailbot", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    return int(end.value.code or 0), said.out + said.err


# what is typed; the exit code; what must be named
WRONG = [
    (["polish"], 2, ["polish", "--help"]),
    (["serve", "--only", "kitchen"], 2, ["kitchen", "intake, desk, outbox, clock, web"]),
    (["serve", "--config", "nope.toml"], 2, ["nope.toml", "--config FILE"]),
    (["explain", "--config", "nope.toml", "mailbot.toml"], 2, ["nope.toml", "--config FILE"]),
    (["check", "--config", "nope.toml"], 2, ["nope.toml", "--config FILE"]),
    (["tick", "--at", "yesterday"], 2, ["yesterday", "2026-11-27T09:00:00Z"]),
    (["tick", "--at", "2026-12-01T09:00:00"], 2, ["zone", "2026-12-01T09:00:00Z"]),
    (["read"], 2, ["PATH"]),
    (["read", "nope.eml"], 2, ["nope.eml"]),
    (["read", "--rules", "nope", "mailbot.toml"], 2, ["--rules", "nope"]),
    (["rules", "try", "--rules", "nope", "hello"], 2, ["--rules", "nope"]),
    (["demo", "--port", "99999"], 2, ["--port", "65535"]),
    (["orders", "999"], 1, ["999"]),
    (["orders", "--shop", "nope"], 1, ["nope", "demo"]),
    (["replay", "5"], 1, ["5", "no such mail"]),
    (["replay", "five"], 2, ["five"]),
]


@pytest.mark.parametrize(("words", "code", "named"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_a_wrong_call_is_told_what_would_be_right(
    words: list[str],
    code: int,
    named: list[str],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found, said = _call(monkeypatch, capsys, *words)
    assert found == code, said
    assert [word for word in named if word not in said] == [], said
    assert "Traceback" not in said


# what the sample's line becomes; what must be named by a command that needs the installation
BROKEN = [
    ('rules = "nope"', 2, ["mailbot.toml", "rules", "nope"]),
    ('templates = "nope"', 2, ["mailbot.toml", "templates", "nope"]),
    ('database = "sqlite:////nope/x.db"', 2, ["mailbot.toml", "database", "/nope"]),
    ('database = "sqlite:///not.db"', 1, ["database", "not a database"]),
    ('colour = "red"', 2, ["mailbot.toml", "colour"]),
]


@pytest.mark.parametrize(("line", "code", "named"), BROKEN)
def test_a_broken_installation_is_named_with_its_key(
    line: str,
    code: int,
    named: list[str],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (here / "mailbot.toml").write_text(f"{line}\n{SAMPLE}", encoding="utf-8")
    found, said = _call(monkeypatch, capsys, "orders")
    assert found == code, said
    assert [word for word in named if word not in said] == [], said


def test_help_is_a_table_of_contents(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _call(monkeypatch, capsys)
    assert code == 0
    names = [line.split()[0] for line in said.partition("Commands:")[2].splitlines() if line.strip()]
    assert names[:4] == ["demo", "serve", "check", "tick"]
    assert set(names) == set(cli.cli.commands)
    assert all(command.help for command in cli.cli.commands.values())
    assert "Exit codes: 0 done" in said


def test_what_is_no_fault_and_yet_will_hurt_is_said(here: Path) -> None:
    assert "openssl rand" in warnings(load(here / "mailbot.toml", {}))[0]
    own = {"MAILBOT_SECRET": "x" * 64}
    assert ["pay_url" in warning for warning in warnings(load(here / "mailbot.toml", own))] == [True]
    text = SAMPLE.partition("[[shop.staff]]")[0]
    imap = '[imap]\nhost = "imap.provider.example"\nusername = "u"\npassword = "p"\n\n[[shop]]'
    (here / "mailbot.toml").write_text(text.replace("\n[[shop]]", f"\n{imap}"), encoding="utf-8")
    assert [
        word for word in ("[imap]", "staff") if word not in " ".join(warnings(load(here / "mailbot.toml", own)))
    ] == []


def test_only_trouble_of_the_machine_goes_without_a_stack_trace() -> None:
    assert trouble_outside(OSError(13, "Permission denied", "mail.eml")) == "mail.eml: Permission denied"
    assert "psycopg" in trouble_outside(ModuleNotFoundError("no", name="psycopg"))
    assert trouble_outside(ValueError("ours")) == ""
    assert trouble_outside(ModuleNotFoundError("ours", name="mailbot.nowhere")) == ""
