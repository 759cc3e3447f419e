"""What a text is like may propose and doubt; it is no evidence, and nothing is changed on its word."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import make_raw

from mailbot.model.mail import KINDS, Request
from mailbot.model.shop import LANGUAGES
from mailbot.reading import proposer, rulebook, weigh
from mailbot.reading.judge import judge
from mailbot.reading.parse import parse
from mailbot.reading.proposer import FILE, Likeness, Proposer, words_of
from mailbot.reading.read import read
from mailbot.reading.tokens import tokens
from mailbot.reading.weigh import MOVES, SENDS

RULES = Path(__file__).parent.parent / "rules"
BOOK = rulebook.load([RULES])
assert BOOK.proposer
SHIPPED = BOOK.proposer


def made(tmp_path: Path) -> Proposer:
    """A proposer that has learned one word of English, "parcel", and one group, {lost}: both are about order_status."""
    rows = bytearray(16 * 2)
    for piece in [*proposer.pieces_of("en", "parcel"), proposer.idea_of("lost")]:
        row = proposer.zlib.crc32(piece.encode()) & 15
        rows[row * 2 : row * 2 + 2] = bytes([100, 256 - 100])
    (tmp_path / "reading").mkdir()
    proposer.save(tmp_path / FILE, ["order_status", "thanks"], 0.1, bytes(rows))
    loaded = proposer.load([tmp_path])
    assert loaded
    return loaded


def test_what_was_learned_is_likely_and_says_by_which_words(tmp_path: Path) -> None:
    like = made(tmp_path).liken("en", ["parcel", "?"])
    assert like
    assert (like.best, like.telling("order_status")) == ("order_status", ("parcel",))
    assert like.kinds["order_status"] > 0.9


def test_a_group_is_the_same_in_every_language(tmp_path: Path) -> None:
    one = made(tmp_path)
    for code, text in (("en", "I lost it"), ("de", "verloren"), ("fr", "perdu"), ("es", "perdido")):
        matcher = BOOK.matchers[code]
        ideas = matcher.ideas(matcher.look(text))
        assert "lost" in ideas
        assert one.likelihoods(code, ["x"], ideas)["order_status"] > one.likelihoods(code, ["x"])["order_status"]


def test_it_knows_the_kinds_that_there_are() -> None:
    assert set(SHIPPED.kinds) == set(KINDS)


class Says(Proposer):
    """Finds any text like what it is told."""

    def __init__(self, **kinds: float) -> None:
        self._likely: Mapping[str, float] = {"unclear": 1 - sum(kinds.values())} | kinds

    def liken(self, language: str, tokens: Sequence[str], ideas: object = ()) -> Likeness | None:
        return Likeness(self._likely, len(words_of(tokens)), lambda kind: ("these", "words"))


def understood(text: str, **kinds: float) -> tuple[Request, ...]:
    mail = parse(make_raw(text, subject=""))
    return read(mail, replace(BOOK, proposer=Says(**kinds)), hint_language="en").requests


STATUS = "Where is my order?"
NOTHING = "Something with the blue thing there, you know what."
BOTH = "Where is my order? Please send the invoice again."
MONEY = "I want my money back."
NOT = "Please do NOT cancel my order."


@pytest.mark.parametrize(
    ("text", "kinds", "expected"),
    [
        (NOTHING, {}, ["unclear"]),
        (NOTHING, {"presale": 0.1}, ["unclear"]),
        (NOTHING, {"presale": 0.6}, ["presale?"]),
        (NOTHING, {"resend_key": 0.4, "unclear": 0.3}, ["unclear"]),  # what is sent has to be surer
        (NOTHING, {"resend_key": 0.8}, ["resend_key?"]),
        ("Blue thing?", {"resend_key": 0.95}, ["unclear"]),  # two words say nothing of what to do
        (NOTHING, {"refund": 0.7}, ["unclear"]),  # and what moves money or data surer still
        (NOTHING, {"refund": 0.95}, ["refund?"]),
        (NOT, {"cancel_order": 0.9}, ["unclear"]),  # taken back is taken back
        (NOT, {"refund": 0.9}, ["unclear"]),
        (NOT, {"presale": 0.4}, ["unclear"]),
        (NOT, {"presale": 0.7}, ["presale?"]),
        (STATUS, {"order_status": 0.9}, ["order_status"]),
        (STATUS, {"order_status": 0.1, "resend_key": 0.7}, ["order_status"]),  # evidence weighs more than likeness
        (STATUS, {"order_status": 0.01, "resend_key": 0.7}, ["resend_key?"]),  # but not eight times as much
        (STATUS, {"order_status": 0.01, "refund": 0.9}, ["unclear"]),  # no money is moved on the strength of a doubt
        (STATUS, {"order_status": 0.01, "unclear": 0.9}, ["order_status"]),  # to be like nothing known says nothing
        (BOTH, {"invoice_copy": 0.6, "order_status": 0.2}, ["order_status", "invoice_copy"]),
        (BOTH, {"invoice_copy": 0.6, "order_status": 0.001}, ["invoice_copy"]),
        (BOTH, {"invoice_copy": 0.2, "order_status": 0.001}, ["order_status", "invoice_copy"]),
        (MONEY, {"refund": 0.3}, ["refund"]),
        (MONEY, {"refund": 0.02}, ["unclear"]),  # a rule that moves money wants some likeness beside it
        ("Thank you!", {"thanks": 0.01, "refund": 0.9}, ["thanks"]),
    ],
)
def test_what_a_likeness_may_do(text: str, kinds: dict[str, float], expected: list[str]) -> None:
    assert [request.kind + "?" * request.guess for request in understood(text, **kinds)] == expected


def test_a_guess_says_that_it_is_one() -> None:
    (guess,) = understood(NOTHING, presale=0.9)
    assert guess.evidence == ("no rule, but like the examples of presale (0.90): these, words",)
    assert guess.confidence < 0.6
    (doubt,) = understood(STATUS, order_status=0.01, refund=0.9)
    assert doubt.evidence == ("rules say order_status, but like the examples of refund (0.90): these, words",)


def test_a_rule_of_the_shop_itself_is_not_weighed(tmp_path: Path) -> None:
    (tmp_path / "order_status.toml").write_text('[en]\nsays = ["blue thing"]\n', encoding="utf-8")
    book = rulebook.load([tmp_path, RULES], lazily=True)
    verdict = judge(NOTHING, book.matchers["en"], book)
    like = Says(order_status=0.01, refund=0.95)
    assert [finding.kind for finding in weigh.weigh(verdict, "en", (), like).findings] == ["order_status"]


@given(st.dictionaries(st.sampled_from([kind for kind in KINDS if kind != "unclear"]), st.floats(0, 1), max_size=3))
def test_nothing_that_moves_money_comes_from_a_doubt(kinds: dict[str, float]) -> None:
    if sum(kinds.values()) <= 1:
        for text in (STATUS, NOT, BOTH):
            assert not {request.kind for request in understood(text, **kinds)} & MOVES


def test_what_sends_and_what_moves_are_kinds_and_differ() -> None:
    assert set(KINDS) >= SENDS | MOVES
    assert not SENDS & MOVES


def test_without_the_file_everything_works_and_nothing_is_proposed(tmp_path: Path) -> None:
    assert proposer.load([tmp_path]) is None
    bare = replace(BOOK, proposer=None)
    assert [request.kind for request in read(parse(make_raw(NOTHING)), bare).requests] == ["unclear"]


def test_a_long_text_is_left_to_people() -> None:
    assert SHIPPED.liken("en", tokens("where is my parcel " * 60)) is None


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_it_is_total(text: str, code: str) -> None:
    words = words_of(tokens(text))
    if words:
        assert sum(SHIPPED.likelihoods(code, words).values()) == pytest.approx(1.0)
    SHIPPED.liken(code, tokens(text))
