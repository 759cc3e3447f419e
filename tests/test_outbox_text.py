"""Values on one line, paragraphs in lines of 76: what makes a text part safe to send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.outbox.text import VERBATIM, greeting_name, paragraphs, tidy, wrap


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("Photo Pro 8", "Photo Pro 8"),
        ("  Photo\r\n\tPro  8 ", "Photo Pro 8"),
        ("Photo\x00Pro\u202e\u200b8", "Photo Pro 8"),
        ("99,92\u00a0€", "99,92\u00a0€"),
        ("see https://evil.example/x now", "see https: //evil[.]example/x now"),
        ("www.evil.example", "www[.]evil[.]example"),
        ("Paint.NET 5", "Paint.NET 5"),
        ("x" * 10_000, "x" * 159 + "…"),
    ],
)
def test_tidy(value: str, printed: str) -> None:
    assert tidy(value) == printed


@given(st.text(max_size=400))
def test_tidy_gives_one_short_line_without_a_link(value: str) -> None:
    printed = tidy(value)
    assert len(printed) <= 160
    assert "\n" not in printed
    assert VERBATIM not in printed
    assert "://" not in printed


@pytest.mark.parametrize("name", ["Maria Rossi", "J.R. O'Neil", "Müller & Söhne GmbH", "Łukasz", "李小龍", "Ltd. Acme"])
def test_people_and_companies_are_greeted(name: str) -> None:
    assert greeting_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["http://evil.example", "evil.com", "{{ 7 * 7 }}", "<b>Bob</b>", "a@b.example", "[x](y)", "x" * 61, "Win $1000"],
)
def test_what_is_no_name_is_not_greeted(name: str) -> None:
    assert greeting_name(name) == ""


def test_wrapping() -> None:
    text = (
        "A paragraph "
        + "of words " * 20
        + "\n\n\n\n* an item "
        + "of words " * 12
        + f"\n{VERBATIM}"
        + "k" * 90
        + "\n-- \nx"
    )
    lines = wrap(text).split("\n")
    assert max(len(line) for line in lines if " " in line) <= 76
    assert "k" * 90 in lines
    assert "-- " in lines
    item = next(at for at, line in enumerate(lines) if line.startswith("* "))
    assert lines[item + 1].startswith("  words")
    assert "\n\n\n" not in "\n".join(lines)


@pytest.mark.parametrize("line", ["- a dash", "> a quote", "From here"])
def test_no_line_starts_like_a_quote_or_a_signature(line: str) -> None:
    assert wrap(line) == " " + line
    assert wrap(VERBATIM + line) == " " + line


@given(st.text(alphabet="ab ->.*\n", max_size=500))
def test_wrapping_loses_no_word(text: str) -> None:
    wrapped = wrap(text)
    assert wrapped.split() == text.split()
    assert all(len(line) <= 76 or " " not in line.strip() for line in wrapped.split("\n"))


def test_paragraphs_of_a_plain_text() -> None:
    assert paragraphs("a\r\nb\r\n\r\n\r\n  c \x07 d  ") == [["a", "b"], ["c d"]]
    assert len("".join(paragraphs("x " * 100_000)[0])) <= 6000
