"""Rules are loaded, merged with a shop's own, and refused with file and line where they cannot work."""

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading import rulebook
from mailbot.reading.judge import judge
from mailbot.reading.rulebook import Rulebook, RulesError
from mailbot.reading.tokens import fold, tokens
from mailbot.reading.trial import explain_text, rulebook_report
from mailbot.reading.vocabulary import Vocabulary

SHIPPED = Path(__file__).parent.parent / "rules"
BOOK = rulebook.load([SHIPPED])


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped words and frames and one kind: what is enough to see a pattern refused."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("words.toml", "frames.toml", "refund.toml"):
        shutil.copy(SHIPPED / name, folder)
    (folder / "reading").mkdir()
    for name in ("facts.toml", "dates.toml"):
        shutil.copy(SHIPPED / "reading" / name, folder / "reading")
    return folder


def own(folder: Path, name: str, text: str, base: Path = SHIPPED) -> Rulebook:
    """The shipped rules with one file of a shop; of those it meets only English is translated, which is faster."""
    (folder / name).write_text(text, encoding="utf8")
    book = rulebook.load([folder, base], lazily=True)
    assert book.matchers["en"]
    return book


def kinds(text: str, book: Rulebook = BOOK, code: str = "en") -> set[str]:
    return {finding.kind for finding in judge(text, book.matchers[code], book).findings}


def test_a_shop_adds_a_rule_without_losing_ours(tmp_path: Path) -> None:
    book = own(tmp_path, "refund.toml", '[en]\nsays = ["give me my doubloons"]\n')
    assert kinds("Give me my doubloons!", book) == {"refund"}
    assert kinds("I want a refund.", book) == {"refund"}
    assert kinds("Give me my doubloons!") == set()


def test_only_replaces_our_rules_of_that_language(tmp_path: Path) -> None:
    book = own(tmp_path, "refund.toml", '[en]\nonly = true\nsays = ["give me my doubloons"]\n')
    assert kinds("I want a refund.", book) == set()
    assert kinds("Ich möchte eine Erstattung.", book, "de") == {"refund"}


def test_a_shop_adds_words_to_a_group(tmp_path: Path) -> None:
    book = own(tmp_path, "words.toml", '[en]\nkey = ["magic word"]\n')
    assert kinds("I lost the magic word.", book) == {"resend_key"}


