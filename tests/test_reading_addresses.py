"""Address headers, as mailers really write them."""

import pytest

from mailbot.reading.addresses import parse
from mailbot.reading.limits import LIMITS


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("ann@example.org", [("", "ann@example.org")]),
        ("<Ann@Example.ORG>", [("", "ann@example.org")]),
        ("Ann Bell <ann@example.org>", [("Ann Bell", "ann@example.org")]),
        ('"Bell, Ann" <ann@example.org>', [("Bell, Ann", "ann@example.org")]),
        ('"Ann \\"A\\" Bell" <ann@example.org>', [('Ann "A" Bell', "ann@example.org")]),
        ("ann@example.org (Ann Bell)", [("Ann Bell", "ann@example.org")]),
        ("Ann (the (first)) <ann@example.org>", [("Ann", "ann@example.org")]),
        ("=?utf-8?q?M=C3=BCller=2C_Ann?= <ann@example.org>", [("Müller, Ann", "ann@example.org")]),
        ('"=?utf-8?q?M=C3=BCller?=" <ann@example.org>', [("Müller", "ann@example.org")]),
        (
            "=?utf-8?q?evil=40bad.example_=3Ce=40bad.example=3E?= <ann@example.org>",
            [("evil@bad.example <e@bad.example>", "ann@example.org")],
        ),
        ("a@x.example, B <b@x.example>", [("", "a@x.example"), ("B", "b@x.example")]),
        (
            "Team: a@x.example, b@x.example;, c@x.example",
            [("", "a@x.example"), ("", "b@x.example"), ("", "c@x.example")],
        ),
        ("undisclosed-recipients:;", []),
        ("'Ann' <ann@example.org>", [("Ann", "ann@example.org")]),
        ("Ann <@relay.example:ann@example.org>", [("Ann", "ann@example.org")]),
        ('"first last"@example.org', [("first last@example.org", '"first last"@example.org')]),
        ("jürgen@müller.example".encode().decode("latin-1"), [("", "jürgen@müller.example")]),
        ("Postmaster", [("", "postmaster")]),
        ("<>", []),
        ("Ann <>, <bo@example.org>", [("Ann", ""), ("", "bo@example.org")]),
        ("", []),
        ("((((", []),
        ('"never closed <ann@example.org>', [("never closed", "ann@example.org")]),
    ],
)
def test_addresses(value: str, found: list[tuple[str, str]]) -> None:
    assert [(one.name, one.email) for one in parse(value, "", LIMITS)] == found


def test_what_is_no_address_is_not_repaired_into_one() -> None:
    assert parse("Ann ann@example.org", "", LIMITS)[0].email == "ann ann@example.org"


def test_only_so_many() -> None:
    assert len(parse(", ".join(f"u{n}@example.org" for n in range(5000)), "", LIMITS)) == LIMITS.addresses
