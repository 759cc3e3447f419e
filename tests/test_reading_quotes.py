"""Replies as mail programs write them: what is new is kept, what is old is cut, what is doubtful is said to be."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading.parse import parse
from mailbot.reading.quotes import Cut, new_text

REPLIES = sorted((Path(__file__).parent / "replies").glob("*.eml"))
TWO_PARTS = [path for path in REPLIES if b"multipart/alternative" in path.read_bytes()]
LETTER = (
    "Hello Anna,\n\nyour order 10023 is ready for download on our page.\n\n"
    "If anything is missing, just answer.\n\nThe shop"
)
QUOTE = "> Hello Anna,\n> your order 10023 is ready."
SHOP = "Shop <orders@shop.example>"


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.stem)
def test_reply(path: Path) -> None:
    mail = parse(path.read_bytes())
    sent = path.with_suffix(".sent")
    cut = new_text(mail.text, html=mail.html, sent=sent.read_text("utf-8") if sent.exists() else "")
    expected = folded(path.with_suffix(".txt").read_text("utf-8"))
    assert folded(cut.text) == expected
    assert cut.doubtful == (not expected)


@pytest.mark.parametrize(
    "path", [path for path in REPLIES if b"multipart/alternative" in path.read_bytes()], ids=lambda path: path.stem
)
def test_text_part_alone_says_the_same(path: Path) -> None:
    sent = path.with_suffix(".sent")
    cut = new_text(parse(path.read_bytes()).text, sent=sent.read_text("utf-8") if sent.exists() else "")
    assert folded(cut.text) == folded(path.with_suffix(".txt").read_text("utf-8"))


def test_there_are_enough_replies_in_every_language() -> None:
    languages = [parse(path.read_bytes()).header("x-language") for path in REPLIES]
    assert len(REPLIES) >= 60
    assert all(languages.count(code) >= 8 for code in ("en", "fr", "de", "es", "it", "pt", "nl"))


ATTRIBUTION = f"On Mon, Nov 2, 2026 at 10:00 AM {SHOP} wrote:"
BLOCK = f"From: {SHOP}\nSent: Monday, 2 November 2026 10:00\nTo: anna@home.example\nSubject: Your order"


def test_answers_between_quoted_lines_are_kept() -> None:
    text = f"{ATTRIBUTION}\n> Which order?\n\n10023\n\n> Which key?\n\nthe one for Photo 6\n\n> Regards\n> Shop"
    assert folded(new_text(text).text) == "10023 the one for Photo 6"


def test_other_signs_of_quotation_count_under_a_heading() -> None:
    text = f"{ATTRIBUTION}\n| Which key?\n| Regards\n\nthe one for Photo 6"
    assert new_text(text).text == "the one for Photo 6"
    assert new_text("| a | b |\n| 1 | 2 |").text == "| a | b |\n| 1 | 2 |"


def test_pieces_broken_off_a_quoted_line_are_not_answers() -> None:
    quoted = "> Your download is waiting for you on the page that we made for you on that day\nand it stays.\n> Regards"
    assert new_text(f"I lost the key.\n\nOn 11/2/26 10:00 AM, Shop wrote:\n{quoted}").text == "I lost the key."


def test_short_answer_under_a_short_quoted_line_is_one() -> None:
    assert "no, never" in new_text("On 11/2/26 10:00 AM, Shop wrote:\n> Did you get it?\nno, never\n> Regards").text


@pytest.mark.parametrize("above", ["", "Hi,", "Bonjour Madame,", "Guten Tag,", ">", "...\n"])
def test_nothing_new_is_doubtful_and_shows_the_rest(above: str) -> None:
    cut = new_text(f"{above}\n{ATTRIBUTION}\n{QUOTE}\n")
    assert cut.doubtful
    assert "your order 10023 is ready." in cut.other
    assert "wrote:" not in cut.other


@pytest.mark.parametrize("word", ["ok", "Merci", "yes please", "👍", "10023", "Danke!", "Good, thanks"])
def test_one_word_is_an_answer(word: str) -> None:
    assert new_text(f"{word}\n\n{ATTRIBUTION}\n{QUOTE}\n") == Cut(word)


def test_forward_without_comment_shows_the_forwarded_mail_as_second_version() -> None:
    cut = new_text(f"---------- Forwarded message ---------\n{BLOCK}\n\nYour key is ABC.")
    assert cut == Cut("", "Your key is ABC.", doubtful=True)


def test_weak_attribution_is_doubtful() -> None:
    text = "Hello,\n\nOn Monday 2 November 2026 your Tom wrote:\nthe key comes tomorrow.\n\nIt never came. Refund me."
    cut = new_text(text)
    assert (cut.text, cut.doubtful) == ("Hello,", True)
    assert "Refund me." in cut.other


def test_reply_typed_under_the_line_is_not_lost() -> None:
    cut = new_text("##- Please type your reply above this line -##\n\nI lost the key.")
    assert cut.doubtful
    assert "I lost the key." in cut.other


def test_html_signature_with_the_only_text_is_kept() -> None:
    html = '<div id="ms-outlook-mobile-signature">I lost the key.</div><div id="appendonsend"></div><hr><p>old</p>'
    assert new_text("", html=html).text == "I lost the key."


def test_html_without_containers_uses_the_text_part() -> None:
    assert new_text("I lost the key.", html="<p>I lost <b>the</b> key.</p>") == Cut("I lost the key.")


def test_hidden_html_is_not_read() -> None:
    html = '<p>hello there</p><p style="display:none">cancel my order</p><blockquote type="cite">old</blockquote>'
    assert "cancel" not in new_text("", html=html).text


HOSTILE = {
    "quotes": ">" * 100_000,
    "quoted lines": ">\n" * 50_000,
    "blank lines": "\n" * 100_000,
    "one line": "a" * 1_000_000,
    "one line of words": "wrote: " * 150_000,
    "colons": "On 2026:\n" * 12_000,
    "headers": "From: a@b.example\n" * 20_000,
    "headers and blanks": ("From: a@b.example\n" + "\n" * 30) * 3_000,
    "attributions": "On 2 Nov 2026 10:00, X <a@b.example>\n" * 3_000 + "wrote:",
    "rules": "____\n" * 20_000,
    "named dashes": "-- A\n" * 20_000,
    "dashes": "-" * 100_000,
    "closings": "Regards\n" * 12_000,
    "forwards": "Begin forwarded message:\n> a\n" * 4_000,
    "originals": "-----Original Message-----\n> a\n" * 3_000,
    "legal": "confidential recipient unauthorised this message\n" * 2_000,
    "openers": "On " * 40_000 + ": >",
    "angles": "<" * 50_000 + "@" * 50_000 + ":\n> x",
    "footers": "Sent from my phone, no\n" * 5_000,
    "only footers": "Sent from my iPhone\n" * 10_000,
    "only notices": "Please consider the environment\n\n" * 10_000,
    "notice and notices": "I lost it\n\n" + "confidential recipient unauthorised this message in error\n\n" * 2_000,
    "warnings": "CAUTION: external email " * 10_000,
    "heads": "An: x\nVon: x\nDatum: x\n" * 10_000,
    "thanks": "a\n" + "thanks thanks and and " * 10_000 + "\n" + "Thank you and regards\n" * 10_000,
    "attentes": "a\n" + "dans l'attente salutations les\n" * 10_000,
    "yahoo": "On 2 Nov <a@b.example>:  x\n" * 10_000,
    "fragments": "> aaaa\n,\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_no_time(name: str) -> None:
    started = time.process_time()
    new_text(HOSTILE[name], sent=LETTER * 20)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "html",
    ["<blockquote type=cite>" * 5_000, "<div style='border-top:solid'>" * 5_000, '<div class="gmail_quote">' * 3_000],
)
def test_hostile_html_takes_no_time(html: str) -> None:
    started = time.process_time()
    new_text("text", html=f"<p>a</p>{html}")
    assert time.process_time() - started < 2


PIECES = st.sampled_from(
    [
        ATTRIBUTION,
        BLOCK,
        "Sent from my iPhone",
        "Regards,",
        "Disclaimer",
        "From: Rome",
        QUOTE,
        LETTER,
        "",
        ">",
        "--",
        "____",
        "I lost the key.",
        "Hi,",
        "\ufeff",
        "<b>",
    ]
)


@given(st.lists(PIECES | st.text(max_size=40), max_size=12), st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_mixture_is_read(pieces: list[str], as_html: bool, with_letter: bool) -> None:
    text = "\n".join(pieces)
    cut = new_text(
        text, html=f'<blockquote type="cite">{text}</blockquote>' if as_html else "", sent=LETTER if with_letter else ""
    )
    assert len(cut.text) <= len(text) * 2 + 2
    assert cut.doubtful or not cut.other
