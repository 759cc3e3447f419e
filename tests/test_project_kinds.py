"""Each kind of request has its rules, its module and its letters; every letter is sent by code, and none is missing."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from kit import ROOT

from mailbot.answers import DECIDERS, NEEDS_NO_ORDER
from mailbot.model.mail import KINDS

RULES, LETTERS, PACKAGE = ROOT / "rules", ROOT / "templates" / "letters", ROOT / "mailbot"
COMMON_RULES = {"frames.toml", "gates.toml", "payment_methods.toml", "words.toml", "README.md"}
WITHOUT_LETTERS = {"thanks": "a thank-you asks for no answer"}
HELPERS = {"__init__", "gates", "hand_over", "policies", "say", "which_order"}
NOT_YET_SENT = {
    "cancel_order/too_late": "a paid order takes the refund path, which answers by itself; the letter waits for shops "
    "whose policy forbids refunds",
}
MEDIA_TYPES = ("application/", "text/", "message/", "multipart/", "image/")
SENDERS = ("answers", "notices", "desk", "act.py", "carry.py", "clock.py", "issue.py", "post.py")


@cache
def _letters() -> set[str]:
    return {f"{path.parent.name}/{path.stem}" for path in LETTERS.glob("*/*.md")}


@cache
def _named_in_code() -> dict[str, str]:
    """Every "<word>/<word>" that is a text by itself in code that sends letters, and where it stands."""
    found: dict[str, str] = {}
    for part in SENDERS:
        path = PACKAGE / part
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            for name, line in _names_in(ast.parse(file.read_text(encoding="utf-8"))):
                found.setdefault(name, f"{file.relative_to(ROOT)}:{line}")
    return found


def _names_in(tree: ast.Module) -> list[tuple[str, int]]:
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    return [
        (node.value, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces
        and re.fullmatch(r"[a-z_]+/[a-z_]+", node.value)
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_rules(kind: str) -> None:
    assert (RULES / f"{kind}.toml").is_file()


def test_nothing_unknown_lies_among_the_rules() -> None:
    files = {path.name for path in RULES.iterdir() if path.is_file()}
    assert files - {f"{kind}.toml" for kind in KINDS} <= COMMON_RULES
    assert {path.suffix for path in RULES.rglob("*") if path.is_file()} <= {".toml", ".md", ".bin"}


def test_only_known_kinds_are_decided() -> None:
    assert set(DECIDERS) <= set(KINDS)
    assert set(KINDS) >= NEEDS_NO_ORDER


@pytest.mark.parametrize("kind", sorted(set(DECIDERS) - set(WITHOUT_LETTERS)))
def test_a_kind_that_is_decided_has_letters_of_its_own(kind: str) -> None:
    assert list((LETTERS / kind).glob("*.md"))


def test_a_kind_that_has_letters_is_decided() -> None:
    folders = {path.name for path in LETTERS.iterdir() if path.is_dir()}
    assert folders & set(KINDS) <= set(DECIDERS)
    assert not folders & set(WITHOUT_LETTERS)


def test_every_module_among_the_answers_is_a_kind_or_a_known_helper() -> None:
    modules = {path.stem for path in (PACKAGE / "answers").glob("*.py")}
    assert modules - HELPERS <= set(KINDS)
    assert {kind for kind, decide in DECIDERS.items() if decide.__module__ != f"mailbot.answers.{kind}"} <= set(KINDS)
    used = {decide.__module__.rpartition(".")[2] for decide in DECIDERS.values()}
    assert modules - HELPERS == used - HELPERS


def test_every_letter_that_code_names_exists() -> None:
    named = {name: place for name, place in _named_in_code().items() if not name.startswith(MEDIA_TYPES)}
    assert {name: place for name, place in named.items() if name not in _letters()} == {}


def test_every_letter_is_sent_by_code() -> None:
    unsent = _letters() - set(_named_in_code())
    assert unsent == set(NOT_YET_SENT)


def test_letters_are_found_where_they_are_looked_for() -> None:
    """Nothing but `<kind>/<outcome>.md`: a file elsewhere would be a letter that nobody can send."""
    strays = [
        path for path in LETTERS.rglob("*") if path.is_file() and f"{path.parent.name}/{path.stem}" not in _letters()
    ]
    assert [str(Path(path).relative_to(LETTERS)) for path in strays] == []
