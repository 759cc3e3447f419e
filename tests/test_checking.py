"""`mailbot check`: what would hurt later is named now, with file, line and key."""

from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, make_house, make_settings

from mailbot import checking
from mailbot.reading import rulebook
from mailbot.settings import load

SAMPLE = ROOT / "tests" / "contract" / "mailbot.toml"


@pytest.fixture(autouse=True)
def _one_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rulebook takes seconds to load."""
    book = make_house().book
    monkeypatch.setattr(rulebook, "load", lambda folders: book)


def _put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


TEMPLATES = [
    ("pages/order.html", "<p>\n{% if %}\n", 2, "Expected an expression"),
    ("pages/order.html", '{% extends "base.html" %}\n{{ ordre.number }}\n', 2, "'ordre' is not known"),
    ("pages/order.html", "\n\n{{ view | shout }}\n", 3, "shout"),
    ("pages/order.html", '{% extends "bsae.html" %}\n', 1, "bsae.html"),
    ("invoice/invoice.typ", "#let a = 1\n#nonsense(a)\n", 2, "nonsense"),
    ("invoice/invoice.typ", "#let a = (\n", 1, "unclosed"),
    ("locales/fr/LC_MESSAGES/letters.po", '# ours\nmsgid "a\nmsgstr "b"\n', 2, "quotes"),
    ("locales/fr/LC_MESSAGES/pages.po", 'msgid "a"\nmsgstr "b\n', 2, "quotes"),
    ("locales/fr/LC_MESSAGES/pages.po", 'msgid "a {b}"\nmsgstr "b"\n', 1, "placeholders"),
]


@pytest.mark.parametrize(("name", "text", "line", "says"), TEMPLATES, ids=[f"{r[0]} {r[3]}" for r in TEMPLATES])
def test_a_fault_of_a_template_is_named(name: str, text: str, line: int, says: str, tmp_path: Path) -> None:
    path = _put(tmp_path, name, text)
    found = checking._templates(make_settings(tmp_path, templates=str(tmp_path)))
    assert any(fault.startswith(f"{path}:{line}: ") and says in fault for fault in found), found


def test_what_is_shipped_is_in_order(tmp_path: Path) -> None:
    assert checking._templates(make_settings(tmp_path)) == []


CONFIG = [
    ('id = "demo"', 'id = "demo"\ninvoice_number = "fixed"', "invoice_number = ", "shop.0.invoice_number"),
    ('bic = "BYLADEM1001"', 'bic = "x"', 'bic = "x"', "shop.0.bank.bic"),
    ("# rules =", "rules = 'nowhere' #", "rules = 'nowhere'", "rules"),
    ("sqlite:///mailbot.db", "sqlite:////no/where/mailbot.db", "database", "database"),
    ("# [imap]", '[imap]\nhost = "h"\nusername = "u"\npassword = "p"\n#', "[imap]", "imap"),
]


@pytest.mark.parametrize(("old", "new", "part", "key"), CONFIG, ids=[row[3] for row in CONFIG])
def test_a_fault_of_the_configuration_has_its_line(
    old: str, new: str, part: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_templates", lambda settings: [])
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    path = _put(tmp_path, "mailbot.toml", text.replace(old, new))
    line = next(n for n, found in enumerate(text.replace(old, new).splitlines(), 1) if part in found)
    found = checking.faults(path)
    assert [fault for fault in found if fault.startswith(f"{path}:{line}: {key}: ")], found


def test_a_folder_that_a_variable_names_is_told_by_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOT_RULES", "nowhere")
    config = _put(tmp_path, "mailbot.toml", SAMPLE.read_text(encoding="utf-8"))
    assert checking.folder_faults(config, load(config))[0].startswith("MAILBOT_RULES: ")


def test_every_fault_of_a_rules_file_is_named(tmp_path: Path) -> None:
    refund = _put(
        tmp_path, "rules/refund.toml", 'colour = 1\n[en]\nsays = ["a (b",\n  "c) d"]\nhint = ["x"]\n[de]\nsays = 3\n'
    )
    gates = _put(tmp_path, "rules/gates.toml", "promise_hours = 0\nhours = 1\n")
    found: Any = checking._rules(make_settings(tmp_path, rules=str(tmp_path / "rules")))
    for place in (
        f"{refund}:1: ",
        f"{refund}:3: ",
        f"{refund}:4: ",
        f"{refund}:5: ",
        f"{refund}:7: ",
        f"{gates}:1: ",
        f"{gates}:2: ",
    ):
        assert [fault for fault in found if fault.startswith(place)], (place, found)
