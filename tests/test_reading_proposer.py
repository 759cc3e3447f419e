"""What no rule knows may be proposed by its likeness to examples; it is never evidence, and never moves anything."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model.mail import KINDS
from mailbot.model.shop import LANGUAGES
from mailbot.reading import proposer, rulebook
from mailbot.reading.proposer import FILE, NEVER, Proposer, words_of
from mailbot.reading.read import likeness, understand
from mailbot.reading.tokens import tokens

RULES = Path(__file__).parent.parent / "rules"
BOOK = rulebook.load([RULES])
assert BOOK.proposer
SHIPPED = BOOK.proposer


def made(tmp_path: Path) -> Proposer:
    """A proposer that has learned one word of English: "parcel" is about order_status."""
    rows = bytearray(16 * 2)
    for piece in proposer.pieces_of("en", "parcel"):
        row = proposer.zlib.crc32(piece.encode()) & 15
        rows[row * 2 : row * 2 + 2] = bytes([100, 256 - 100])
    (tmp_path / "reading").mkdir()
    proposer.save(tmp_path / FILE, ["order_status", "thanks"], 0.1, bytes(rows))
    loaded = proposer.load([tmp_path])
    assert loaded
    return loaded


def test_what_was_learned_is_proposed_with_its_words(tmp_path: Path) -> None:
    found = made(tmp_path).propose("en", ["parcel", "?"])
    assert found
    assert (found.kind, found.words) == ("order_status", ("parcel",))
    assert found.likelihood > 0.9
    assert "no rule" in found.why


def test_it_knows_only_kinds_that_there_are() -> None:
    assert set(SHIPPED.kinds) <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(NEVER - {"unclear"}))
def test_what_moves_money_or_data_is_never_proposed(kind: str) -> None:
    for code in LANGUAGES:
        for text in BOOK.kinds[kind].examples[code]:
            found = SHIPPED.propose(code, tokens(text))
            assert not found or found.kind not in NEVER


def test_a_rule_and_what_takes_a_request_back_stand_above_it() -> None:
    for text in ("Where is my licence key?", "Please do NOT cancel my order."):
        understood = understand(text, "en", BOOK)
        assert understood.findings or likeness(understood, BOOK) is None


def test_without_the_file_everything_works_and_nothing_is_proposed(tmp_path: Path) -> None:
    assert proposer.load([tmp_path]) is None
    bare = replace(BOOK, proposer=None)
    assert likeness(understand("zzz qqq", "en", bare), bare) is None


def test_a_long_text_is_left_to_people() -> None:
    assert SHIPPED.propose("en", tokens("where is my parcel " * 60)) is None


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_it_is_total(text: str, code: str) -> None:
    words = words_of(tokens(text))
    if words:
        assert sum(SHIPPED.likelihoods(code, words).values()) == pytest.approx(1.0)
    SHIPPED.propose(code, tokens(text))
