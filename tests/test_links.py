"""Signed links and addresses: they find home, and nobody can make or bend one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from kit import NOW, SECRET

from mailbot.links import BadLink, Links, OldLink, letter_ref, message_id

LINKS = Links(SECRET, "https://mail.shop.example/")
PURPOSES = ("order", "pay", "refund", "cancel", "case")
LATER = NOW + timedelta(days=3)
REFS = st.text("0123456789abcdef", min_size=16, max_size=16)


@given(st.sampled_from(PURPOSES), st.integers(0, 2**63), st.integers(0, 5 * 10**7))
def test_a_link_opens_what_it_was_made_for(purpose: str, subject: int, minutes: int) -> None:
    expires = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    token = LINKS.token(purpose, subject, expires)
    assert LINKS.subject(purpose, token, expires) == subject
    with pytest.raises(OldLink):
        LINKS.subject(purpose, token, expires + timedelta(minutes=2))
    assert LINKS.page(purpose, subject, expires) == f"https://mail.shop.example/{purpose}/{token}"


@given(st.sampled_from(PURPOSES), st.sampled_from(PURPOSES), st.integers(0, 10**6))
def test_a_link_is_bound_to_its_purpose(purpose: str, other: str, subject: int) -> None:
    assume(purpose != other)
    with pytest.raises(BadLink):
        LINKS.subject(other, LINKS.token(purpose, subject, LATER), NOW)


@given(st.sampled_from(PURPOSES), st.integers(0, 2**63))
def test_what_a_link_was_made_for_is_known_however_old_it_is(purpose: str, subject: int) -> None:
    token = LINKS.token(purpose, subject, NOW - timedelta(days=4000))
    assert LINKS.made_for(token) == (purpose, subject)
    assert LINKS.made_for(token[:-1]) is None
    assert Links(SECRET + "!", LINKS.url).made_for(token) is None


@given(st.data(), st.integers(0, 10**6))
def test_a_bent_link_opens_nothing(data: st.DataObject, subject: int) -> None:
    token = LINKS.token("pay", subject, LATER)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("ABab01-_ =.\n\u00e9"))
    bent = token[:place] + letter + token[place + 1 :]
    assume(bent != token)
    with pytest.raises(BadLink):
        LINKS.subject("pay", bent, NOW)


@given(st.text(max_size=200) | st.text("ABCabc012-_", max_size=100))
def test_no_text_is_a_link(text: str) -> None:
    with pytest.raises(BadLink):
        LINKS.subject("pay", text, NOW)


@pytest.mark.parametrize("tail", ["=", "==", "A", "\n", " ", "%3D"])
def test_a_link_has_one_form_only(tail: str) -> None:
    with pytest.raises(BadLink):
        LINKS.subject("pay", LINKS.token("pay", 7, LATER) + tail, NOW)


def test_another_secret_makes_other_links() -> None:
    other = Links(SECRET + "!", LINKS.url)
    with pytest.raises(BadLink):
        LINKS.subject("pay", other.token("pay", 7, LATER), NOW)
    assert LINKS.read_address(other.reply_address("orders@shop.example", "0" * 16)) is None


@given(REFS, st.sampled_from(["reply", "bounce"]), st.data())
def test_an_address_finds_its_letter_in_any_case(ref: str, kind: str, data: st.DataObject) -> None:
    make = LINKS.reply_address if kind == "reply" else LINKS.bounce_address
    address = make("orders@shop.example", ref)
    assert len(address.partition("@")[0]) <= 64
    flip = data.draw(st.lists(st.booleans(), min_size=len(address), max_size=len(address)))
    cased = "".join(char.upper() if up else char for char, up in zip(address, flip, strict=True))
    assert LINKS.read_address(cased) == (kind, ref)


@given(REFS, st.data())
def test_a_bent_address_is_nobodys(ref: str, data: st.DataObject) -> None:
    address = LINKS.reply_address("orders@shop.example", ref)
    start = address.index("+") + 2
    place = data.draw(st.integers(start, address.index("@") - 2))  # the last letter has a spare bit
    letter = data.draw(st.sampled_from("abcdefgh2345671é="))
    assume(address[place] != letter)
    assert LINKS.read_address(address[:place] + letter + address[place + 1 :]) is None


def test_a_reply_address_is_no_bounce_address() -> None:
    reply = LINKS.reply_address("orders@shop.example", "0" * 16)
    assert LINKS.read_address(reply.replace("+r", "+b")) is None


@given(st.text(max_size=80))
def test_any_other_address_says_nothing(text: str) -> None:
    assert LINKS.read_address(text) is None
    assert LINKS.read_address(f"orders+r{text}@shop.example") is None


def test_a_letter_has_one_name() -> None:
    ref = letter_ref("mail:17/resend_key/sent/3")
    assert ref == letter_ref("mail:17/resend_key/sent/3") != letter_ref("mail:17/resend_key/sent/4")
    assert len(ref) == 16
    assert message_id(ref, "shop.example") == f"<{ref}.mailbot@shop.example>"