def test_a_shop_changes_one_key_of_a_policy(tmp_path: Path) -> None:
    book = own(tmp_path, "refund.toml", "[policy]\nwindow_days = 90\n")
    assert book.policy("refund") == {**BOOK.policy("refund"), "window_days": 90}
    assert book.policy("no such kind") == {}


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(?=refund) now", "not regular expressions"),
        (r"refund\\b", "not regular expressions"),
        ("refund.{0,40}order", "not regular expressions"),
        (r"(re)fund\\1", "not regular expressions"),
        ("(a+)+$", "not regular expressions"),
        ("refund, order", "means nothing in a rule"),
        ("refund{2,9}", "means nothing in a rule"),
        ("zebra {!foo", "means nothing in a rule"),
        ("zebra {", "means nothing in a rule"),
        ("windows11*", "write 'windows' and '11' as two words"),
        ("*mp3", "write 'mp' and '3' as two words"),
        ("the", "only little words"),
        ("(the|my)", "only little words"),
        ("[refund] {little}", "only little words"),
        ("{oder} .. refund", "no group {oder}"),
        ("refund ^now", "can only stand at the beginning"),
        ("now$ refund", "can only stand at the end"),
        ("(refund|)", "empty"),
        ("", "missing"),
        ("(refund", "')' is missing"),
        ("refund)", "too many"),
        (".. refund", "says nothing"),
        ("[refund]", "would match"),
        ("{!order}", "would match"),
        ("re*", "almost any word"),
        ("a & b & c & d", "at most"),
        ("x " * 300, "longer than"),
        ("((((((((a))))))))", "too deep"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_with_file_and_line(
    tmp_path: Path, few: Path, pattern: str, says: str
) -> None:
    with pytest.raises(RulesError) as fault:
        own(tmp_path, "refund.toml", f'# mine\n[en]\nsays = ["please refund me",\n  "{pattern}"]\n', few)
    assert says in str(fault.value)
    assert "refund.toml:" in str(fault.value)
    if pattern:
        assert "refund.toml:4" in str(fault.value)


def test_a_word_with_digits_in_it_is_found_as_texts_are_read(tmp_path: Path) -> None:
    book = own(tmp_path, "presale.toml", '[en]\nsays = ["runs on zebra11", "(zebramp3|other) .. wave"]\n')
    assert "presale" in kinds("Tell me if it runs on Zebra11.", book)
    assert "presale" in kinds("Tell me if it runs on Zebra 11.", book)
    assert "presale" in kinds("ZebraMP3 becomes a wave", book)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("refund.toml", "[en\n", "refund.toml:1"),
        ("refund.toml", "wins = 1\n", "'wins' is not known"),
        ("refund.toml", "[en]\nsay = []\n", "'say' is not known"),
        ("refund.toml", '[en]\nsays = "refund"\n', "must be a list"),
        ("refund.toml", 'wins_over = ["refunds"]\n', "no kind of request"),
        ("refunds.toml", '[en]\nsays = ["refund"]\n', "no kind of request"),
        ("frames.toml", '[not_asked]\nscope = "page"\n', "scope must be one of"),
        ("words.toml", '[en]\nbig = ["{huge}"]\nhuge = ["{big}"]\n', "contains itself"),
        ("words.toml", '[en]\nnumber = ["one"]\n', "is taken"),
        ("words.toml", '[xx]\norder = ["one"]\n', "'xx' is not known"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(RulesError, match=r"\.toml") as fault:
        own(tmp_path, name, text)
    assert says in str(fault.value)


def test_a_folder_without_rules_is_said(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="is this a rules folder"):
        rulebook.load([tmp_path])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clé PERDUE", ["cle", "perdue", "."]),
        ("I don't know", ["i", "dont", "know", "."]),
        ("straße", ["strasse", "."]),
        ("order 10023?", ["order", "10023", "?", "."]),
        ("ordine: è arrivato", ["ordine", ":", "ɛ", "arrivato", "."]),
        ("a wrapped line that goes on and on and on until its end and\ngoes on", None),
    ],
)
def test_tokens(text: str, expected: list[str] | None) -> None:
    found = [token.strip() for token in tokens(text + ". ")]
    assert found == expected if expected else "\n" not in tokens(text)


def test_typing_mistakes_are_forgiven_but_ordinary_words_are_not_mistakes() -> None:
    words = Vocabulary(
        ["order", "refund", "stornier*"], forgiven=["order", "refund", "stornier*"], exact_only=["border"]
    )
    letters = {word: words.encode([word]) for word in ("order", "refund", "stornieren", "nothing")}
    assert words.encode(["ordder"]) == words.encode(["oorder"]) == letters["order"]
    assert words.encode(["refnud"]) == words.encode(["refuuund"]) == letters["refund"]
    assert words.encode(["stroniert"]) == letters["stornieren"]
    assert words.encode(["border"]) == letters["nothing"]


def test_report_and_explanation_name_rule_and_reason() -> None:
    bare = {name: replace(kind, examples={}, not_examples={}) for name, kind in BOOK.kinds.items()}
    wrong = bare | {"refund": replace(bare["refund"], examples={"en": ("Thank you!",)})}
    lines, well = rulebook_report(replace(BOOK, kinds=wrong))
    assert not well
    assert any("understood as thanks" in line for line in lines)
    told = "\n".join(explain_text("Please do not cancel my order, I only need the key.", BOOK))
    assert "resend_key (0.9" in told
    assert "not cancel_order" in told
    assert "resend_key.toml:" in told


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(sorted(BOOK.matchers)))
def test_any_text_is_judged(text: str, code: str) -> None:
    assert kinds(text, BOOK, code) <= set(BOOK.kinds)


@pytest.mark.parametrize(
    "piece", ["cancel ", "if it ", "a@", "please refund order ", ".", "é", "x" * 50, "1a", "\n>", "don't "]
)
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    text = (piece * (200_000 // len(piece)))[:200_000]
    started = time.process_time()
    judge(text, BOOK.matchers["en"], BOOK)
    assert time.process_time() - started < 1


def test_folding_is_the_same_twice() -> None:
    assert fold(fold("Où est ma CLÉ ? È l’ordine №5")) == fold("Où est ma CLÉ ? È l’ordine №5")
